/** The fold of a signed act: it renews a human, who then owes what dormancy has cost so far. Source: spec 4.2. */
import type { Millis } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import type { Columns } from './columns.ts'
import { decayDue } from './rules/decay.ts'
import { placeOf, type Trust } from './state.ts'

export function act(trust: Trust, id: string, at: Millis, dynamics: Constitution['trust']): void {
  const place = placeOf(trust, id)
  if (place === undefined) return
  const { columns } = place.cohort
  const { index } = place
  columns.lastAct[index] = at
  // A machine is renewed by a verified result, never by saying something.
  if (place.kind === 'machine') return
  columns.owed[index] = decayDue('human', restAt(columns, index), at, dynamics)
  columns.renewed[index] = at
  columns.charged[index] = 0
}

export function restAt(columns: Columns, index: number) {
  return {
    renewed: columns.renewed[index] ?? 0,
    charged: columns.charged[index] ?? 0,
    owed: columns.owed[index] ?? 0,
    drift: columns.drift[index] ?? 0,
    driftCharged: columns.driftCharged[index] ?? 0,
  }
}
