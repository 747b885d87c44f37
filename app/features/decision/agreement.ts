/**
 * Whether what the server shows of a mission is what the browser's own replay of the ledger says. Pure.
 *
 *     unknown  nothing has been replayed yet
 *     same     word for word
 *     behind   the mission has gone on since the replay
 *     differs  of one revision, and yet not the same: somebody shows something that the ledger does not say
 */
import type { Mission } from '../../data/missions.ts'
import { changesBetween } from './changes.ts'

export type Agreement = 'unknown' | 'same' | 'behind' | 'differs'

export function agreementOf(shown: Mission, replayed: Mission | null | undefined): Agreement {
  if (replayed === undefined) return 'unknown'
  if (replayed === null) return 'behind'
  const same =
    changesBetween(shown, replayed).length === 0 &&
    JSON.stringify([shown.scope, shown.tasks, shown.gate?.outputs]) ===
      JSON.stringify([replayed.scope, replayed.tasks, replayed.gate?.outputs])
  if (same) return 'same'
  return shown.revision > replayed.revision ? 'behind' : 'differs'
}
