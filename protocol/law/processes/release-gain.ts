/**
 * What becomes of a suspended gain: applied with the signature that completes the quorum, or discarded when its window
 * has passed without one. What is discarded can be appealed by whom it would have gone to (spec 3.6).
 *
 * Signers are judged as they stand when the quorum is counted: whoever has lost the trust or gained a conflict since
 * counts no longer. Until then the gain is held; nothing else of the actor is.
 *
 * Source: spec 4.3. Invariants: D-07, D-21.
 */
import type { PhaseId } from '../constitution/constitution.ts'
import type { EventDraft } from '../constraints/event.ts'
import { revalidation, revalidationEnds } from '../trust/rules/quorum.ts'
import type { Suspension } from '../trust/state.ts'
import { beneficiaryOf, signerOf } from '../trust/types.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { move, rowOf } from './trust-desk.ts'

export const releaseGain: Process = (event, situation) => {
  switch (event.event_type) {
    case 'trust.revalidation_signed': {
      const suspension = situation.state.trust.suspensions.get(event.subject)
      if (suspension === undefined) return NOTHING
      const { id, quorumSince } = situation.world.phase()
      return quorumSince === undefined ? NOTHING : released(suspension, event.data.by, id, situation)
    }
    case 'governance.epoch_closed':
      return expired(situation.world.phase().quorumSince, situation)
    default:
      return NOTHING
  }
}

/** @param by whose signature has just come @param phase whose quorum is to be reached */
export function released(
  suspension: Suspension,
  by: string,
  phase: PhaseId,
  situation: Situation,
): readonly EventDraft[] {
  const { world } = situation
  const { constitution } = world
  const ids = [...suspension.signatures.map((signature) => signature.by), by]
  const signers = ids.flatMap((id) => signerOf(id, suspension, world) ?? [])
  const quorum = constitution.phaseRules(phase)?.elevation
  const beneficiary = beneficiaryOf(suspension, world)
  const result = revalidation(signers, beneficiary, quorum, constitution.eligibility.propose)
  const row = rowOf(suspension.actor, situation)
  if (!result.passes || row === undefined) return NOTHING
  // A machine that is at zero comes back by re-certification alone (reading T17).
  const gain = row.kind === 'machine' && row.trust === 0 ? 0 : suspension.amount
  const cause = { cause: 'release', gain, penalty: 0, renews: false, guarded: false } as const
  const { step, event } = move(row, cause, situation)
  const data = {
    actor: suspension.actor,
    amount: suspension.amount,
    applied: step.applied,
    signers: result.valid,
    phase,
  }
  return [{ event_type: 'trust.gain_released', subject: suspension.id, data }, event]
}

/** @param quorumSince when the first phase with a quorum began; undefined while there is none */
export function expired(quorumSince: number | undefined, { state, world, at }: Situation): readonly EventDraft[] {
  if (quorumSince === undefined) return NOTHING
  const { revalidationMs } = world.constitution.reviews
  return [...state.trust.suspensions.values()]
    .filter(({ status }) => status === 'waiting')
    .filter((one) => at > (revalidationEnds(one.at, quorumSince, revalidationMs) ?? Infinity))
    .map((one) => discarded(one, 'expired'))
}

export function discarded({ id, actor, amount }: Suspension, reason: 'expired' | 'withdrawn'): EventDraft {
  return { event_type: 'trust.gain_discarded', subject: id, data: { actor, amount, reason } }
}
