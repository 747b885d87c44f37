/**
 * Starts enter.sh in its namespaces and watches over it: when time or output run out, or this process dies, the whole
 * tree is killed.
 *
 * Units: milliseconds, bytes. The tree: setpriv (dies with us) → unshare → enter.sh, process 1 of its own process
 * namespace (dies with unshare) → the command. Killing the first kills them all.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from './request.ts'

export type Ended = {
  /** Why it did not end by itself. */
  readonly stopped: 'time' | 'text' | 'unstarted' | undefined
  readonly stdout: string
  readonly stderr: string
  readonly wallMs: number
}

/** What V8 and the stacks of Node's threads reserve before any script runs. */
const RESERVED_BYTES = 768 * 1024 * 1024
const PROCESS_IDS = 512

const NAMESPACES = ['--map-root-user', '--net', '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child']

export async function confine(
  folder: string,
  command: readonly string[],
  limits: Limits,
  inputBytes: number,
): Promise<Ended> {
  await copyFile(besideThis('collect.mjs'), join(folder, 'collect.mjs'))
  const settings = [
    // Whole pages per file: room for the inputs' last pages too.
    limits.fileBytes + inputBytes + 4096 * 4096,
    Math.ceil((RESERVED_BYTES + 2 * limits.memoryBytes) / 1024),
    limits.cpuSeconds,
    PROCESS_IDS,
  ]
  const script = ['sh', besideThis('enter.sh'), folder, ...settings.map(String), ...command]
  return watch(['setpriv', '--pdeathsig', 'KILL', 'unshare', ...NAMESPACES, ...script], limits)
}

function besideThis(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function watch(words: readonly [string, ...string[]], limits: Limits): Promise<Ended> {
  const [program, ...args] = words
  const start = performance.now()
  return new Promise((resolve) => {
    const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment, detached: true })
    let stopped: Ended['stopped']
    const stop = (reason: Ended['stopped']) => {
      stopped ??= reason
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => stop('time'), limits.wallMs)
    const stdout = gather(child.stdout, limits.textBytes, () => stop('text'))
    const stderr = gather(child.stderr, limits.textBytes, () => stop('text'))
    const end = (reason?: string) => {
      clearTimeout(timer)
      const wallMs = Math.round(performance.now() - start)
      resolve({ stopped, stdout: stdout(), stderr: reason ?? stderr(), wallMs })
    }
    child.on('error', (error) => {
      stopped = 'unstarted'
      end(error.message)
    })
    child.on('close', () => end())
  })
}

/** Text of a stream up to a limit; what comes after it is not kept, and is told. */
function gather(stream: NodeJS.ReadableStream, limit: number, exceeded: () => void): () => string {
  const chunks: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    const room = limit - bytes
    bytes += chunk.length
    if (room > 0) chunks.push(chunk.subarray(0, room))
    if (bytes > limit) exceeded()
  })
  return () => Buffer.concat(chunks).toString()
}
