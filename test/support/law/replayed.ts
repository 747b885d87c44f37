/** A ledger folded by somebody else: each entry read, its signatures checked, decided again and compared. */
import { err, type Result } from '../../../protocol/wire/result.ts'
import { verify } from '../../../protocol/wire/ed25519.ts'
import {
  checksOf,
  emptyState,
  readEntry,
  replay,
  type Difference,
  type Prepared,
  type State,
} from '../../../protocol/genesis.ts'

/** One entry, on the state before it. */
export function replayEntry(state: State, text: string): Result<Prepared, Difference> {
  const seq = state.books.next
  const entry = readEntry(text, seq)
  if (!entry.ok) return entry
  const checks = checksOf(state, entry.value.command)
  if ('code' in checks) return err({ seq, code: 'entry-not-admissible', given: checks.code })
  const signatures = checks.map((check) => verify(check.signature, check.message(), check.publicKey))
  return replay(state, entry.value, signatures)
}

/** A whole ledger; the first difference stops it. */
export function replayAll(texts: readonly string[], state: State = emptyState()): Result<State, Difference> {
  for (const text of texts) {
    const replayed = replayEntry(state, text)
    if (!replayed.ok) return replayed
  }
  return { ok: true, value: state }
}
