/**
 * `npm start`: the whole system on one machine. Prints each step, then `READY <url>`; Ctrl-C stops everything.
 */
import { Fault } from '../protocol/wire/fault.ts'
import { HELP, readOptions } from './start/options.ts'
import { startStack } from './start/stack.ts'
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
  const starting = startStack(options, { say, warn: warning() })
  if ((await Promise.race([starting, interrupted])) === undefined) say('stopping as soon as the start allows')
  const stack = await starting
  let fault: Fault | undefined
  if (!interrupted.happened()) {
    say('data in ' + options.data)
    process.stdout.write(`READY ${stack.url}\n`)
    fault = (await Promise.race([interrupted, stack.failed])) ?? undefined
  }
  if (fault !== undefined) process.stderr.write(`${inWords(fault)}\n`)
  say('stopping')
  await stack.stop()
  say('stopped')
  return fault === undefined ? 0 : 1
}

/** A terminal, npm and our launcher may each pass on one and the same Ctrl-C. Milliseconds. */
const ONE_PRESS_MS = 1_000

/** Fulfilled by Ctrl-C and its like. Whoever presses it again means it: then nothing is waited for. */
function interruption(): Promise<undefined> & { happened(): boolean } {
  let first: number | undefined
  const interrupted = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (first !== undefined && performance.now() - first > ONE_PRESS_MS) process.exit(130)
        first ??= performance.now()
        resolve(undefined)
      })
    }
  })
  return Object.assign(interrupted, { happened: () => first !== undefined })
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
