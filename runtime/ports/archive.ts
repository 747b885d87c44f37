/**
 * The released records as files: what `genesis export` writes and GET /v1/archive/<path> serves, byte for byte.
 *
 * Contract: `manifest` fixes a moment. Every file it names can be opened by path and digest for as long as that
 * moment is remembered (the last few are, and files that never change always), so that a copy made file by file
 * is of one piece although the ledger goes on. Opening gives exactly the bytes that the manifest hashed, or
 * nothing.
 */
import type { Digest } from '../../protocol/wire/sha256.ts'

export type ArchivedFile = { readonly bytes: number; read(): AsyncIterable<Uint8Array> }

export type Archive = {
  /** manifest.json: canonical JSON, with the path, size and digest of every other file. */
  manifest(): Promise<Uint8Array>
  /** The file at that path: as of the digest when one is given, else as of the last manifest. */
  open(path: string, digest: Digest | undefined): Promise<ArchivedFile | undefined>
}
