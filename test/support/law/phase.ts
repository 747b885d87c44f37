/** A bench in a later phase. No ledger leads there yet, so whoever replays it says the same of their own state. */
import { worldOf } from '../../../protocol/law/world.ts'
import type { State } from '../../../protocol/genesis.ts'
import type { PhaseId } from '../../../protocol/law/constitution/constitution.ts'
import type { World } from '../../../protocol/law/constraints/world.ts'
import type { Bench } from './world.ts'

/** Everything that the law asks of this state's world from now on is answered with that phase, begun now. */
export function inPhase(bench: Bench, id: PhaseId): void {
  stateInPhase(bench.state, id, bench.now())
}

export function stateInPhase(state: State, id: PhaseId, since: number): void {
  const phase = { id, quorumSince: since } as ReturnType<World['phase']>
  Object.assign(worldOf(state), { phase: () => phase })
}
