/**
 * Points of BLS12-381 as they are written: public keys on G2, signatures on G1.
 *
 *     key        96 bytes, compressed   192 hex characters, no prefix   { c1 ‖ c0 of x, three flag bits on top }
 *     signature  48 bytes, compressed    96 hex characters, no prefix   { x, three flag bits on top }
 *
 * A point read here is on the curve, in the subgroup of prime order, not the point at infinity, and its
 * coordinates are below the field's modulus: one point, one spelling. The check of a key costs milliseconds, so
 * keys that passed are remembered, the latest few hundred of them.
 *
 * Errors: bls-key-malformed, bls-key-invalid, bls-signature-malformed, bls-signature-invalid.
 * Source: the encoding of draft-irtf-cfrg-pairing-friendly-curves-11 appendix C (ZCash), as drand and Ethereum use it.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js'
import type { Brand } from './brand.ts'
import * as Bytes from './bytes.ts'
import { hexOf } from './identifiers.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'
import { branded, fits } from './shape.ts'

export type BlsKey = Brand<string, 'BlsKey'>
export type BlsSignature = Brand<string, 'BlsSignature'>

/** Shapes check the notation alone; `readKey` and `readSignature` check the point. */
export const blsKey = branded<'BlsKey'>(hexOf(96))
export const blsSignature = branded<'BlsSignature'>(hexOf(48))

export const G1 = bls12_381.G1.Point
export const G2 = bls12_381.G2.Point
export type G1Point = InstanceType<typeof G1>
export type G2Point = InstanceType<typeof G2>

const REMEMBERED_KEYS = 256
const remembered = new Map<string, G2Point>()

export function readKey(text: unknown): Result<G2Point, Malformed> {
  if (!fits(blsKey, text)) return malformed('bls-key-malformed')
  const known = remembered.get(text)
  if (known !== undefined) {
    // to the back of the queue: the key used longest ago is forgotten first
    remembered.delete(text)
    remembered.set(text, known)
    return ok(known)
  }
  const point = decode(G2, text)
  if (point === undefined) return malformed('bls-key-invalid')
  remembered.set(text, point)
  if (remembered.size > REMEMBERED_KEYS) remembered.delete(remembered.keys().next().value!)
  return ok(point)
}

export function readSignature(text: unknown): Result<G1Point, Malformed> {
  if (!fits(blsSignature, text)) return malformed('bls-signature-malformed')
  const point = decode(G1, text)
  return point === undefined ? malformed('bls-signature-invalid') : ok(point)
}

export function writeKey(point: G2Point): BlsKey {
  return point.toHex(true) as BlsKey
}

export function writeSignature(point: G1Point): BlsSignature {
  return point.toHex(true) as BlsSignature
}

/** How many decoded keys are held, never more than 256. */
export function rememberedKeys(): number {
  return remembered.size
}

type Reader<P> = { fromBytes(bytes: Uint8Array): P }

/** `fromBytes` of the library throws off the curve, outside the subgroup and for coordinates not below the modulus. */
function decode<P extends { is0(): boolean }>(curve: Reader<P>, text: string): P | undefined {
  const raw = Bytes.fromHex(text)
  if (!raw.ok) return undefined
  try {
    const point = curve.fromBytes(raw.value)
    return point.is0() ? undefined : point
  } catch {
    return undefined
  }
}
