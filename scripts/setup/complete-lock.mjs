// Completes package-lock.json with the builds of native packages for other platforms.
//
// Why: a native package lists one build per platform among its optional dependencies. Where the registry that
// `npm install` asked lacks some of them, npm leaves them out of the lock file, and `npm ci` then refuses that lock
// file as incomplete. An entry with version, os and cpu is all npm needs to know that it may skip the build here and
// has to fetch it there.
//
// Set-up does it before it installs. By hand, before a commit: `npm run lock`.
import { readFileSync, writeFileSync } from 'node:fs'
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { LOCK_FILE } from './places.mjs'

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32']
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']
const CPU_BY_OTHER_NAME = { amd64: 'x64' }
const LIBC = { gnu: 'glibc', musl: 'musl' }

/** `@oxlint/binding-linux-arm64-musl` → `{ os: ['linux'], cpu: ['arm64'], libc: ['musl'] }` */
function platformOf(name) {
  const platform = {}
  for (const word of name.split(/[/-]/)) {
    const cpu = CPU_BY_OTHER_NAME[word] ?? word
    if (OS.includes(word)) platform.os = [word]
    if (CPU.includes(cpu)) platform.cpu = [cpu]
    if (word in LIBC) platform.libc = [LIBC[word]]
  }
  return platform
}

/** Whether the package at `path` would find `name` in its own node_modules or in one further up. */
function finds(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true
    if (folder === '') return false
  }
}

/** Adds the missing entries to `lock` and returns their names. */
export function complete(lock) {
  const added = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (finds(lock.packages, path, name)) continue
      const platform = platformOf(name)
      // An entry without a platform would be installed everywhere, and there is no hash to hold it to.
      if (platform.cpu === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
        throw new Error(`${path} wants ${name}@${version}, whose name tells no platform`)
      }
      const dev = entry.dev ? { dev: true } : {}
      lock.packages[`node_modules/${name}`] = { version, ...platform, ...dev, optional: true }
      added.push(name)
    }
  }
  // The order npm itself writes, so that completing a lock file changes nothing else in it.
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  lock.packages = Object.fromEntries(sorted)
  return added
}

/** Completes the file in place; says nothing when nothing was missing. */
export function completeLockFile() {
  const lock = JSON.parse(readFileSync(LOCK_FILE, 'utf8'))
  const added = complete(lock)
  if (added.length === 0) return
  writeFileSync(LOCK_FILE, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`package-lock.json: added ${added.length} builds for other platforms`)
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  try {
    completeLockFile()
  } catch (error) {
    console.error(`complete-lock: ${error.message}`)
    exit(1)
  }
}
