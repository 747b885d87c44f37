/** Files that only their owner may read: mode 0600 from the first moment, whole or not there, never printed. */
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'
import { ONLY_OWNER, writeWhole } from '../files/files.ts'

export function writeSecretFile(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeWhole(file, content, ONLY_OWNER)
}

/** Throws Fault `key-file-readable-by-others` rather than use a secret that is none. */
export function readSecretFile(file: string): string {
  let mode: number
  try {
    ;({ mode } = statSync(file))
  } catch (cause) {
    throw new Fault('key-file-missing', { file }, { cause })
  }
  if ((mode & 0o077) !== 0) throw new Fault('key-file-readable-by-others', { file, mode: (mode & 0o777).toString(8) })
  return readFileSync(file, 'utf8')
}
