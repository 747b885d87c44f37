/**
 * One run of the month: played, exported over the API as anybody would, and verified from the copy and the chain
 * alone. The folder has afterwards:
 *
 *     archive/       the released records (genesis export)
 *     chain.json     the chain's state, written when it ends; `npm run scenario -- chain` starts it again
 *     run.json       what became of it
 *     data/          the runtime's own files: ledger, artifacts, outbox
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command as exportCommand } from '../../cli/commands/export.ts'
import type { Io } from '../../cli/lib/command.ts'
import { nativeEngine } from '../../cli/lib/engine.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { millis } from '../../protocol/wire/time.ts'
import { openChain } from '../../verifier/chain/reader.ts'
import { directoryArchive } from '../../verifier/sources/directory.ts'
import { verify, type Report } from '../../verifier/verify.ts'
import { freePort } from '../start/ports.ts'
import { startChain, type Simulated } from './chain.ts'
import { openHouse, type House } from './house.ts'
import { playMonth, START } from './month.ts'
import type { Options } from './options.ts'
import { seedOf } from './seed.ts'
import { summaryOf, type Summary } from './summary.ts'

export type Run = {
  readonly seed: string
  readonly days: number
  readonly missions: number
  readonly deployment: string
  readonly entries: number
  readonly head: string
  readonly epochs: number
  /** Hash of the last commitment: it holds those of all before it. */
  readonly commitment: string
  readonly summary: Summary
  readonly verdict: Report['verdict'] | 'not-asked'
  /** What the verification found first, where it found something. */
  readonly fault: string | null
  readonly archive: string
}

/** Called at each step of it: what happens, and how much of it is done. */
export type Telling = (what: string, done?: number, total?: number) => void

type Wanted = Pick<Options, 'seed' | 'days' | 'missions' | 'out' | 'chainPort' | 'verify'>

export async function runMonth(wanted: Wanted, tell: Telling): Promise<Run> {
  const { out, seed, days, missions } = wanted
  requireOurs(out)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true, mode: 0o700 })
  writeFileSync(join(out, MARK), '')
  tell('deploying the contracts, founding the deployment')
  const chainPort = wanted.chainPort ?? (await freePort())
  const data = join(out, 'data')
  const house = await openHouse({ seed: seedOf(seed), start: START, folder: data, chainPort })
  try {
    await playMonth(house, { missions, days }, ({ epoch, epochs, entries }) =>
      tell(`hour ${epoch} of ${epochs}, ${entries} entries`, epoch, epochs),
    )
    const archive = join(out, 'archive')
    tell('exporting the archive')
    await exportTo(house, archive)
    const report = wanted.verify ? await verified(house, archive, tell) : undefined
    const run: Run = { seed, days, missions, ...(await facts(house)), ...verdictOf(report), archive }
    writeFileSync(join(out, 'run.json'), `${JSON.stringify(run, undefined, 2)}\n`)
    return run
  } finally {
    await house.close()
    if (existsSync(join(data, CHAIN))) renameSync(join(data, CHAIN), join(out, CHAIN))
  }
}

const CHAIN = 'chain.json'

/** Says that a folder is a scenario's: nothing else is ever replaced. */
const MARK = '.genesis-scenario'

function requireOurs(out: string): void {
  if (existsSync(out) && !existsSync(join(out, MARK))) throw new Fault('out-not-a-scenario', { out })
}

async function facts(house: House) {
  const { size, hash } = house.head()
  const last = await house.ask((state) => ({
    epochs: state.epochs.closed.length,
    commitment: state.epochs.closed.at(-1)?.commitment ?? '',
  }))
  return { deployment: house.deployment, entries: size, head: hash, ...last, summary: await summaryOf(house) }
}

async function exportTo(house: House, archive: string): Promise<void> {
  const said: string[] = []
  const io: Io = { out: () => {}, err: (text) => void said.push(text), watched: false }
  const code = await exportCommand.run(['--out', archive, '--url', house.url], io)
  if (code !== 0) throw new Fault('scenario-not-exported', { said: said.join(' ') })
}

async function verified(house: House, archive: string, tell: Telling): Promise<Report> {
  const { report } = await verify({
    archive: await directoryArchive(archive),
    chain: (where) => openChain({ url: house.where.url, ...where }),
    expected: house.deployment,
    engine: nativeEngine(),
    now: () => millis(Date.now()),
    artifacts: 'all',
    onProgress: ({ step, done, total, unit }) => tell(`verifying: ${step}, ${done} of ${total} ${unit}`, done, total),
  })
  return report
}

function verdictOf(report: Report | undefined): Pick<Run, 'verdict' | 'fault'> {
  if (report === undefined) return { verdict: 'not-asked', fault: null }
  const { verdict, fault } = report
  return { verdict, fault: fault === null ? null : JSON.stringify(fault) }
}

/** The chain of an earlier run, as it was at its end. */
export async function restartChain(out: string, chainPort: number | undefined): Promise<Simulated> {
  const file = join(out, CHAIN)
  if (!existsSync(file) || !existsSync(join(out, 'run.json'))) throw new Fault('scenario-absent', { out })
  return startChain(chainPort ?? (await freePort()), file, START)
}

export function readRun(out: string): Run {
  return JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as Run
}
