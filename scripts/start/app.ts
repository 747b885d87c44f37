/** The built web app; built when it is not there or older than its source. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'
import { ROOT } from '../setup/places.mjs'

const SOURCES = ['app', 'protocol', 'verifier', 'generated']

export async function builtApp(say: (text: string) => void): Promise<string | undefined> {
  const app = join(ROOT, 'app')
  if (!existsSync(join(app, 'index.html'))) return undefined
  const dist = join(app, 'dist')
  const index = join(dist, 'index.html')
  const newest = Math.max(...SOURCES.map((folder) => newestIn(join(ROOT, folder))))
  if (existsSync(index) && statSync(index).mtimeMs >= newest) return dist
  say('building the web app')
  await build(app)
  return dist
}

function newestIn(folder: string): number {
  if (!existsSync(folder)) return 0
  let newest = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.includes(join('app', 'dist'))) continue
    newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs)
  }
  return newest
}

function build(app: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
      cwd: app,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4_000)
      })
    }
    child.once('error', (cause) => reject(new Fault('app-not-built', {}, { cause })))
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Fault('app-not-built', { code: code ?? -1, said })),
    )
  })
}
