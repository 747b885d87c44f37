/**
 * From rows to state: every entry is decided again and has to come out the same, byte for byte.
 *
 *     row ──▶ seq follows? ──▶ SHA-256(text) = hash? ──▶ re-decide: same bytes, same previous? ──▶ state
 *
 * This is how the process starts, whatever happened before: there is no other way to a state. The first row
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
import { parseTimestamp, type Millis } from '../../protocol/wire/time.ts'
import type { Law } from '../ports/law.ts'
import type { Head } from '../ports/ledger.ts'
import type { LedgerStore, StoredEntry } from '../ports/ledger-store.ts'
import type { VerifyNow } from '../ports/signatures.ts'

/** Rows between two looks at the rest of the world. */
const STRIDE = 500

export type Progress = { readonly done: number; readonly total: number }

export type Folded<State> = { readonly state: State; readonly head: Head; readonly lastRecordedAt: Millis }

export async function fold<State, Command>(
  store: LedgerStore,
  law: Law<State, Command>,
  verify: VerifyNow,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Folded<State>> {
  const state = law.emptyState()
  const total = store.size()
  let last: Replayed = { hash: Sha256.ZERO_DIGEST, recordedAt: 0 as Millis }
  for (let done = 0; done < total;) {
    const rows = store.read(done, STRIDE)
    if (rows.length === 0) throw new Fault('ledger-gap', { seq: done })
    for (const row of rows) last = refold(state, row, done++, law, verify)
    onProgress({ done, total })
    await nextTurn()
  }
  return { state, head: { size: total, hash: last.hash }, lastRecordedAt: last.recordedAt }
}

type Replayed = { readonly hash: Sha256.Digest; readonly recordedAt: Millis }

function refold<State, Command>(
  state: State,
  row: StoredEntry,
  seq: number,
  law: Law<State, Command>,
  verify: VerifyNow,
): Replayed {
  if (row.seq !== seq) throw new Fault('ledger-gap', { seq })
  if (Sha256.digest(row.text) !== row.hash) throw new Fault('ledger-entry-edited', { seq })
  const replayed = law.replay(state, row.text, verify)
  if (!replayed.ok) throw new Fault('ledger-entry-differs', { seq, difference: replayed.error.code })
  if (replayed.value.hash !== row.hash) throw new Fault('ledger-entry-differs', { seq, difference: 'hash' })
  return { hash: row.hash, recordedAt: recordedAtOf(replayed.value.entry) }
}

export function recordedAtOf(entry: { readonly seq: number; readonly recorded_at: string }): Millis {
  const at = parseTimestamp(entry.recorded_at)
  if (!at.ok) throw new Fault('ledger-entry-differs', { seq: entry.seq, difference: at.error.code })
  return at.value
}

/** Time does not run backwards: we wait for the clock to be set right instead of writing a false hour. */
export function requireClockNotBehind(lastRecordedAt: Millis, now: Millis): void {
  if (now < lastRecordedAt) throw new Fault('ledger-clock-behind', { behindMs: lastRecordedAt - now })
}
