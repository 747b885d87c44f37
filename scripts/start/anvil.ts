/**
 * The development chain: anvil, because it can keep its state. One chain plays both roles.
 *
 * What is true if it dies: its state file is at most a second old, so a kill can lose the last transactions; the
 * courier notices and sends them again (chain-state.ts says what becomes of a file that was half written). The native
 * program is started itself, not its wrapper, so that stopping it really stops it; and in a process group of its own,
 * so that Ctrl-C reaches us first. However we end, short of a kill, it ends with us; after a kill the next start ends it.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'
import { pause } from '../../runtime/clock/clock.ts'
import { restoreState, stateFile } from './chain-state.ts'
import { requireFree } from './ports.ts'
import { commandOf } from './processes.ts'

export type DevelopmentChain = {
  readonly url: string
  /** Fulfilled when it ends without having been told to. */
  readonly died: Promise<Fault>
  stop(): Promise<void>
}

export const CHAIN_ID = 31337

/** How long it may take to answer. Milliseconds. */
const START_WITHIN_MS = 20_000
const STOP_WITHIN_MS = 5_000

const PROGRAMS: { readonly [platform: string]: string } = {
  'linux-x64': '@foundry-rs/anvil-linux-amd64',
  'linux-arm64': '@foundry-rs/anvil-linux-arm64',
  'darwin-x64': '@foundry-rs/anvil-darwin-amd64',
  'darwin-arm64': '@foundry-rs/anvil-darwin-arm64',
  'win32-x64': '@foundry-rs/anvil-win32-amd64',
}

export async function startAnvil(folder: string, port: number): Promise<DevelopmentChain> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  await stopLeftOver(folder)
  await requireFree(port)
  restoreState(folder)
  const child = spawn(anvilProgram(), argumentsFor(folder, port), {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  writeFileSync(pidFile(folder), String(child.pid ?? ''), { mode: 0o600 })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000)
  })
  const endWithUs = (): void => {
    child.kill('SIGTERM')
  }
  process.once('exit', endWithUs)
  let stopping = false
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.once('error', () => resolve(null))
  })
  const url = `http://127.0.0.1:${port}`
  await answering(url, child, () => said)
  // Told the first block's time, it would count on from there.
  await rpc(url, 'evm_setTime', [Math.floor(Date.now() / 1000)])
  return {
    url,
    died: ended.then((code) =>
      stopping ? new Promise<Fault>(() => {}) : new Fault('chain-died', { code: code ?? -1, said: inOneLine(said) }),
    ),
    stop: async () => {
      stopping = true
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
      await ended
      clearTimeout(late)
      process.removeListener('exit', endWithUs)
      rmSync(pidFile(folder), { force: true })
    },
  }
}

function argumentsFor(folder: string, port: number): readonly string[] {
  const options: readonly (readonly [name: string, value: string])[] = [
    ['host', '127.0.0.1'],
    ['port', String(port)],
    ['chain-id', String(CHAIN_ID)],
    ['state', join(folder, 'state.json')],
    ['state-interval', '1'],
    ['slots-in-an-epoch', '1'],
    ['accounts', '1'],
    ['balance', '1000000'],
    // Without a time of its own each start would make another first block, and the chain another chain.
    ['timestamp', String(firstBlockTime(folder))],
  ]
  return [...options.flatMap(([name, value]) => [`--${name}`, value]), '--silent']
}

function inOneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}

/** Unix seconds of the chain's first block, fixed at the first start. */
function firstBlockTime(folder: string): number {
  const file = join(folder, 'first-block-time')
  if (!existsSync(file)) writeFileSync(file, String(Math.floor(Date.now() / 1000)), { mode: 0o600 })
  return Number(readFileSync(file, 'utf8'))
}

/** The native program of this platform. Throws Fault `chain-not-for-this-platform`, `chain-program-missing`. */
export function anvilProgram(): string {
  const name = PROGRAMS[`${process.platform}-${process.arch}`]
  if (name === undefined)
    throw new Fault('chain-not-for-this-platform', { platform: process.platform, arch: process.arch })
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve(`${name}/package.json`))
  const file = join(folder, 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil')
  if (!existsSync(file)) throw new Fault('chain-program-missing', { package: name })
  return file
}

/** Waits until it answers; a process that has ended, or never answers, is a fault. */
export async function answering(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + START_WITHIN_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Fault('chain-died', { code: child.exitCode, said: inOneLine(said()) })
    try {
      await rpc(url, 'eth_chainId', [])
      return
    } catch {
      await pause(25)
    }
  }
  child.kill('SIGKILL')
  throw new Fault('chain-did-not-start', { url })
}

export async function rpc(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } }
  if (error !== undefined) throw new Fault('chain-refused', { method, reason: error.message })
  return result
}

function pidFile(folder: string): string {
  return join(folder, 'pid')
}

/** A chain that an earlier start left behind (it was killed) holds our state file: it has to go first. */
export async function stopLeftOver(folder: string): Promise<void> {
  const file = pidFile(folder)
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8'))
  if (isOurs(pid, folder)) process.kill(pid, 'SIGTERM')
  for (let i = 0; i < 100 && isOurs(pid, folder); i++) await pause(50)
  if (isOurs(pid, folder)) process.kill(pid, 'SIGKILL')
  rmSync(file, { force: true })
}

/** Only a process that was started on this very state file: a pid may have been given to somebody else since. */
function isOurs(pid: number, folder: string): boolean {
  return commandOf(pid)?.includes(stateFile(folder)) ?? false
}
