/**
 * Ed25519, one predicate everywhere: RFC 8032, strict and cofactorless.
 *
 *     accepted  ⇔  encodings strict  ∧  encode(S·B − k·A) = R,   k = SHA-512(R ‖ A ‖ M) mod L
 *
 * Encodings are strict when y < p in both R and A, S < L, and neither R nor A is a point of small order (which
 * includes the two spellings of x = 0 with the sign bit set). Libraries differ on what lies outside; with the
 * encodings checked first, libsodium, OpenSSL, WebCrypto and this file agree on every input.
 *
 * Units: public key 32 bytes, signature 64 bytes (R ‖ S, little-endian), secret 32 bytes (the RFC 8032 seed).
 * Source: RFC 8032 section 5.1; spec 2.1.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concat, equal, fromHex } from './bytes.ts'
import { Fault } from './fault.ts'
import { digestOfHash, hash, type Digest } from './sha256.ts'

/**
 * A faster engine, handed in by the host (libsodium, WebCrypto). It must ask `encodingIsStrict` first and
 * answer false, never throw, for whatever it cannot read.
 */
export type VerifySignature = (
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
) => boolean | Promise<boolean>

const { Point } = ed25519
const L = Point.Fn.ORDER

/** p = 2^255 − 19, little-endian. */
const P = littleEndian((1n << 255n) - 19n)
const L_BYTES = littleEndian(L)

/** y of the eight points of small order: 1, −1, 0 (order 1, 2, 4) and the two of order 8. Signs vary, y does not. */
const SMALL_ORDER_Y = [
  littleEndian(1n),
  littleEndian((1n << 255n) - 20n),
  littleEndian(0n),
  known('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
  known('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
]

export function encodingIsStrict(signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  return scalarIsReduced(signature) && pointIsStrict(signature) && pointIsStrict(publicKey)
}

/** The portable predicate. False for anything that is not a valid signature, whatever its length. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (!encodingIsStrict(signature, publicKey)) return false
  const r = signature.subarray(0, 32)
  const s = scalar(signature.subarray(32))
  const k = scalar(sha512(concat(r, publicKey, message))) % L
  const a = decodePoint(publicKey)
  if (a === undefined) return false
  return equal(times(Point.BASE, s).subtract(times(a, k)).toBytes(), r)
}

export function publicKeyOf(secret: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secret)
}

export function sign(message: Uint8Array, secret: Uint8Array): Uint8Array {
  return ed25519.sign(message, secret)
}

/** How envelopes name a key: the digest of its 32 raw bytes. */
export function keyId(publicKey: Uint8Array): Digest {
  if (publicKey.length !== 32) throw new Fault('public-key-not-32-bytes', { length: publicKey.length })
  return digestOfHash(hash(publicKey))
}

function scalarIsReduced(signature: Uint8Array): boolean {
  return lessThan(signature, 32, L_BYTES, 0xff)
}

/** Looks at the first 32 bytes. */
function pointIsStrict(encoding: Uint8Array): boolean {
  if (!lessThan(encoding, 0, P, 0x7f)) return false
  return !SMALL_ORDER_Y.some((y) => sameY(encoding, y))
}

/** Little-endian comparison of 32 bytes from `start`; `topMask` leaves the sign bit out. */
function lessThan(bytes: Uint8Array, start: number, limit: Uint8Array, topMask: number): boolean {
  for (let i = 31; i >= 0; i--) {
    const given = i === 31 ? bytes[start + i]! & topMask : bytes[start + i]!
    if (given !== limit[i]!) return given < limit[i]!
  }
  return false
}

function sameY(encoding: Uint8Array, y: Uint8Array): boolean {
  for (let i = 0; i < 31; i++) if (encoding[i] !== y[i]) return false
  return (encoding[31]! & 0x7f) === y[31]
}

function decodePoint(encoding: Uint8Array): typeof Point.BASE | undefined {
  try {
    return Point.fromBytes(encoding, false)
  } catch {
    return undefined
  }
}

/** The library refuses to multiply by zero. */
function times(point: typeof Point.BASE, factor: bigint): typeof Point.BASE {
  return factor === 0n ? Point.ZERO : point.multiplyUnsafe(factor)
}

function scalar(bytes: Uint8Array): bigint {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!)
  return value
}

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))
}

function known(hex: string): Uint8Array {
  const bytes = fromHex(hex)
  if (!bytes.ok) throw new Fault('constant-malformed')
  return bytes.value
}
