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
import type { Millis } from '../../protocol/wire/time.ts'
import type { Entry, Enveloped, Law } from '../ports/law.ts'
import type { Head } from '../ports/ledger.ts'
import type { LedgerStore, StoredEntry } from '../ports/ledger-store.ts'
import type { VerifyNow } from '../ports/signatures.ts'

/** Rows between two looks at the rest of the world. */
const STRIDE = 500

export type Progress = { readonly done: number; readonly total: number }

export type Folded<State> = { readonly state: State; readonly head: Head; readonly lastRecordedAt: Millis }

export async function fold<State, Command extends Enveloped>(
  store: LedgerStore,
  law: Law<State, Command>,
  verify: VerifyNow,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Folded<State>> {
  const state = law.emptyState()
  const total = store.size()
  let last: Last = { hash: Sha256.ZERO_DIGEST, recordedAt: 0 as Millis }
  for (let done = 0; done < total;) {
    const rows = store.read(done, STRIDE)
    if (rows.length === 0) throw new Fault('ledger-gap', { seq: done })
    for (const row of rows) last = refold(state, row, done++, law, verify)
    onProgress({ done, total })
    await nextTurn()
  }
  return { state, head: { size: total, hash: last.hash }, lastRecordedAt: last.recordedAt }
}

type Last = { readonly hash: Sha256.Digest; readonly recordedAt: Millis }

function refold<State, Command extends Enveloped>(
  state: State,
  row: StoredEntry,
  seq: number,
  law: Law<State, Command>,
  verify: VerifyNow,
): Last {
  if (row.seq !== seq) throw new Fault('ledger-gap', { seq })
  if (Sha256.digest(row.text) !== row.hash) throw new Fault('ledger-entry-edited', { seq })
  const { hash, recordedAt } = redecided(state, row, law, verify)
  if (hash !== row.hash) throw differs(seq, { code: 'hash' })
  return { hash, recordedAt }
}

function redecided<State, Command extends Enveloped>(
  state: State,
  { seq, text }: StoredEntry,
  law: Law<State, Command>,
  verify: VerifyNow,
): Entry {
  const entry = law.readEntry(text, seq)
  if (!entry.ok) throw differs(seq, entry.error)
  const checks = law.checksOf(state, entry.value.command)
  if ('code' in checks) throw differs(seq, checks)
  const signatures = checks.map((check) => verify(check.signature, check.message(), check.publicKey))
  const replayed = law.replay(state, entry.value, signatures)
  if (!replayed.ok) throw differs(seq, replayed.error)
  return replayed.value
}

function differs(seq: number, { code, part }: { readonly code: string; readonly part?: string }): Fault {
  const params = { seq, difference: code }
  return new Fault('ledger-entry-differs', part === undefined ? params : { ...params, part })
}

/** Time does not run backwards: we wait for the clock to be set right instead of writing a false hour. */
export function requireClockNotBehind(lastRecordedAt: Millis, now: Millis): void {
  if (now < lastRecordedAt) throw new Fault('ledger-clock-behind', { behindMs: lastRecordedAt - now })
}
