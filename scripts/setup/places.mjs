// Where things are, and which Node runs this project.
//
// The project brings its own Node as an npm package, because the tools it is built with refuse older ones and because
// everybody should run the same. A platform without such a package uses the Node it has, if that is new enough.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const LOCK_FILE = join(ROOT, 'package-lock.json')
export const MODULES = join(ROOT, 'node_modules')
/** Scratch space of scripts and tests; git ignores it, and it may be deleted at any time. */
export const SCRATCH = join(ROOT, '.tmp')
/** Written last, so its presence says that everything before it was finished. */
export const STAMP = join(MODULES, '.genesis-setup')

const PLATFORM_NAMES = { 'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'win32-x64': 'win-x64' }
const OLDEST_NODE = 24

/** The npm package that carries Node for this platform, if there is one. */
export const NODE_PACKAGE =
  `${process.platform}-${process.arch}` in PLATFORM_NAMES
    ? `node-${PLATFORM_NAMES[`${process.platform}-${process.arch}`]}`
    : undefined

/** The Node program inside a node_modules folder. */
export function nodeIn(modules) {
  return join(modules, NODE_PACKAGE, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

export function isNewEnough(version) {
  return Number(version.replace(/^v/, '').split('.')[0]) >= OLDEST_NODE
}

/** The Node to run the project with, or undefined before set-up or where none fits. */
export function projectNode() {
  if (NODE_PACKAGE !== undefined && existsSync(nodeIn(MODULES))) return nodeIn(MODULES)
  return isNewEnough(process.version) ? process.execPath : undefined
}

/** What must be the same for an earlier set-up to be still good. */
export function fingerprint() {
  const lock = createHash('sha256').update(readFileSync(LOCK_FILE)).digest('hex')
  return `${lock} ${process.platform}-${process.arch}\n`
}

/** True when the installed packages are the ones the lock file names. */
export function isSetUp() {
  try {
    return readFileSync(STAMP, 'utf8') === fingerprint() && projectNode() !== undefined
  } catch {
    return false
  }
}
