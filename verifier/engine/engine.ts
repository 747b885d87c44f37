/**
 * What a host may do faster than the portable code: signature checks, hashing and decompressing files.
 *
 * Contract: answers are those of the portable engine on every input; a check answers false and never throws.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { verify, type VerifySignature } from '../../protocol/wire/ed25519.ts'
import { digestOfHash, type Digest } from '../../protocol/wire/sha256.ts'

export type Hasher = { update(bytes: Uint8Array): void; digest(): Digest }

/** Chunks one by one, undefined at the end. */
export type Next = () => Promise<Uint8Array | undefined>

/** One gzip member and nothing behind it; rejects on anything else. Whoever stops early lets the rest unread. */
export type Gunzip = (next: Next) => AsyncIterable<Uint8Array>

export type Engine = {
  readonly verifySignature: VerifySignature
  readonly hasher: () => Hasher
  /** Absent: the platform's DecompressionStream. */
  readonly gunzip?: Gunzip
}

/** Runs anywhere; about a tenth of a native library's speed. */
export const portableEngine: Engine = { verifySignature: verify, hasher: portableHasher }

export function portableHasher(): Hasher {
  const hash = sha256.create()
  return {
    update: (bytes) => {
      hash.update(bytes)
    },
    digest: () => digestOfHash(hash.digest()),
  }
}
