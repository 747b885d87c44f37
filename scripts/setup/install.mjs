// The slow path of set-up: fetch the project's Node, then install with it exactly what the lock file names.
//
// Two steps, because npm chooses packages by the Node it runs under: under an older one it would leave out native
// packages without a word. Both steps are held to the hashes of the lock file, and neither runs install scripts.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join, relative } from 'node:path'
import { completeLockFile } from './complete-lock.mjs'
import { runNpm } from './npm.mjs'
import { LOCK_FILE, MODULES, NODE_PACKAGE, ROOT, SCRATCH, STAMP, fingerprint, isNewEnough, nodeIn } from './places.mjs'
import { Trouble } from './trouble.mjs'

const LOG = join(SCRATCH, 'setup.log')
const NEEDED_BYTES = 1.2e9
const CI = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--loglevel=warn']

export async function install() {
  mkdirSync(SCRATCH, { recursive: true })
  rmSync(LOG, { force: true })
  // After someone's `npm install` the lock file may lack other platforms' builds, and `npm ci` would refuse it.
  completeLockFile()
  refuseFullDisk()
  const node = await nodeToInstallWith()
  console.error('Set-up 2/2: installing packages (about a minute)')
  await runNpm({ step: 'Installing packages', node, folder: ROOT, args: CI, log: LOG })
  linkNode()
  writeFileSync(STAMP, fingerprint())
}

function refuseFullDisk() {
  if (statfsSync === undefined) return
  const { bavail, bsize } = statfsSync(ROOT)
  if (bavail * bsize < NEEDED_BYTES && !existsSync(STAMP)) {
    throw new Trouble(`The disk has ${Math.round((bavail * bsize) / 1e6)} MB free and set-up needs about 1.5 GB.`)
  }
}

/** This very Node if it will do, else the pinned one, fetched on its own into a scratch folder that goes when we end. */
async function nodeToInstallWith() {
  // Never one from node_modules: `npm ci` deletes that folder first.
  if (isNewEnough(process.version) && !process.execPath.startsWith(MODULES)) {
    return process.execPath
  }
  if (NODE_PACKAGE === undefined) throw unsupported()
  const folder = mkdtempSync(join(SCRATCH, 'node-'))
  process.once('exit', removeLeftovers)
  writeLockOfOne(folder)
  console.error('Set-up 1/2: fetching Node for this project')
  await runNpm({ step: 'Fetching Node', node: process.execPath, folder, args: CI, log: LOG })
  const program = nodeIn(join(folder, 'node_modules'))
  if (spawnSync(program, ['--version']).status !== 0) throw unsupported()
  return program
}

/**
 * Removes the scratch Nodes of this set-up and of earlier ones that were stopped. A stopped npm may still be writing
 * into its own: then it stays until the next time.
 */
function removeLeftovers() {
  for (const name of readdirSync(SCRATCH).filter((entry) => entry.startsWith('node-'))) {
    try {
      rmSync(join(SCRATCH, name), { recursive: true, force: true })
    } catch {
      // Ignored by git, and in nobody's way.
    }
  }
}

/** A project of one package: the entry of our lock file, hash included. */
function writeLockOfOne(folder) {
  const path = `node_modules/${NODE_PACKAGE}`
  const entry = JSON.parse(readFileSync(LOCK_FILE, 'utf8')).packages[path]
  const about = { name: 'genesis-node', version: '0.0.0', dependencies: { [NODE_PACKAGE]: entry.version } }
  const { optional: _optional, ...required } = entry
  const lock = { ...about, lockfileVersion: 3, requires: true, packages: { '': about, [path]: required } }
  delete lock.dependencies
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
}

/** npm 10 drops the link to `node` when it skips the packages for other platforms, so it is made again here. */
function linkNode() {
  if (process.platform === 'win32' || NODE_PACKAGE === undefined || !existsSync(nodeIn(MODULES))) return
  const link = join(MODULES, '.bin', 'node')
  rmSync(link, { force: true })
  symlinkSync(relative(join(MODULES, '.bin'), nodeIn(MODULES)), link)
}

function unsupported() {
  return new Trouble(
    `No Node comes with the project for ${process.platform}-${process.arch}, and this one is ${process.version}: ` +
      'install Node 24 or newer from https://nodejs.org and run it again.',
  )
}
