/**
 * Keccak-256 as Ethereum uses it (not SHA3-256: another padding).
 *
 * Our own records are hashed with SHA-256; this is only for what wallets and contracts define.
 */
import { keccak_256 } from '@noble/hashes/sha3.js'
import * as Bytes from './bytes.ts'

/** 32 bytes. A text is hashed in its UTF-8 form; a lone surrogate throws Fault `text-ill-formed`. */
export function keccak(input: Uint8Array | string): Uint8Array {
  return keccak_256(typeof input === 'string' ? Bytes.utf8(input) : input)
}
