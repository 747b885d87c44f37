/**
 * What must be true of every state, and of every entry that led there: said once more, apart from the rules that are
 * to bring it about, so that a rule which forgets something is found out by whoever folds the ledger.
 *
 *     { id: 'machines-do-not-complete', ofState: (state, changed) => [ … ] }
 *
 * `ofState` looks at the subjects that changed since it looked last, or at all of them where it is not told: its cost
 * at an epoch's end is that of the epoch, not of the ledger. `ofEntry` looks at one entry, after it was taken in.
 *
 * Source: spec 11 (a property over states, used by the verifier at each epoch boundary).
 */
import type { Prepared } from '../../law/record.ts'
import type { State } from '../../law/state.ts'

/** What is not as it must be, with the figures that show it. */
export type Broken = {
  readonly property: string
  readonly subject: string
  readonly figures: { readonly [name: string]: string | number | boolean }
}

export type Property = {
  readonly id: string
  /** What holds, in one sentence. */
  readonly says: string
  readonly ofState?: (state: State, changed: ReadonlySet<string> | undefined) => readonly Broken[]
  readonly ofEntry?: (state: State, entry: Prepared) => readonly Broken[]
}

/** The values of a map that changed, or all of them. Keys are subjects. */
export function among<T>(all: ReadonlyMap<string, T>, changed: ReadonlySet<string> | undefined): readonly T[] {
  if (changed === undefined || changed.size >= all.size) {
    return [...all].filter(([id]) => changed === undefined || changed.has(id)).map(([, value]) => value)
  }
  return [...changed].flatMap((id) => {
    const value = all.get(id)
    return value === undefined ? [] : [value]
  })
}
