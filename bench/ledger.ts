/**
 * Durable commands: admitted, verified, decided by the real law, on disk (fsync) before they are answered.
 *
 * Each figure is the median of interleaved rounds. In process the producers share our one thread with the ledger;
 * over HTTP they are a process of their own, with 512 connections kept alive. Signatures are checked ahead in as
 * many threads as there are further cores, as the runtime does, and once more without them. No signers, no agents
 * and no chain run beside it. The folder is where the operating system puts temporary files: the disk is that disk.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import * as genesis from '../protocol/genesis.ts'
import { serveApi } from '../runtime/api/api.ts'
import { openArchive } from '../runtime/archive/archive.ts'
import { openArtifacts } from '../runtime/artifacts/stores/disk.ts'
import { openLedger } from '../runtime/ledger/ledger.ts'
import { openSqliteStore } from '../runtime/ledger/stores/sqlite.ts'
import type { Law } from '../runtime/ports/law.ts'
import type { Ledger } from '../runtime/ports/ledger.ts'
import type { VerifyAhead } from '../runtime/ports/signatures.ts'
import { installNativeSha256, verifyInThreads, verifyWithSodium } from '../runtime/signatures/signatures.ts'
import { deployment, type Deployment } from './support/commands.ts'
import { loadOverHttp } from './support/http-load.ts'
import { median, ms, perSecond, quantile, rate, timed, us, type Bench } from './support/measure.ts'

type Command = genesis.AdmittedCommand
type Opened = { readonly ledger: Ledger<genesis.State, Command>; readonly folder: string; readonly clock: Clock }
type Clock = { readonly now: () => Deployment['now'] }
type Run = { readonly perSecond: number; readonly latencies: readonly number[] }

const law: Law<genesis.State, Command> = genesis
const ROUNDS = 5

export const ledger: Bench = {
  name: 'ledger',
  about: 'signed commands a second, admitted, verified, decided and durable; no signers run beside it',
  run: async (say) => {
    installNativeSha256()
    const founded = deployment()
    const cores = Math.max(1, availableParallelism() - 1)
    const threads = verifyInThreads(cores)
    await inProcess(founded, 'warm', 512, 3000, threads)

    const bare: number[] = []
    const runs = new Map<number, Run[]>([
      [1, []],
      [64, []],
      [512, []],
    ])
    const alone: Run[] = []
    const http: Run[] = []
    const lone: number[] = []
    const appended: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(bareVerification(founded, 4000))
      for (const [producers, all] of runs) {
        all.push(await inProcess(founded, `r${round}p${producers}`, producers, producers === 1 ? 600 : 6000, threads))
      }
      alone.push(await inProcess(founded, `r${round}a`, 512, 6000))
      http.push(await overHttp(founded, `r${round}h`, 6000, threads))
      const pair = await loneBesideAppend(founded, `r${round}l`, 400)
      lone.push(pair.lone)
      appended.push(pair.append)
    }

    const baseline = median(bare)
    say({ what: 'bare Ed25519 verification, libsodium, one core', figure: rate(baseline) })
    say({ what: 'threads that check signatures ahead', figure: String(cores) })
    for (const [producers, all] of runs) {
      const value = median(all.map((run) => run.perSecond))
      say({
        what: `in process, ${producers} waiting producer${producers === 1 ? '' : 's'}`,
        figure: rate(value),
        baseline: `verification ${rate(baseline)}`,
        ratio: value / baseline,
        ...(producers === 512 ? { goal: { at: 'least', ratio: 0.6 } } : {}),
        note: latency(all),
      })
    }
    const inline = median(alone.map((run) => run.perSecond))
    say({
      what: 'in process, 512 waiting producers, one thread for all',
      figure: rate(inline),
      baseline: `verification ${rate(baseline)}`,
      ratio: inline / baseline,
      note: latency(alone),
    })
    const most = median(runs.get(512)!.map((run) => run.perSecond))
    const served = median(http.map((run) => run.perSecond))
    say({
      what: 'over HTTP, 512 connections kept alive',
      figure: rate(served),
      baseline: `in process ${rate(most)}`,
      ratio: served / most,
      goal: { at: 'least', ratio: 0.4 },
      note: latency(http),
    })
    say({
      what: 'one lone producer, median',
      figure: us(median(lone)),
      baseline: `append + fdatasync of the same bytes ${us(median(appended))}`,
      ratio: median(lone) / median(appended),
      goal: { at: 'most', ratio: 1.5 },
      note: `verification alone is ${us(1e6 / baseline)} of it: a slower disk makes this ratio smaller`,
    })
    await threads.close()
  },
}

function latency(runs: readonly Run[]): string {
  const all = runs.flatMap((run) => run.latencies)
  return `p50 ${ms(quantile(all, 0.5))}, p99 ${ms(quantile(all, 0.99))}`
}

/** Verifications a second of exactly the messages that the ledger verifies. */
function bareVerification(founded: Deployment, count: number): number {
  const state = genesis.emptyState()
  for (const { text, seq } of founded.rows) refold(state, text, seq)
  const checks = founded.commands(count, 'bare').flatMap((envelope) => {
    const command = genesis.admit(envelope)
    if (!command.ok) throw new Error(command.error.code)
    const checks = genesis.checksOf(state, command.value)
    if ('code' in checks) throw new Error(checks.code)
    return checks.map(({ signature, message, publicKey }) => ({ signature, message: message(), publicKey }))
  })
  const start = performance.now()
  for (const { signature, message, publicKey } of checks) {
    if (!verifyWithSodium(signature, message, publicKey)) throw new Error('signature-invalid')
  }
  return perSecond(checks.length, performance.now() - start)
}

function refold(state: genesis.State, text: string, seq: number): void {
  const entry = genesis.readEntry(text, seq)
  if (!entry.ok) throw new Error(entry.error.code)
  const checks = genesis.checksOf(state, entry.value.command)
  if ('code' in checks) throw new Error(checks.code)
  const replayed = genesis.replay(
    state,
    entry.value,
    checks.map(() => true),
  )
  if (!replayed.ok) throw new Error(replayed.error.code)
}

/** A founded ledger in a folder of its own. */
async function opened(founded: Deployment, threads?: VerifyAhead): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-bench-'))
  const store = openSqliteStore(folder)
  store.append(founded.rows)
  const clock = { now: () => founded.now }
  return { folder, clock, ledger: await openLedger({ store, law, verify: verifyWithSodium, threads, clock }) }
}

async function close({ ledger, folder }: Opened): Promise<void> {
  await ledger.close()
  rmSync(folder, { recursive: true })
}

async function submit(ledger: Opened['ledger'], envelope: string): Promise<void> {
  const command = law.admit(envelope)
  if (!command.ok) throw new Error(command.error.code)
  const answer = await ledger.submit(command.value)
  if (answer.kind !== 'recorded' || answer.outcome !== 'committed') throw new Error(JSON.stringify(answer))
}

async function inProcess(
  founded: Deployment,
  series: string,
  producers: number,
  count: number,
  threads?: VerifyAhead,
): Promise<Run> {
  const envelopes = founded.commands(count, series)
  const open = await opened(founded, threads)
  const latencies: number[] = []
  let next = 0
  const produce = async (): Promise<void> => {
    for (let i = next++; i < envelopes.length; i = next++) {
      latencies.push(await timed(() => submit(open.ledger, envelopes[i]!)))
    }
  }
  const took = await timed(() => Promise.all(Array.from({ length: producers }, produce)))
  await close(open)
  return { perSecond: perSecond(count, took), latencies }
}

/** Command by command, each beside an append of the same entry to a bare file. Microseconds, medians. */
async function loneBesideAppend(
  founded: Deployment,
  series: string,
  count: number,
): Promise<{ lone: number; append: number }> {
  const envelopes = founded.commands(count, series)
  const open = await opened(founded)
  const file = openSync(join(open.folder, 'bare'), 'a')
  const lone: number[] = []
  const append: number[] = []
  for (const envelope of envelopes) {
    lone.push(await timed(() => submit(open.ledger, envelope)))
    const [entry] = open.ledger.read(open.ledger.head().size - 1, 1)
    const bytes = Buffer.from(entry!.text + '\n')
    append.push(
      await timed(() => {
        writeSync(file, bytes)
        fdatasyncSync(file)
      }),
    )
  }
  closeSync(file)
  await close(open)
  return { lone: median(lone) * 1000, append: median(append) * 1000 }
}

async function overHttp(founded: Deployment, series: string, count: number, threads: VerifyAhead): Promise<Run> {
  const open = await opened(founded, threads)
  const artifacts = await openArtifacts(join(open.folder, 'artifacts'))
  const nothing = async (): Promise<null> => null
  const unlimited = { burst: 1e9, perSecond: 1e9 }
  const api = await serveApi<genesis.State, Command>(
    {
      ledger: open.ledger,
      law,
      artifacts,
      artifactsOf: () => [],
      archive: await openArchive({
        ledger: open.ledger,
        artifacts,
        contents: () => ({ deployment: undefined, epochs: [], artifacts: [] }),
        certificates: nothing,
        folder: join(open.folder, 'archive'),
      }),
      queries: QUERIES,
      desk: { bring: unasked, outbox: nothing, certificates: nothing },
      relay: { relay: unasked, list: nothing },
      unready: () => [],
      onFault: (fault) => {
        throw fault
      },
    },
    { port: 0, limits: { reads: unlimited, writes: unlimited, commandsOfKey: unlimited } },
  )
  const run = await loadOverHttp(api.port, founded.commands(count, series), 512)
  await api.close()
  await close(open)
  return run
}

async function unasked(): Promise<never> {
  throw new Error('not asked for by this bench')
}

const QUERIES = {
  deployment: () => null,
  overview: () => null,
  missions: () => null,
  mission: () => null,
  actors: () => null,
  actor: () => null,
  duties: () => null,
  trustOverview: () => null,
  panels: () => null,
  panel: () => null,
  appeals: () => null,
  appeal: () => null,
  contestable: () => null,
  layers: () => null,
  machines: () => null,
  machine: () => null,
  incidents: () => null,
  incident: () => null,
  trust: () => null,
  suspensions: () => null,
  suspension: () => null,
  epochs: () => null,
  epoch: () => null,
  actions: () => null,
}
