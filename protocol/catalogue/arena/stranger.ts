/** A ledger's entries as a stranger takes them: read, decided again, compared. Source: spec 7. */
import { checksOf, emptyState, readEntry, replay, type State } from '../../genesis.ts'

/** Answers what is wrong with the entry, or undefined where it was taken into the state. */
export function takeEntry(state: State, text: string): string | undefined {
  const entry = readEntry(text, state.books.next)
  if (!entry.ok) return entry.error.code
  const checks = checksOf(state, entry.value.command)
  if ('code' in checks) return checks.code
  // Signatures are another attack's: here they are all taken as good.
  const taken = replay(
    state,
    entry.value,
    checks.map(() => true),
  )
  return taken.ok ? undefined : taken.error.code
}

/** A fold of the ledger up to `end`, which holds. */
export function foldedTo(texts: readonly string[], end: number): State {
  const state = emptyState()
  for (const text of texts.slice(0, end)) takeEntry(state, text)
  return state
}
