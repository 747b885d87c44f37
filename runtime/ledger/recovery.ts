/**
 * From rows to state: every entry is decided again and has to come out the same, byte for byte.
 *
 *     row ──▶ seq follows? ──▶ SHA-256(text) = hash? ──▶ re-decide: same bytes, same previous? ──▶ state
 *
 * This is how the process starts, whatever happened before; a snapshot only lets it begin further on, and is checked
 * by a second fold meanwhile (`snapshot/keeper.ts`). The first row
 * that does not fit stops the start and is named, for a ledger that differs from the law in one place says
 * nothing that can be trusted after it.
 *
 * Faults: `ledger-gap`, `ledger-entry-edited`, `ledger-entry-differs` (each with the `seq` at fault),
 * `ledger-store-damaged`, `ledger-clock-behind`.
 * Source: spec 2.2.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Fault } from '../../protocol/wire/fault.ts'
import * as Sha256 from '../../protocol/wire/sha256.ts'
import type { Millis } from '../../protocol/wire/time.ts'
import type { EntryToReplay, Enveloped, Law } from '../ports/law.ts'
import type { Head } from '../ports/ledger.ts'
import type { LedgerStore, StoredEntry } from '../ports/ledger-store.ts'
import type { VerifyAhead, VerifyNow } from '../ports/signatures.ts'
import { checker, type Checked } from './checks.ts'

/** Rows between two looks at the rest of the world. */
const STRIDE = 500

/** Fewer entries are folded before a thread has begun. */
const WORTH_THREADS = 1_000

export type Progress = { readonly done: number; readonly total: number }

export type Ingredients<State, Command extends Enveloped> = {
  readonly store: LedgerStore
  readonly law: Law<State, Command>
  readonly verify: VerifyNow
  /** Other threads for signatures; without them everything is checked by `verify` in its turn. */
  readonly threads?: VerifyAhead | undefined
}

export type Folded<State> = { readonly state: State; readonly head: Head; readonly lastRecordedAt: Millis }

export async function fold<State, Command extends Enveloped>(
  { store, law, verify, threads }: Ingredients<State, Command>,
  onProgress: (progress: Progress) => void = () => {},
  from: Folded<State> = beginning(law.emptyState()),
): Promise<Folded<State>> {
  const { state } = from
  const total = store.size()
  const checks = checker(law, verify, total - from.head.size < WORTH_THREADS ? undefined : threads)
  let last: Last = { seq: from.head.size - 1, hash: from.head.hash, recordedAt: from.lastRecordedAt }
  let read = from.head.size

  /** The next rows, their signatures under way in other threads while the rows before them are decided. */
  function next(): Stride<Command> | undefined {
    if (read === total) return undefined
    const entries: OpenedRow<Command>[] = []
    let fault: unknown
    try {
      const rows = store.read(read, STRIDE)
      if (rows.length === 0) throw new Fault('ledger-gap', { seq: read })
      for (const row of rows) entries.push(opened(row, read++, law))
    } catch (cause) {
      // A row before it may be at fault too, and that one has to be named.
      fault = cause
      read = total
    }
    const commands = entries.map(({ entry }) => entry.command)
    return { entries, checked: checks.ahead(state, commands), fault }
  }

  for (let stride = next(); stride !== undefined;) {
    const following = next()
    const checked = await stride.checked
    stride.entries.forEach(({ row, entry }, i) => {
      last = redecided(state, row, entry, checked[i]!)
    })
    if (stride.fault !== undefined) throw stride.fault
    const done = last.seq + 1
    onProgress({ done, total })
    await nextTurn()
    stride = following
  }
  return { state, head: { size: total, hash: last.hash }, lastRecordedAt: last.recordedAt }

  function redecided(state: State, row: StoredEntry, entry: EntryToReplay<Command>, before: Checked): Last {
    const checked = checks.now(state, entry.command, before)
    if ('code' in checked) throw differs(row.seq, checked)
    const replayed = law.replay(state, entry, checked.signatures)
    if (!replayed.ok) throw differs(row.seq, replayed.error)
    if (replayed.value.hash !== row.hash) throw differs(row.seq, { code: 'hash' })
    return replayed.value
  }
}

function beginning<State>(state: State): Folded<State> {
  return { state, head: { size: 0, hash: Sha256.ZERO_DIGEST }, lastRecordedAt: 0 as Millis }
}

type Last = { readonly seq: number; readonly hash: Sha256.Digest; readonly recordedAt: Millis }

type OpenedRow<Command> = { readonly row: StoredEntry; readonly entry: EntryToReplay<Command> }
type Stride<Command> = {
  readonly entries: readonly OpenedRow<Command>[]
  readonly checked: Promise<readonly Checked[]>
  /** What is wrong with the row after these. */
  readonly fault: unknown
}

/** What can be seen of a row without the rows before it. */
function opened<State, Command extends Enveloped>(
  row: StoredEntry,
  seq: number,
  law: Law<State, Command>,
): OpenedRow<Command> {
  if (row.seq !== seq) throw new Fault('ledger-gap', { seq })
  if (Sha256.digest(row.text) !== row.hash) throw new Fault('ledger-entry-edited', { seq })
  const entry = law.readEntry(row.text, seq)
  if (!entry.ok) throw differs(seq, entry.error)
  return { row, entry: entry.value }
}

function differs(seq: number, { code, part }: { readonly code: string; readonly part?: string }): Fault {
  const params = { seq, difference: code }
  return new Fault('ledger-entry-differs', part === undefined ? params : { ...params, part })
}

/** Time does not run backwards: we wait for the clock to be set right instead of writing a false hour. */
export function requireClockNotBehind(lastRecordedAt: Millis, now: Millis): void {
  if (now < lastRecordedAt) throw new Fault('ledger-clock-behind', { behindMs: lastRecordedAt - now })
}
