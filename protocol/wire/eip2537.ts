/**
 * Points as the chain's BLS precompiles take them: every coordinate in 64 bytes, big-endian, the top 16 of them zero.
 *
 *     Fp   64 bytes    16 zero bytes ‖ 48 bytes
 *     Fp2  128 bytes   c0 ‖ c1            (the compressed form writes c1 first: not the same order)
 *     G1   128 bytes   x ‖ y
 *     G2   256 bytes   x.c0 ‖ x.c1 ‖ y.c0 ‖ y.c1
 *
 * Also the padded form without the zeros: 96 bytes for G1, 192 for G2 with c1 before c0 (draft appendix C).
 *
 * Errors: `eip2537-malformed` (length, padding), and those of bls-point.ts.
 * Source: EIP-2537.
 */
import { G1, G2, writeKey, writeSignature } from './bls-point.ts'
import type { BlsKey, BlsSignature, G1Point, G2Point } from './bls-point.ts'
import * as Bytes from './bytes.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'

const FIELD = 48
const PADDING = 16
const PADDED = PADDING + FIELD

/** 128 bytes. */
export function encodeG1(point: G1Point): Uint8Array {
  return pad(point.toBytes(false), [0, 1])
}

/** 256 bytes. */
export function encodeG2(point: G2Point): Uint8Array {
  return pad(point.toBytes(false), [1, 0, 3, 2])
}

/** The compressed key of a G2 point in chain form. */
export function decodeG2(bytes: Uint8Array): Result<BlsKey, Malformed> {
  const raw = unpad(bytes, [1, 0, 3, 2])
  if (!raw.ok) return raw
  try {
    const point = G2.fromBytes(raw.value)
    return point.is0() ? malformed('bls-key-invalid') : ok(writeKey(point))
  } catch {
    return malformed('bls-key-invalid')
  }
}

/** The compressed signature of a G1 point in chain form. */
export function decodeG1(bytes: Uint8Array): Result<BlsSignature, Malformed> {
  const raw = unpad(bytes, [0, 1])
  if (!raw.ok) return raw
  try {
    const point = G1.fromBytes(raw.value)
    return point.is0() ? malformed('bls-signature-invalid') : ok(writeSignature(point))
  } catch {
    return malformed('bls-signature-invalid')
  }
}

/** `order[i]` is the place, in the uncompressed form, of the coordinate that comes i-th in chain form. */
function pad(uncompressed: Uint8Array, order: readonly number[]): Uint8Array {
  const out = new Uint8Array(order.length * PADDED)
  for (const [i, place] of order.entries()) {
    out.set(uncompressed.subarray(place * FIELD, (place + 1) * FIELD), i * PADDED + PADDING)
  }
  return out
}

/** Padding that is not zero, or another length, does not survive being written again. */
function unpad(bytes: Uint8Array, order: readonly number[]): Result<Uint8Array, Malformed> {
  const out = new Uint8Array(order.length * FIELD)
  for (const [i, place] of order.entries()) {
    out.set(bytes.subarray(i * PADDED + PADDING, (i + 1) * PADDED), place * FIELD)
  }
  return Bytes.equal(bytes, pad(out, order)) ? ok(out) : malformed('eip2537-malformed', { length: bytes.length })
}
