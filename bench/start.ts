/**
 * Starting with a long ledger: from a snapshot beside the full fold, and what a snapshot costs whoever writes meanwhile.
 *
 * The ledger is one of worked missions. Its length is 100,000 entries, or what GENESIS_BENCH_ENTRIES says: a million
 * take about five minutes of one core to make and as long to fold, and some gigabytes (--max-old-space-size=7000).
 */
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as genesis from '../protocol/genesis.ts'
import * as Sha256 from '../protocol/wire/sha256.ts'
import { evolve } from '../protocol/law/evolve.ts'
import type { LawEvent } from '../protocol/law/events.ts'
import { openLedger, SNAPSHOT_THREAD, versionOfLaw, type SnapshotNote } from '../runtime/ledger/ledger.ts'
import { openSqliteStore } from '../runtime/ledger/stores/sqlite.ts'
import type { Clock } from '../runtime/ports/clock.ts'
import type { Ledger } from '../runtime/ports/ledger.ts'
import { installNativeSha256, verifyWithSodium } from '../runtime/signatures/signatures.ts'
import { fastBench, workUntil } from './support/missions.ts'
import { ms, quantile, stopwatch, timed, type Bench, type Measure, type Spent } from './support/measure.ts'

const ENTRIES = Number(process.env['GENESIS_BENCH_ENTRIES'] ?? 100_000)
/** Entries after the snapshot, as after a crash. */
const TAIL = 1_000
const LONE = 300
/** Events to replay, where the ledger has so many. */
const EVENTS = 1_000_000

type Opened = {
  readonly ledger: Ledger<genesis.State, genesis.AdmittedCommand>
  /** Until it took commands, and until the last entry was folded. */
  readonly took: Spent
  readonly folded: Spent
  readonly notes: readonly SnapshotNote[]
}

export const start: Bench = {
  name: 'start',
  about: `starting with a ledger of ${ENTRIES.toLocaleString('en-GB')} entries of worked missions`,
  run: async (say) => {
    installNativeSha256()
    const folder = mkdtempSync(join(tmpdir(), 'genesis-bench-'))
    const { clock, spare } = await written(folder)
    say(await replayed(folder))
    const { folded, before, kept } = await foldedWhole(folder, clock, spare.slice(0, TAIL), say)

    const sooner = await opened(folder, clock)
    if (!sooner.notes.some((note) => note.kind === 'loaded' && note.entries === kept)) throw new Error('not loaded')
    say({
      what: `start from a snapshot and a tail of ${TAIL}`,
      figure: `${ms(sooner.took.cpu)} CPU`,
      baseline: `full fold ${ms(folded.cpu)} CPU`,
      // One run of each, minutes apart: by the clock it would say as much about the neighbours.
      ratio: folded.cpu / sooner.took.cpu,
      goal: { at: 'least', ratio: 50 },
      note: `by the clock ${ms(sooner.took.wall)} beside ${ms(folded.wall)}; the fold checks signatures in the same thread`,
    })
    const during = await lone(sooner.ledger, spare.slice(TAIL))
    const over = sooner.notes.some((note) => note.kind === 'confirmed')
    say({
      what: 'one producer while the second fold runs, p50',
      figure: ms(quantile(during, 0.5)),
      baseline: `without it ${ms(quantile(before, 0.5))}`,
      ratio: quantile(during, 0.5) / quantile(before, 0.5),
      note: `${over ? 'the second fold was over before the end; ' : ''}p99 ${ms(quantile(during, 0.99))} beside ${ms(quantile(before, 0.99))}, most ${ms(Math.max(...during))} beside ${ms(Math.max(...before))}`,
    })
    await sooner.ledger.close()
    rmSync(folder, { recursive: true })
  },
}

/** The start without a snapshot, a tail after the one that it writes, the first of it by one producer, and the stop. */
async function foldedWhole(folder: string, clock: Clock, tail: readonly string[], say: (it: Measure) => void) {
  const { ledger, took, folded } = await opened(folder, clock)
  const kept = ledger.head().size
  const snapshot = join(folder, 'snapshot')
  renameSync(snapshot, join(folder, 'first'))
  const file = statSync(join(folder, 'first')).size
  say({
    what: 'writing a snapshot: what a clean stop waits for',
    figure: ms(took.wall - folded.wall),
    note: `${(file / 1e6).toFixed(1)} MB, ${Math.round(file / ENTRIES)} bytes an entry; the process holds ${memory()}`,
  })
  const before = await lone(ledger, tail.slice(0, LONE))
  await Promise.all(tail.slice(LONE).map((envelope) => sent(ledger, envelope)))
  await ledger.close()
  // As after a crash: the stop's own snapshot is not there.
  renameSync(join(folder, 'first'), snapshot)
  return { folded, before, kept }
}

async function opened(folder: string, clock: Clock): Promise<Opened> {
  const notes: SnapshotNote[] = []
  const since = stopwatch()
  let folded = since()
  const ledger = await openLedger<genesis.State, genesis.AdmittedCommand>({
    store: openSqliteStore(folder),
    law: genesis,
    verify: verifyWithSodium,
    clock,
    onProgress: () => {
      folded = since()
    },
    snapshots: {
      folder,
      law: genesis,
      version: versionOfLaw(),
      thread: SNAPSHOT_THREAD,
      onNote: (note) => notes.push(note),
    },
  })
  return { ledger, took: since(), folded, notes }
}

function memory(): string {
  return `${Math.round(process.memoryUsage().rss / 1e6)} MB`
}

/** A ledger on disk, and commands that may follow. */
async function written(folder: string): Promise<{ readonly clock: Clock; readonly spare: readonly string[] }> {
  const bench = fastBench()
  const store = openSqliteStore(folder)
  let seq = 0
  await workUntil(bench, ENTRIES, (texts) => {
    store.append(texts.map((text) => ({ seq: seq++, text, hash: Sha256.digest(text) })))
  })
  store.close()
  const now = bench.now()
  const spare = Array.from({ length: TAIL + LONE }, (_, i) =>
    bench.envelope(NOOR, 'mission.create', `spare-${i}`, { title: `Spare ${i}`, summary: 'To follow.' }),
  )
  return { clock: { now: () => now }, spare }
}

const NOOR = { id: 'noor', signer: undefined as never }

async function sent({ submit }: Pick<Opened['ledger'], 'submit'>, envelope: string): Promise<void> {
  const command = genesis.admit(envelope)
  if (!command.ok) throw new Error(command.error.code)
  const answer = await submit(command.value)
  if (answer.kind !== 'recorded' || answer.outcome !== 'committed') throw new Error(JSON.stringify(answer))
}

async function lone(ledger: Opened['ledger'], envelopes: readonly string[]): Promise<number[]> {
  const all: number[] = []
  for (const envelope of envelopes) all.push(await timed(() => sent(ledger, envelope)))
  return all
}

/** Taking recorded events into a state, beside JSON.parse of the same entries. Nothing is decided or checked. */
async function replayed(folder: string): Promise<Measure> {
  const store = openSqliteStore(folder)
  const state = genesis.emptyState()
  let parsing = 0
  let folding = 0
  let events = 0
  for (let from = 0; from < store.size() && events < EVENTS; from += 500) {
    const texts = store.read(from, 500).map(({ text }) => text)
    let entries: readonly {
      readonly events?: readonly (LawEvent & { readonly event_id: string })[]
      readonly seq: number
    }[] = []
    parsing += await timed(() => {
      entries = texts.map((text) => JSON.parse(text) as (typeof entries)[number])
    })
    folding += await timed(() => {
      for (const entry of entries) {
        if (entry.seq === 0) {
          const genesisEntry = genesis.readEntry(texts[0]!, 0)
          if (!genesisEntry.ok) throw new Error(genesisEntry.error.code)
          genesis.replay(state, genesisEntry.value, [true])
          continue
        }
        for (const event of entry.events ?? []) {
          evolve(state, event, { seq: entry.seq, at: state.books.lastRecordedAt, id: event.event_id })
          events++
        }
      }
    })
  }
  store.close()
  return {
    what: `replay of ${events.toLocaleString('en-GB')} events without signatures`,
    figure: ms(parsing + folding),
    baseline: `JSON.parse of the same entries ${ms(parsing)}`,
    ratio: (parsing + folding) / parsing,
    goal: { at: 'most', ratio: 2 },
    note: 'parsed and taken into the state; a start decides each command again as well',
  }
}
