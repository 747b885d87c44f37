/**
 * Proof of possession: a member shows that it holds the secret of the key it registers.
 *
 *     message = SHA-256(  SHA-256('genesis.possession.v1')    32 bytes
 *                       ‖ chain id                            32, big-endian
 *                       ‖ address of the CommitteeRegistry    32, left-padded
 *                       ‖ address of the member               32, left-padded
 *                       ‖ the key                            256, EIP-2537 form )
 *     proof   = secret · H(message), tag BLS_POP_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_
 *
 * 384 bytes are hashed. Another member, chain, registry or key makes another message: a proof cannot be borrowed.
 *
 * Source: spec 5.6; draft-irtf-cfrg-bls-signature-05 section 3.3.
 */
import { addressWord, uintWord } from './abi.ts'
import { holds, publicKeyOf, sign } from './bls.ts'
import { readKey, readSignature, type BlsSignature, type G2Point } from './bls-point.ts'
import * as Bytes from './bytes.ts'
import { encodeG2 } from './eip2537.ts'
import { Fault } from './fault.ts'
import * as Sha256 from './sha256.ts'

export const POSSESSION_TAG = 'BLS_POP_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_'
export const POSSESSION_PREFIX = 'genesis.possession.v1'

export type PossessionClaim = {
  /** Compressed hex, as in bls-point.ts. */
  readonly key: string
  readonly member: string
  readonly chainId: number
  /** The registry that the key is for. */
  readonly contract: string
}

export function possessionMessage(claim: PossessionClaim): Uint8Array {
  const key = readKey(claim.key)
  if (!key.ok) throw new Fault('possession-key-unreadable', { code: key.error.code })
  return messageOf(claim, key.value)
}

export function provePossession(claim: PossessionClaim, secret: Uint8Array): BlsSignature {
  if (publicKeyOf(secret) !== claim.key) throw new Fault('possession-other-secret')
  return sign(possessionMessage(claim), secret, POSSESSION_TAG)
}

/** False as well for a proof or a key that cannot be read. */
export function verifyPossession(proof: unknown, claim: PossessionClaim): boolean {
  const point = readSignature(proof)
  const key = readKey(claim.key)
  return point.ok && key.ok && holds(point.value, messageOf(claim, key.value), key.value, POSSESSION_TAG)
}

function messageOf(claim: PossessionClaim, key: G2Point): Uint8Array {
  return Sha256.hash(
    Bytes.concat(
      Sha256.hash(Bytes.utf8(POSSESSION_PREFIX)),
      uintWord(claim.chainId),
      addressWord(claim.contract),
      addressWord(claim.member),
      encodeG2(key),
    ),
  )
}
