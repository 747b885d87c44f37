/**
 * A wallet's statement that an Ed25519 key speaks for its identity until a date.
 *
 *     KeyBinding(string identity,bytes32 key,string purpose,uint64 notAfter)
 *     domain { name 'Genesis Identity Registry', version '1', chainId, verifyingContract: the IdentityRegistry }
 *
 * `key` is the raw public key; `notAfter` is in unix seconds. The identity's wallet must be the signer: the law's question.
 *
 * Source: spec 5.2.
 */
import { BYTES32, digest, parseMessage, struct, textOf, typedData, UINT64 } from './eip712.ts'
import type { Domain, Message, TypedData } from './eip712.ts'
import { actorId, type WalletAddress } from './identifiers.ts'
import type { Malformed } from './malformed.ts'
import type { Result } from './result.ts'
import { string } from './shape.ts'
import { recover } from './wallet.ts'

export const KEY_BINDING = struct('KeyBinding', {
  identity: textOf(actorId),
  key: BYTES32,
  purpose: textOf(string({ max: 64, pattern: /^[a-z0-9._:-]{1,64}$/ })),
  notAfter: UINT64,
})

export type KeyBinding = Message<typeof KEY_BINDING>

/** Where the binding counts: the chain and the IdentityRegistry's address on it. */
export function keyBindingDomain(chainId: number, identityRegistry: string): Domain {
  return { name: 'Genesis Identity Registry', version: '1', chainId, verifyingContract: identityRegistry }
}

export function parseKeyBinding(json: unknown): Result<KeyBinding, Malformed> {
  return parseMessage(KEY_BINDING, json)
}

export function keyBindingDigest(domain: Domain, binding: KeyBinding): Uint8Array {
  return digest(KEY_BINDING, domain, binding)
}

/** For `eth_signTypedData_v4`. */
export function keyBindingTypedData(domain: Domain, binding: KeyBinding): TypedData {
  return typedData(KEY_BINDING, domain, binding)
}

export function recoverKeyBindingSigner(
  domain: Domain,
  binding: KeyBinding,
  signature: unknown,
): Result<WalletAddress, Malformed> {
  return recover(keyBindingDigest(domain, binding), signature)
}
