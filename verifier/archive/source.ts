/**
 * Where an archive comes from: a running runtime, a static host, a folder, memory.
 *
 * Contract:
 * - `manifest` fixes a moment; `open` gives the bytes of a file as of that moment, or undefined where there are none.
 *   What it gives is not believed: the bytes are hashed as they are read.
 * - `list` names every file that is there, the manifest included, where the source can tell.
 * - Rejections are Faults: `archive-unreachable` (nothing can be said about it).
 */
export type ArchiveSource = {
  /** For people: an address or a folder. */
  readonly name: string
  /** Whether it is the runtime itself, which must know everything that is final on chain. */
  readonly live: boolean
  manifest(): Promise<Uint8Array | undefined>
  open(path: string, sha256: string): Promise<AsyncIterable<Uint8Array> | undefined>
  list(): Promise<readonly string[] | undefined>
}
