/** Runs the real command line as a person would: the .mjs that npx starts, in a folder of its own. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { tmpdir } from 'node:os'

const BINARY = fileURLToPath(new URL('../../../cli/genesis.mjs', import.meta.url))

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

export function genesis(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    // No stack may be found by accident: the data folder is one where nothing is.
    const env = { ...process.env, GENESIS_DATA: `${tmpdir()}/no-stack-here` }
    const child = spawn(process.execPath, [BINARY, ...args], { cwd: tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}
