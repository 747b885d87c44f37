/** `npm run scenario`: plays a scripted month of work and verifies it; or starts the chain of one again. */
import { join } from 'node:path'
import { Fault } from '../protocol/wire/fault.ts'
import { HELP, readOptions, type Options } from './scenario/options.ts'
import { readRun, restartChain, runMonth, type Run } from './scenario/run.ts'
import { inWords as summaryInWords } from './scenario/summary.ts'
import { inWords } from './start/words.ts'

async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args)
  if (options === undefined) return 2
  if (options.what === 'help') {
    process.stdout.write(HELP)
    return 0
  }
  return options.what === 'chain' ? chainAgain(options) : month(options)
}

function optionsOf(args: readonly string[]): Options | undefined {
  try {
    return readOptions(args)
  } catch (cause) {
    process.stderr.write(`${inWords(cause)} See npm run scenario -- --help.\n`)
    return undefined
  }
}

async function month(options: Options): Promise<number> {
  // Leaving by `exit` is what ends the chain with us.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
  const started = performance.now()
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1)
  const run = await runMonth(options, progress(seconds))
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K')
  process.stdout.write(
    options.json ? `${JSON.stringify({ ...run, seconds: Number(seconds()) })}\n` : table(run, options, seconds()),
  )
  return run.verdict === 'unverifiable' ? 1 : 0
}

const WORTH_A_LINE = 48

/** One line that is written over where a person watches, else a line at each tenth. */
function progress(seconds: () => string): (what: string, done?: number, total?: number) => void {
  let tenth = -1
  let shown = 0
  return (what, done, total) => {
    const line = `${seconds().padStart(7)} s  ${what}`
    if (process.stderr.isTTY) {
      if (done !== undefined && performance.now() - shown < 80) return
      shown = performance.now()
      process.stderr.write(`\r\u001b[2K${line}`)
      return
    }
    // Short stretches are over before anybody has read of them.
    if (done !== undefined && total !== undefined && total < WORTH_A_LINE) return
    const now = done === undefined || total === undefined ? -2 : Math.floor((done * 10) / total)
    if (now === tenth) return
    tenth = now
    process.stderr.write(`${line}\n`)
  }
}

function table(run: Run, { out }: Options, seconds: string): string {
  return [
    '',
    summaryInWords(run.summary),
    '',
    `seed         ${run.seed}, ${run.days} days, ${run.missions} missions, played in ${seconds} s`,
    `ledger       ${run.entries} entries, head ${run.head}`,
    `commitments  ${run.epochs} epochs, last ${run.commitment}`,
    `deployment   ${run.deployment}`,
    `verdict      ${run.verdict}${run.fault === null ? '' : `: ${run.fault}`}`,
    '',
    `archive in ${run.archive}; to verify it again: npm run scenario -- chain --out ${out}`,
    '',
  ].join('\n')
}

async function chainAgain({ out, chainPort }: Options): Promise<number> {
  const chain = await restartChain(out, chainPort)
  const { deployment } = readRun(out)
  process.stdout.write(
    `The chain of that month answers at ${chain.url}. Verify with:\n` +
      `  npx genesis verify --archive ${join(out, 'archive')} --rpc ${chain.url} --deployment ${deployment}\n` +
      'Ctrl-C stops it.\n',
  )
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await chain.stop()
  return 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (cause) {
  process.stderr.write(`\n${cause instanceof Fault ? cause.message : inWords(cause)}\n`)
  process.exitCode = 1
}
// Threads and sockets that were told to stop have stopped; nothing else may keep us.
process.exit()
