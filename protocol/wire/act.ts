/**
 * An irreversible act inside a command, as a human's wallet shows and signs it.
 *
 *     Act(bytes32 deployment,string command,string subject,uint64 revision,bytes32 bodyHash,address signer,
 *         bool iUnderstandIt,bool iCommitIt,bool iAcceptItsConsequences,uint64 deadline)
 *     domain { name 'Genesis Act', version '1', chainId, verifyingContract: the IdentityRegistry }
 *
 * `deployment` is the hash of the genesis entry and `revision` the subject's as the signer saw it, so that no
 * signature counts for another deployment, another subject or another state of it. `bodyHash` is
 * SHA-256(JCS(body without the act)). `deadline` is in unix seconds.
 *
 * Whether the three statements are true, whether the deadline has passed and whose wallet it is are questions for the
 * law. It checks EOA signatures; a contract account's would rest on a chain event that there is not for acts.
 *
 * Source: spec 1.2, 2.1.
 */
import { bytes32Of } from './abi.ts'
import { utf8 } from './bytes.ts'
import { encode, type Json } from './canonical-json.ts'
import { ADDRESS, BOOL, BYTES32, digest, parseMessage, struct, textOf, typedData, UINT64 } from './eip712.ts'
import type { Domain, Message, TypedData } from './eip712.ts'
import { subjectId, walletAddress, type WalletAddress } from './identifiers.ts'
import type { Malformed } from './malformed.ts'
import type { Result } from './result.ts'
import { hash } from './sha256.ts'
import * as Shape from './shape.ts'
import { recover } from './wallet.ts'

const commandType = Shape.string({ max: 64, pattern: /^[a-z_]{1,31}\.[a-z_]{1,31}$/ })

export const ACT = struct('Act', {
  deployment: BYTES32,
  command: textOf(commandType),
  subject: textOf(subjectId),
  revision: UINT64,
  bodyHash: BYTES32,
  signer: ADDRESS,
  iUnderstandIt: BOOL,
  iCommitIt: BOOL,
  iAcceptItsConsequences: BOOL,
  deadline: UINT64,
})

export type Act = Message<typeof ACT>

/** What of an act stands in a command's body; the rest is what the command says already. */
export const actShape = Shape.object({
  signer: walletAddress,
  i_understand_it: Shape.boolean(),
  i_commit_it: Shape.boolean(),
  i_accept_its_consequences: Shape.boolean(),
  deadline: Shape.integer({ min: 0 }),
  /** Any length, so that a contract account's is refused by the law, with a word that says so. */
  signature: Shape.string({ max: 4098, pattern: /^0x(?:[0-9a-f]{2})*$/ }),
})
export type ActInBody = Shape.Infer<typeof actShape>

/** An EOA's signature: r, s and v in lower-case hex. */
export const EOA_SIGNATURE_LENGTH = 132

export function bodyHash(bodyWithoutAct: Json): string {
  return bytes32Of(hash(utf8(encode(bodyWithoutAct))))
}

export function actDomain(chainId: number, identityRegistry: string): Domain {
  return { name: 'Genesis Act', version: '1', chainId, verifyingContract: identityRegistry }
}

export function parseAct(json: unknown): Result<Act, Malformed> {
  return parseMessage(ACT, json)
}

export function actDigest(domain: Domain, act: Act): Uint8Array {
  return digest(ACT, domain, act)
}

/** For `eth_signTypedData_v4`. */
export function actTypedData(domain: Domain, act: Act): TypedData {
  return typedData(ACT, domain, act)
}

export function recoverActSigner(domain: Domain, act: Act, signature: unknown): Result<WalletAddress, Malformed> {
  return recover(actDigest(domain, act), signature)
}
