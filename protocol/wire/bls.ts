/**
 * BLS signatures on BLS12-381 with keys on G2 and signatures on G1, the placement drand uses.
 *
 *     sign:    signature = secret · H(message)            H: hash_to_curve of RFC 9380 onto G1, with a tag
 *     verify:  e(signature, G2 generator) = e(H(message), key)
 *     sum:     e(Σ signatures, G2 generator) = e(H(message), Σ keys)     one message, many keys
 *
 * The sum is only safe when every key was shown to be held (possession.ts): otherwise the last to choose a key
 * could cancel the others out.
 *
 * Units: messages are bytes of any length (certificates sign 32); a secret is 32 bytes, big-endian, 1 ≤ secret < r.
 * Errors: those of bls-point.ts, `bls-nothing-to-add`, `bls-sum-zero`; Fault `bls-secret-out-of-range`.
 * Source: draft-irtf-cfrg-bls-signature-05 (proof of possession scheme, minimal signature size); RFC 9380.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { expand, extract } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { uintWord } from './abi.ts'
import { G1, G2, readKey, readSignature, writeKey, writeSignature } from './bls-point.ts'
import type { BlsKey, BlsSignature, G1Point, G2Point } from './bls-point.ts'
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'
import * as Sha256 from './sha256.ts'

/** The tag of certificates: scheme with proof of possession. */
export const SIGNATURE_TAG = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_'

const scheme = bls12_381.shortSignatures
const ORDER = bls12_381.fields.Fr.ORDER

export function publicKeyOf(secret: Uint8Array): BlsKey {
  return writeKey(scheme.getPublicKey(checkSecret(secret)))
}

export function sign(message: Uint8Array, secret: Uint8Array, tag: string = SIGNATURE_TAG): BlsSignature {
  return writeSignature(scheme.sign(scheme.hash(message, Bytes.utf8(tag)), checkSecret(secret)))
}

/** False for a wrong signature and for anything that is no signature or no key. */
export function verify(signature: unknown, message: Uint8Array, key: unknown, tag: string = SIGNATURE_TAG): boolean {
  const signaturePoint = readSignature(signature)
  const keyPoint = readKey(key)
  return signaturePoint.ok && keyPoint.ok && holds(signaturePoint.value, message, keyPoint.value, tag)
}

/** Adds signatures; it does not check them. */
export function aggregate(signatures: readonly unknown[]): Result<BlsSignature, Malformed> {
  if (signatures.length === 0) return malformed('bls-nothing-to-add')
  let sum = G1.ZERO
  for (const [i, text] of signatures.entries()) {
    const point = readSignature(text)
    if (!point.ok) return malformed(point.error.code, undefined, `/${i}`)
    sum = sum.add(point.value)
  }
  return sum.is0() ? malformed('bls-sum-zero') : ok(writeSignature(sum))
}

export function sumKeys(keys: readonly G2Point[]): G2Point {
  return keys.reduce((sum, key) => sum.add(key), G2.ZERO)
}

/** The pairing equation, on points that were read by bls-point.ts. False when keys cancelled out: zero is paired with nothing. */
export function holds(signature: G1Point, message: Uint8Array, key: G2Point, tag: string): boolean {
  return scheme.verify(signature, scheme.hash(message, Bytes.utf8(tag)), key)
}

/**
 * A secret key from at least 32 bytes of entropy: `KeyGen` of the draft, which is `hkdf_mod_r` of EIP-2333.
 * The same entropy gives the same key.
 */
export function secretFromEntropy(entropy: Uint8Array): Uint8Array {
  if (entropy.length < 32) throw new Fault('bls-entropy-too-short', { length: entropy.length })
  let salt = Bytes.utf8('BLS-SIG-KEYGEN-SALT-')
  for (;;) {
    salt = Sha256.hash(salt)
    const material = extract(sha256, Bytes.concat(entropy, Uint8Array.of(0)), salt)
    const secret = toInteger(expand(sha256, material, Uint8Array.of(0, 48), 48)) % ORDER
    if (secret !== 0n) return uintWord(secret)
  }
}

/** The library reduces a secret modulo r; we refuse one that is not already below it. */
function checkSecret(secret: Uint8Array): Uint8Array {
  const value = secret.length === 32 ? toInteger(secret) : 0n
  if (value === 0n || value >= ORDER) throw new Fault('bls-secret-out-of-range', { length: secret.length })
  return secret
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${Bytes.hex(bytes)}`)
}
