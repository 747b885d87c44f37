// Completes package-lock.json with the builds of native packages for other platforms.
//
// Why: a native package lists one build per platform among its optional dependencies. Where the registry that
// `npm install` asked lacks some of them, npm leaves them out of the lock file, and then `npm ci` refuses that lock
// file as incomplete. An entry with version, os and cpu is all npm needs to know that it may skip the build here and
// has to fetch it there.
//
// Run it after every `npm install`: `node scripts/lock.mjs`. With `--check` it writes nothing and only reports.
import { readFileSync, writeFileSync } from 'node:fs'
import { argv, exit } from 'node:process'

const LOCK = new URL('../package-lock.json', import.meta.url)
const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32']
const CPU = { amd64: 'x64', x64: 'x64', arm64: 'arm64', arm: 'arm', ia32: 'ia32' }
const CPU_SAME = ['ppc64', 'riscv64', 's390x', 'wasm32', 'loong64', 'mips64el']
const LIBC = { gnu: 'glibc', musl: 'musl' }

/** `@oxlint/binding-linux-arm64-musl` → `{ os: ['linux'], cpu: ['arm64'], libc: ['musl'] }` */
function platformOf(name) {
  const words = name.split(/[/-]/)
  const platform = {}
  for (const word of words) {
    if (OS.includes(word)) platform.os = [word]
    if (word in CPU) platform.cpu = [CPU[word]]
    if (CPU_SAME.includes(word)) platform.cpu = [word]
    if (word in LIBC) platform.libc = [LIBC[word]]
  }
  return platform
}

/** Where npm would have to find `name` for the package at `path`, if it is there at all. */
function isPresent(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (place in packages) return true
    if (folder === '') return false
  }
}

const text = readFileSync(LOCK, 'utf8')
const lock = JSON.parse(text)
const added = []
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isPresent(lock.packages, path, name)) continue
    const platform = platformOf(name)
    // Without a platform the entry would be wanted everywhere, and we have no hash to hold it to.
    if (platform.cpu === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
      console.error(`scripts/lock.mjs: ${path} wants ${name}@${version}, which names no platform I know`)
      exit(1)
    }
    lock.packages[`node_modules/${name}`] = { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true }
    added.push(name)
  }
}

if (added.length === 0) {
  console.log('package-lock.json is complete')
} else if (argv.includes('--check')) {
  console.error(`package-lock.json lacks ${added.length} builds for other platforms: run "node scripts/lock.mjs"`)
  exit(1)
} else {
  const root = lock.packages['']
  const rest = Object.entries(lock.packages).filter(([path]) => path !== '')
  rest.sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = { '': root, ...Object.fromEntries(rest) }
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`package-lock.json: added ${added.length} builds for other platforms`)
}
