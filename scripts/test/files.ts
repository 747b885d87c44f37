/** Which stages have anything to do. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../setup/places.mjs'

const SKIPPED = new Set(['node_modules', 'artifacts', 'cache', 'dist', '.git', '.tmp'])

/** Whether `folder` (from the root) has, at any depth, a file whose name ends so. */
export function hasFile(folder: string, ending: string): boolean {
  const path = join(ROOT, folder)
  if (!existsSync(path)) return false
  return readdirSync(path, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? !SKIPPED.has(entry.name) && hasFile(join(folder, entry.name), ending)
      : entry.name.endsWith(ending),
  )
}

export function hasTests(room: string): boolean {
  return hasFile(join('test', room), '.test.ts')
}
