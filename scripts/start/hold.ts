/**
 * One start per data folder: a second one is told who holds it. A lock whose process is gone, or whose number another
 * program has by now, does not count.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'
import { commandOf } from './processes.ts'

export const HOLD_FILE = 'start.pid'

export function holdFolder(folder: string): () => void {
  const file = join(folder, HOLD_FILE)
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'EEXIST') throw new Fault('data-folder-unusable', { folder }, { cause })
      const pid = Number(readFileSync(file, 'utf8'))
      if (isStart(pid)) throw new Fault('already-started', { folder, pid })
      rmSync(file, { force: true })
    }
  }
  throw new Fault('already-started', { folder })
}

function isStart(pid: number): boolean {
  return pid !== process.pid && /[\\/]start\.ts\b|start[\\/]start/.test(commandOf(pid) ?? '')
}
