/**
 * What becomes of a suspended gain: applied with the signature that completes the quorum, or discarded when its window
 * has passed without one. What is discarded can be appealed by whom it would have gone to (spec 3.6).
 *
 * Signers are judged as they stand when the quorum is counted: whoever has lost the trust or gained a conflict since
 * counts no longer. It is counted with every signature and with the close of every epoch, so that a signature whose
 * signer stands right again is not stuck. Until then the gain is held; nothing else of the actor is.
 *
 * Source: spec 4.3. Invariants: D-07, D-21.
 */
import type { AppealEvent } from '../appeal/event.ts'
import { originalOf } from '../appeal/state.ts'
import type { PhaseId } from '../constitution/constitution.ts'
import type { EventDraft } from '../constraints/event.ts'
import type { DiscardReason } from '../trust/event.ts'
import { revalidation, revalidationEnds } from '../trust/rules/quorum.ts'
import { proofOf, type Suspension } from '../trust/state.ts'
import { beneficiaryOf, signerOf } from '../trust/types.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { gains, isForfeited, move, rowOf, take, type Row } from './trust-desk.ts'

type AppealDecided = Extract<AppealEvent, { event_type: 'governance.appeal_decided' }>

export const releaseGain: Process = (event, situation) => {
  switch (event.event_type) {
    case 'trust.revalidation_signed': {
      const suspension = situation.state.trust.suspensions.get(event.subject)
      if (suspension === undefined) return NOTHING
      const { id, quorumSince } = situation.world.phase()
      return quorumSince === undefined ? NOTHING : released(suspension, event.data.by, id, situation)
    }
    case 'governance.appeal_decided':
      return releasedOnAppeal(event, situation)
    case 'governance.epoch_closed':
      return counted(situation)
    default:
      return NOTHING
  }
}

/** What time and the signers' standing have made of what waits. */
function counted(situation: Situation): readonly EventDraft[] {
  const { id, quorumSince } = situation.world.phase()
  const gone = expired(quorumSince, situation)
  if (quorumSince === undefined) return gone
  const over = new Set(gone.map(({ subject }) => subject))
  const waiting = [...situation.state.trust.suspensions.values()].filter(
    (one) => one.status === 'waiting' && one.signatures.length > 0 && !over.has(one.id),
  )
  return [...gone, ...waiting.flatMap((one) => released(one, undefined, id, situation))]
}

/** @param by whose signature has just come, if any @param phase whose quorum is to be reached */
export function released(
  suspension: Suspension,
  by: string | undefined,
  phase: PhaseId,
  situation: Situation,
): readonly EventDraft[] {
  const { world } = situation
  const { constitution } = world
  const ids = [...suspension.signatures.map((signature) => signature.by), ...(by === undefined ? [] : [by])]
  const signers = ids.flatMap((id) => signerOf(id, suspension, world) ?? [])
  const quorum = constitution.phaseRules(phase)?.elevation
  const beneficiary = beneficiaryOf(suspension, world)
  const result = revalidation(signers, beneficiary, quorum, constitution.eligibility.propose)
  const row = rowOf(suspension.actor, situation)
  if (!result.passes || row === undefined) return NOTHING
  return applied(suspension, row, result.valid, phase, situation)
}

/**
 * A panel found that a gain should not have been discarded: its finding stands for the signatures that did not come in
 * time. What fell because the work behind it was reversed has nothing left to be released from.
 */
function releasedOnAppeal({ subject, data }: AppealDecided, situation: Situation): readonly EventDraft[] {
  const { original_type, original_subject, stands, votes } = data
  const { appeals, trust } = situation.state
  const suspension = trust.suspensions.get(original_subject)
  if (original_type !== 'trust.gain_discarded' || suspension === undefined) return NOTHING
  if (stands) return takenBack(suspension, situation)
  const isExpired = suspension.status === 'discarded' && suspension.discarded === 'expired'
  const row = isExpired ? rowOf(suspension.actor, situation) : undefined
  // One suspension can be discarded twice: with its mission, and, when that stands again, by time.
  const contested = originalOf(appeals, subject)
  if (contested?.outcome !== 'expired' || row === undefined) return NOTHING
  // It had expired before the work was reversed, which then had nothing of it to discard.
  if (proofOf(trust, suspension, suspension.actor)?.withdrawn !== undefined) return NOTHING
  const signers = votes.filter(({ vote }) => vote === 'overturn').map(({ member }) => member)
  return applied(suspension, row, signers, situation.world.phase().id, situation)
}

/** The panel before had released it, and should not have; what the reversal of the work has taken is not taken twice. */
function takenBack(
  { id, actor, amount, applied, status, ...work }: Suspension,
  situation: Situation,
): readonly EventDraft[] {
  const row = status === 'released' ? rowOf(actor, situation) : undefined
  if (row === undefined) return NOTHING
  const isGone =
    proofOf(situation.state.trust, work, actor)?.withdrawn !== undefined || isForfeited(actor, work.seq, situation)
  const cause = { cause: 'withdrawal', gain: 0, penalty: isGone ? 0 : applied, renews: false, guarded: true } as const
  const { taken, event } = take(row, cause, situation)
  return [{ event_type: 'trust.release_withdrawn', subject: id, data: { actor, amount, taken } }, event]
}

function applied(
  suspension: Suspension,
  row: Row,
  signers: readonly string[],
  phase: PhaseId,
  situation: Situation,
): readonly EventDraft[] {
  const { id, actor, amount } = suspension
  const gain = gains(row, situation) && !isForfeited(actor, suspension.seq, situation) ? amount : 0
  const cause = { cause: 'release', gain, penalty: 0, renews: false, guarded: false } as const
  const { step, event } = move(row, cause, situation)
  const data = { actor, amount, applied: step.applied, signers, phase }
  return [{ event_type: 'trust.gain_released', subject: id, data }, event]
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

export function discarded({ id, actor, amount }: Suspension, reason: DiscardReason): EventDraft {
  return { event_type: 'trust.gain_discarded', subject: id, data: { actor, amount, reason } }
}
