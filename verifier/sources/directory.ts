/**
 * An exported archive in a folder. Only plain files count: a link or anything else that is not one is named as a file
 * that does not belong there.
 *
 * Faults: `archive-unreachable`.
 */
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'
import { MANIFEST } from '../archive/manifest.ts'
import type { ArchiveSource } from '../archive/source.ts'

/** Bytes read at a time. */
const CHUNK = 256 * 1024

export async function directoryArchive(folder: string): Promise<ArchiveSource> {
  const found = await stat(folder).catch(() => undefined)
  if (found?.isDirectory() !== true) throw new Fault('archive-unreachable', { folder })
  return {
    name: folder,
    live: false,
    manifest: () => missingIsUndefined(() => readFile(join(folder, MANIFEST))),
    open: (path) => missingIsUndefined(async () => open(join(folder, path))),
    list: async () => {
      const all = await readdir(folder, { recursive: true, withFileTypes: true })
      return all
        .filter((entry) => !entry.isDirectory())
        .map((entry) => {
          const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')
          return entry.isFile() ? path : `${path} (not a plain file)`
        })
    },
  }
}

async function open(file: string): Promise<AsyncIterable<Uint8Array>> {
  await stat(file)
  return createReadStream(file, { highWaterMark: CHUNK })
}

async function missingIsUndefined<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (cause) {
    const { code } = cause as { readonly code?: string }
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined
    throw new Fault('archive-unreachable', { code: code ?? '' }, { cause })
  }
}
