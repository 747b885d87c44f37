/**
 * Small files that must not be found half-written: the face of the room.
 *
 * What is true if we die: before the rename the old file (or none) is there, after it the new one; both whole. When
 * `writeWhole` returns, the new one is on disk.
 */
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Mode of files that nobody but their owner has any business with. */
export const ONLY_OWNER = 0o600

/** Written beside, synced, renamed, and the folder synced. The folder must exist. */
export function writeWhole(file: string, content: string | Uint8Array, mode: number = ONLY_OWNER): void {
  const beside = `${file}.new`
  const handle = openSync(beside, 'w', mode)
  try {
    // One that was left behind keeps the mode it had.
    fchmodSync(handle, mode)
    writeFileSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, file)
  syncFolder(dirname(file))
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
