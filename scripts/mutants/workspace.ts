/**
 * A copy of the tree in which one file is changed at a time: hard links, so that it costs neither time nor room. A
 * changed file is written anew beside the link, never through it.
 */
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { MODULES, ROOT, SCRATCH } from '../setup/places.mjs'

export type Workspace = {
  readonly folder: string
  /** Puts this text in the place of the file. */
  change(file: string, text: string): void
  /** Puts the file back. */
  restore(file: string): void
  remove(): void
}

/** What the tests of the law read, and nothing else. */
const FOLDERS = [
  'protocol',
  'test',
  'config',
  'contracts',
  'scripts',
  'cli',
  'runtime',
  'verifier',
  'generated',
  'examples',
]
const FILES = ['package.json', 'tsconfig.json', 'TRUST_CONSTITUTION.md', 'THREAT_MODEL_AND_INVARIANTS.md']

/**
 * The first place that no other run is in. Places have few names, so that what was compiled in one is found again; whose
 * run was broken off, its place is taken over.
 */
export function freeWorkspace(): Workspace {
  for (let n = 0; ; n++) {
    const taken = join(SCRATCH, 'mutants', `${n}.pid`)
    mkdirSync(dirname(taken), { recursive: true })
    try {
      writeFileSync(taken, String(process.pid), { flag: 'wx' })
    } catch {
      if (isAlive(Number(readFileSync(taken, 'utf8')))) continue
      writeFileSync(taken, String(process.pid))
    }
    const place = workspace(String(n))
    const remove = (): void => {
      place.remove()
      rmSync(taken, { force: true })
    }
    return { ...place, remove }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

export function workspace(name: string): Workspace {
  const folder = join(SCRATCH, 'mutants', name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const part of FOLDERS) linked(join(ROOT, part), join(folder, part))
  for (const file of FILES) place(join(ROOT, file), join(folder, file))
  symlinkSync(MODULES, join(folder, 'node_modules'))
  return {
    folder,
    change: (file, text) => {
      rmSync(join(folder, file))
      writeFileSync(join(folder, file), text)
    },
    restore: (file) => {
      rmSync(join(folder, file), { force: true })
      place(join(ROOT, file), join(folder, file))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function linked(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) linked(join(from, entry.name), join(to, entry.name))
    else if (entry.isFile()) place(join(from, entry.name), join(to, entry.name))
  }
}

/** A link where the file system has them, else a copy. */
function place(from: string, to: string): void {
  if (!existsSync(from)) return
  mkdirSync(dirname(to), { recursive: true })
  try {
    linkSync(from, to)
  } catch {
    cpSync(from, to)
  }
}
