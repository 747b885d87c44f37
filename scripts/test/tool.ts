/** Finds the program of an installed package, so that it can be run with our own Node on every system. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MODULES } from '../setup/places.mjs'

export type Command = { readonly program: string; readonly args: readonly string[] }

/** `bin` is needed where the program is not named like its package. */
export function tool(pkg: string, args: readonly string[], bin: string = pkg): Command {
  const about = JSON.parse(readFileSync(join(MODULES, pkg, 'package.json'), 'utf8')) as {
    readonly bin: string | Readonly<Record<string, string>>
  }
  const file = typeof about.bin === 'string' ? about.bin : about.bin[bin]
  if (file === undefined) throw new Error(`The package ${pkg} has no program ${bin}`)
  return { program: process.execPath, args: [join(MODULES, pkg, file), ...args] }
}
