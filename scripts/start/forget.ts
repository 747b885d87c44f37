/** Forgetting a deployment: everything in its folder, and nothing in a folder that is none. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'
import { HOLD_FILE } from './hold.ts'

/** What a start leaves behind, however early it died. */
const MARKS = [join('keys', 'password'), join('chain', 'first-block-time'), 'deployment.json']

/** The lock stays: it is ours. Throws `data-folder-foreign` rather than delete somebody's files. */
export function forget(folder: string): void {
  const found = readdirSync(folder).filter((name) => name !== HOLD_FILE)
  if (found.length === 0) return
  if (!MARKS.some((mark) => existsSync(join(folder, mark)))) throw new Fault('data-folder-foreign', { folder })
  for (const name of found) rmSync(join(folder, name), { recursive: true, force: true })
}
