/**
 * Signatures of human wallets: ECDSA on secp256k1 over a 32-byte digest, the signer's address recovered from it.
 *
 *     signature  0x ‖ r (32) ‖ s (32) ‖ v (1)     132 characters, lower-case hex
 *     address    0x ‖ last 20 bytes of keccak(uncompressed public key without its 0x04)
 *
 * One signature has one spelling: s in the lower half, v 27 or 28. Libraries recover an address from the
 * mirrored (high-s) signature too; we refuse it, as the contracts do.
 *
 * Errors: wallet-signature-malformed, -v, -range (r or s is 0 or not below the order), -high-s, -unrecoverable.
 * Source: SEC 1 v2.0 section 4.1.6, EIP-2, Ethereum yellow paper appendix F.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { ecdsaSignature, type EcdsaSignatureHex, type WalletAddress } from './identifiers.ts'
import { keccak } from './keccak.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'
import { fits } from './shape.ts'

const ORDER = secp256k1.Point.Fn.ORDER

export function recover(digest: Uint8Array, signature: unknown): Result<WalletAddress, Malformed> {
  requireDigest(digest)
  if (!fits(ecdsaSignature, signature)) return malformed('wallet-signature-malformed')
  const v = Number.parseInt(signature.slice(130), 16)
  if (v !== 27 && v !== 28) return malformed('wallet-signature-v', { v })
  const r = BigInt(signature.slice(0, 66))
  const s = BigInt(`0x${signature.slice(66, 130)}`)
  if (r === 0n || s === 0n || r >= ORDER || s >= ORDER) return malformed('wallet-signature-range')
  if (s > ORDER >> 1n) return malformed('wallet-signature-high-s')
  try {
    const key = new secp256k1.Signature(r, s, v - 27).recoverPublicKey(digest)
    return ok(addressOfKey(key.toBytes(false)))
  } catch {
    // r is no x-coordinate of a point, or the recovered key is the point at infinity
    return malformed('wallet-signature-unrecoverable')
  }
}

/** For development wallets and tests: a person's key stays in the person's wallet. Deterministic (RFC 6979). */
export function sign(digest: Uint8Array, secret: Uint8Array): EcdsaSignatureHex {
  requireDigest(digest)
  const signed = secp256k1.sign(digest, secret, { prehash: false, format: 'recovered' })
  const v = 27 + signed[0]!
  return `0x${Bytes.hex(signed.subarray(1))}${v.toString(16)}` as EcdsaSignatureHex
}

export function addressOf(secret: Uint8Array): WalletAddress {
  return addressOfKey(secp256k1.getPublicKey(secret, false))
}

function addressOfKey(uncompressed: Uint8Array): WalletAddress {
  return `0x${Bytes.hex(keccak(uncompressed.subarray(1)).subarray(12))}` as WalletAddress
}

function requireDigest(digest: Uint8Array): void {
  if (digest.length !== 32) throw new Fault('wallet-digest-not-32-bytes', { length: digest.length })
}
