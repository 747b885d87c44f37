/**
 * A completed mission was reversed: what it gave is taken back by compensating events. History stays as it was; what a
 * proof moved is taken from its actor, what of it was waiting is discarded, and the work counts as spoiled among the
 * last twenty.
 *
 * Where an appeal overturned it, the approvals were contradicted and the work had to be done again: failures like
 * those of a rejection. An owner who reverses their own mission proves nothing against anybody.
 *
 * Source: spec 4.2 («reversal or overturning withdraws it»), 3.6.
 */
import type { EventDraft } from '../constraints/event.ts'
import { isPlanned } from '../mission/state.ts'
import type { Proof } from '../trust/state.ts'
import { NOTHING, type Situation } from './process.ts'
import { overturned } from './record-failures.ts'
import { discarded } from './release-gain.ts'
import { move, rowOf } from './trust-desk.ts'

export function withdrawAll(missionId: string, by: string, situation: Situation): readonly EventDraft[] {
  const { trust, missions } = situation.state
  const waiting = [...trust.suspensions.values()].filter(
    ({ mission, status }) => mission === missionId && status === 'waiting',
  )
  const proofs = (trust.proofs.get(missionId) ?? []).filter((proof) => !proof.withdrawn)
  const mission = missions.get(missionId)
  return [
    ...waiting.map((suspension) => discarded(suspension, 'withdrawn')),
    ...proofs.flatMap((proof) => withdrawn(proof, situation)),
    ...(by === 'appeal' && isPlanned(mission) ? overturned(mission, situation) : NOTHING),
  ]
}

function withdrawn(proof: Proof, situation: Situation): readonly EventDraft[] {
  const row = rowOf(proof.actor, situation)
  if (row === undefined) return NOTHING
  const { mission, task, role, gain, applied } = proof
  const cause = { cause: 'withdrawal', gain: 0, penalty: applied, renews: false, guarded: true } as const
  const data = { mission, task, role, gain, taken: applied }
  return [{ event_type: 'trust.proof_withdrawn', subject: proof.actor, data }, move(row, cause, situation).event]
}
