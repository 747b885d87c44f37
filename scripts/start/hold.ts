/** One start per data folder: a second one is told who holds it. A lock whose process is gone does not count. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'

export function holdFolder(folder: string): () => void {
  const file = join(folder, 'start.pid')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'EEXIST') throw new Fault('data-folder-unusable', { folder }, { cause })
      const pid = Number(readFileSync(file, 'utf8'))
      if (isAlive(pid)) throw new Fault('already-started', { folder, pid })
      rmSync(file, { force: true })
    }
  }
  throw new Fault('already-started', { folder })
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
