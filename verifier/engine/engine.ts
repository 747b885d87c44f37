/**
 * What a host may do faster than the portable code: signature checks and hashing of files.
 *
 * Contract: answers are those of the portable engine on every input; a check answers false and never throws.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { verify, type VerifySignature } from '../../protocol/wire/ed25519.ts'
import { digestOfHash, type Digest } from '../../protocol/wire/sha256.ts'

export type Hasher = { update(bytes: Uint8Array): void; digest(): Digest }

export type Engine = { readonly verifySignature: VerifySignature; readonly hasher: () => Hasher }

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
