/**
 * The seal over a review decision: `SHA-256( tag ‖ JCS(decision) ‖ salt )`, so that no reviewer can copy another.
 *
 * The tag is SHA-256('genesis.review-seal.v1') and the salt 32 bytes, so the parts cannot run into each other; the
 * decision names reviewer, mission, task and attempt, so a seal is worth nothing to anyone else.
 *
 * Source: spec 3.4.
 */
import { encode } from '../../wire/canonical-json.ts'
import { concat, utf8 } from '../../wire/bytes.ts'
import { digest, hash, digestOfHash, type Digest } from '../../wire/sha256.ts'
import type { ReviewDecision } from './event.ts'

const TAG = hash(utf8('genesis.review-seal.v1'))

export function sealOf(decision: ReviewDecision, salt: Uint8Array): Digest {
  return digestOfHash(hash(concat(TAG, utf8(encode(decision)), salt)))
}

export function decisionDigest(decision: ReviewDecision): Digest {
  return digest(encode(decision))
}

/** An approval counts only with a reference into the evidence under review (spec 3.2). */
export function isGrounded(decision: ReviewDecision, references: readonly string[]): boolean {
  return decision.reasons.some((reason) => reason.references.some(({ artifact }) => references.includes(artifact)))
}
