/**
 * `npm start`: the whole system on one machine. Prints each step, then `READY <url>`; Ctrl-C stops everything.
 */
import { Fault } from '../protocol/wire/fault.ts'
import { HELP, readOptions } from './start/options.ts'
import { startStack, type Stack } from './start/stack.ts'
import { inWords } from './start/words.ts'

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(HELP)
    return 0
  }
  const started = performance.now()
  const say = (text: string): void => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6)
    process.stdout.write(`${seconds} s  ${text}\n`)
  }
  const interrupted = interruption()
  interrupted.addEventListener('abort', () => say('stopping'), { once: true })
  const stack = await startedUnless(
    interrupted,
    startStack(options, { say, warn: warning(), signal: interrupted }),
    say,
  )
  if (stack === undefined) return 0
  say('data in ' + options.data)
  process.stdout.write(`READY ${stack.url}\n`)
  const fault = await Promise.race([stack.failed, aborted(interrupted)])
  if (fault !== undefined) process.stderr.write(`${inWords(fault)}\n`)
  await stack.stop()
  say('stopped')
  return fault === undefined ? 0 : 1
}

/** The stack, or nothing where somebody did not want to wait for it: then it has been undone. */
async function startedUnless(
  interrupted: AbortSignal,
  starting: Promise<Stack>,
  say: (text: string) => void,
): Promise<Stack | undefined> {
  try {
    return await starting
  } catch (cause) {
    if (!interrupted.aborted) throw cause
    say('stopped')
    return undefined
  }
}

/** A terminal, npm and our launcher may each pass on one and the same Ctrl-C. Milliseconds. */
const ONE_PRESS_MS = 1_000

/** Aborted by Ctrl-C and its like. Whoever presses it again means it: then nothing is waited for. */
function interruption(): AbortSignal {
  const interrupted = new AbortController()
  let first = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!interrupted.signal.aborted) first = performance.now()
      else if (performance.now() - first > ONE_PRESS_MS) process.exit(130)
      interrupted.abort()
    })
  }
  return interrupted.signal
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined))
  })
}

/** The same trouble is said once until it changes: a duty tries again several times a second. */
function warning(): (what: string, cause: unknown) => void {
  const last = new Map<string, string>()
  return (what, cause) => {
    const text =
      cause instanceof Fault ? cause.message : cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    if (last.get(what) === text) return
    last.set(what, text)
    process.stderr.write(`        ${what}: ${text}\n`)
  }
}

try {
  process.exitCode = await main()
} catch (cause) {
  process.stderr.write(`${inWords(cause)}\n`)
  process.exitCode = 1
}
// Threads and sockets that were told to stop have stopped; nothing else may keep us.
process.exit()
