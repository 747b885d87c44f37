/**
 * The seed of a draw and the rank it gives everybody.
 *
 *     seed    = SHA-256(beacon randomness ‖ previous commitment hash ‖ nonce)      32 raw bytes each
 *     rankKey = SHA-256(seed ‖ UTF-8(actor id))                                    ascending, unsigned
 *
 * Nobody knows the beacon's value when pool, commitment and nonce are fixed, so nobody can grind a rank. The parts
 * have a fixed length, so there is one reading of the 96 bytes.
 *
 * Errors: `draw-seed-part`.
 * Source: spec 5.4; readings S1, S3, S4.
 */
import * as Bytes from '../bytes.ts'
import { malformed, type Malformed } from '../malformed.ts'
import { ok, type Result } from '../result.ts'
import * as Sha256 from '../sha256.ts'

export const SEED_BYTES = 32

export type SeedParts = {
  readonly beacon: Uint8Array
  readonly previousCommitment: Uint8Array
  readonly nonce: Uint8Array
}

export function drawSeed(parts: SeedParts): Result<Uint8Array, Malformed> {
  for (const name of ['beacon', 'previousCommitment', 'nonce'] as const) {
    const part: unknown = parts[name]
    if (!(part instanceof Uint8Array)) return malformed('draw-seed-part', undefined, `/${name}`)
    if (part.length !== 32) return malformed('draw-seed-part', { bytes: part.length }, `/${name}`)
  }
  return ok(concatSeed(parts))
}

/** The hash of the bare concatenation, whatever the lengths. A draw takes its seed from `drawSeed`. */
export function concatSeed({ beacon, previousCommitment, nonce }: SeedParts): Uint8Array {
  return Sha256.hash(Bytes.concat(beacon, previousCommitment, nonce))
}

/** 32 bytes. Throws Fault `text-ill-formed` on a lone surrogate. */
export function rankKey(seed: Uint8Array, id: string): Uint8Array {
  return Sha256.hash(Bytes.concat(seed, Bytes.utf8(id)))
}
