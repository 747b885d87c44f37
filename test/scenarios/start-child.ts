/** `npm start` as its own process, on a folder and ports of the test's own, with everything that it says. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'node:test'

const START = fileURLToPath(new URL('../../scripts/start.ts', import.meta.url))

export type Started = {
  readonly child: ChildProcess
  /** The address of the READY line; rejects when it ends before, with all that it said. */
  readonly ready: Promise<string>
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  out(): string
  err(): string
}

export function start(t: Pick<TestContext, 'after'>, args: readonly string[]): Started {
  const child = spawn(process.execPath, [START, '--no-app', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  const ready = Promise.withResolvers<string>()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk
    const url = /^READY (\S+)$/m.exec(out)?.[1]
    if (url !== undefined) ready.resolve(url)
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone'))
  })
  void ended.then((how) => ready.reject(new Error(`ended with ${how}\n${out}\n${err}`)))
  ready.promise.catch(() => {})
  t.after(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ready: ready.promise, ended, out: () => out, err: () => err }
}

/** Processes on this machine whose command line names a folder. */
export function processesOn(folder: string): { readonly pid: number; readonly command: string }[] {
  const found: { pid: number; command: string }[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      if (command.includes(folder)) found.push({ pid: Number(name), command })
    } catch {
      // It has ended meanwhile.
    }
  }
  return found
}
