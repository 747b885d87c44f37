/**
 * Evidence files by what is in them: the SHA-256 of the bytes is the only name.
 *
 * Contract:
 * - `put` is atomic, durable and repeatable: when it answers `ok` the bytes are on disk (fsync) under their
 *   digest; in every other case nothing can be found that could not be found before. Many may put the same
 *   digest at once.
 * - What is stored never changes and is not removed.
 * - Bytes given out are not hashed again: whoever reads them holds the digest and checks.
 *
 * Errors of `put`: `artifact-digest-differs`, `artifact-too-large`, `artifact-store-full`. A body that breaks
 * off rejects with the body's own error. Fault `artifact-store-failed`.
 */
import type { Malformed } from '../../protocol/wire/malformed.ts'
import type { Result } from '../../protocol/wire/result.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'

export type Stored = { readonly bytes: number; readonly created: boolean }

export type Artifact = {
  readonly bytes: number
  /** A fresh reading of the whole each time. */
  read(): AsyncIterable<Uint8Array>
}

export type ArtifactStore = {
  put(digest: Digest, body: AsyncIterable<Uint8Array>): Promise<Result<Stored, Malformed>>
  get(digest: Digest): Promise<Artifact | undefined>
  has(digest: Digest): Promise<boolean>
}
