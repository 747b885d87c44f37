/**
 * The artifact store in a folder.
 *
 *     <folder>/3f/3f9a…e1         bytes whose SHA-256 is 3f9a…e1; 256 folders by the first two digits
 *     <folder>/incoming/<random>  bytes on their way in, worth nothing; emptied at each start
 *
 * Bytes are hashed while they are written and get their name only when they turn out to be what was promised.
 *
 * Units: bytes. Faults: `artifact-store-failed`.
 * Source: spec 2.2 (artifacts), 3.3 (nothing half-stored).
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '../../../protocol/wire/fault.ts'
import { malformed, type Malformed } from '../../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../../protocol/wire/result.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import type { Artifact, ArtifactStore, Stored } from '../../ports/artifact-store.ts'

export type Limits = {
  /** The largest single artifact. */
  readonly artifactBytes: number
  /** Everything together. */
  readonly totalBytes: number
}

export const DEFAULT_LIMITS: Limits = { artifactBytes: 67_108_864, totalBytes: 17_179_869_184 }

const INCOMING = 'incoming'

export async function openArtifacts(folder: string, limits: Limits = DEFAULT_LIMITS): Promise<ArtifactStore> {
  const incoming = join(folder, INCOMING)
  await failing(async () => {
    await rm(incoming, { recursive: true, force: true })
    await mkdir(incoming, { recursive: true, mode: 0o700 })
  })
  let held = await failing(() => bytesIn(folder))

  async function put(
    digest: Sha256.Digest,
    body: AsyncIterable<Uint8Array>,
  ): Promise<Result<Stored, Malformed>> {
    const target = pathOf(folder, digest)
    const present = (await sizeOf(target)) !== undefined
    const temporary = join(incoming, randomUUID())
    let written = 0
    let kept = false
    const file = present ? undefined : await failing(() => open(temporary, 'wx', 0o600))
    try {
      const hash = createHash('sha256')
      for await (const chunk of body) {
        written += chunk.length
        if (written > limits.artifactBytes) {
          return malformed('artifact-too-large', { max: limits.artifactBytes })
        }
        hash.update(chunk)
        if (file === undefined) continue
        held += chunk.length
        if (held > limits.totalBytes) return malformed('artifact-store-full', { max: limits.totalBytes })
        // If we die here a nameless piece stays behind, which the next start removes.
        await failing(() => file.writeFile(chunk))
      }
      if (hash.digest('hex') !== Sha256.digestHex(digest)) return malformed('artifact-digest-differs')
      // Somebody may have put the same bytes in the meantime.
      if (file === undefined || (await sizeOf(target)) !== undefined) {
        return ok({ bytes: written, created: false })
      }
      await failing(() => file.sync())
      await file.close()
      // If we die here the bytes are safe but nameless: not stored, and nobody was told otherwise.
      await failing(() => name(temporary, target))
      // From here on they are found under their digest, whatever happens.
      kept = true
      return ok({ bytes: written, created: true })
    } catch (cause) {
      if (isDiskFull(cause)) return malformed('artifact-store-full')
      throw cause
    } finally {
      if (file !== undefined && !kept) {
        held -= written
        await file.close().catch(() => {})
        await rm(temporary, { force: true })
      }
    }
  }

  async function get(digest: Sha256.Digest): Promise<Artifact | undefined> {
    const path = pathOf(folder, digest)
    const bytes = await sizeOf(path)
    return bytes === undefined ? undefined : { bytes, read: () => createReadStream(path) }
  }

  return { put, get, has: async (digest) => (await sizeOf(pathOf(folder, digest))) !== undefined }
}

function pathOf(folder: string, digest: Sha256.Digest): string {
  if (!Sha256.isDigest(digest)) throw new Fault('artifact-store-failed', { reason: 'not a digest' })
  const hex = Sha256.digestHex(digest)
  return join(folder, hex.slice(0, 2), hex)
}

/** A rename inside one file system is atomic; the folder is synced so that the name survives power loss. */
async function name(temporary: string, target: string): Promise<void> {
  const shard = dirname(target)
  if (await mkdir(shard, { recursive: true, mode: 0o700 })) await syncFolder(dirname(shard))
  await rename(temporary, target)
  await syncFolder(shard)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (cause) {
    if (isAbsent(cause)) return undefined
    throw failure(cause)
  }
}

async function bytesIn(folder: string): Promise<number> {
  const shards = (await readdir(folder)).filter((shard) => /^[0-9a-f]{2}$/.test(shard))
  let bytes = 0
  for (const shard of shards) {
    for (const file of await readdir(join(folder, shard))) bytes += (await stat(join(folder, shard, file))).size
  }
  return bytes
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw failure(cause)
  }
}

function failure(cause: unknown): Fault {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Fault('artifact-store-failed', { reason }, { cause })
}

function isDiskFull(cause: unknown): boolean {
  const code = codeOf(cause instanceof Fault ? cause.cause : cause)
  return code === 'ENOSPC' || code === 'EDQUOT'
}

function isAbsent(cause: unknown): boolean {
  return codeOf(cause) === 'ENOENT'
}

function codeOf(cause: unknown): unknown {
  return (cause as { code?: unknown } | undefined)?.code
}
