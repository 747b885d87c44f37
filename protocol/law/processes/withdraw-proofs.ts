/**
 * A completed mission was reversed: what it gave is taken back by compensating events. History stays as it was; what a
 * proof moved is taken from its actor, what of it was waiting is discarded, and the work counts as spoiled among the
 * last twenty.
 *
 * Where an appeal overturned it, the approvals were contradicted and the work had to be done again: failures like
 * those of a rejection; and whoever had not approved it was right. An owner who reverses their own mission proves
 * nothing for or against anybody.
 *
 * And the other way round: what a further appeal restores is given again, as much as was taken, and what waited for
 * humans waits again; so is given back what a failure took when the finding behind it is found not to stand.
 *
 *     finding           costs                               until
 *     completion        who reviewed it otherwise           the mission is overturned by an appeal
 *     rejection         its worker and who approved it      its gate is opened again
 *     reversal          its worker and who approved it      the mission is restored
 *     return            who approved the task               the task is integrated after all
 *     rework-reversed   who did not approve the task        the further appeal finds the rework sound
 *     (an incident)     the accused                         the incident is reversed
 *
 * Source: spec 4.2 («reversal or overturning withdraws it»), 3.6.
 */
import type { EventDraft } from '../constraints/event.ts'
import { originalOf } from '../appeal/state.ts'
import { isPlanned, taskOf, type Mission, type Reversal } from '../mission/state.ts'
import type { Finding } from '../trust/event.ts'
import { verdictPlace, type Proof, type Suspension } from '../trust/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { dissenting, failed, misconductIn, overturned } from './record-failures.ts'
import { discarded } from './release-gain.ts'
import { giveBack, isForfeited, rowOf, take } from './trust-desk.ts'

export const withdrawProofs: Process = (event, situation) => {
  const { missions } = situation.state
  switch (event.event_type) {
    case 'mission.reversed':
      return withdrawAll(event.subject, event.data.by, situation)
    case 'mission.restored':
      return restoreAll(event.subject, situation)
    case 'mission.reversal_withdrawn':
      // Nobody has found against it any more, though its owner has taken it back.
      return reversalsLeft(event.subject, event.data.of, situation).some(({ by }) => by === 'appeal')
        ? NOTHING
        : foundSound(event.subject, situation)
    case 'mission.gate_reopened':
      return forgiven(event.subject, 'rejection', situation)
    case 'mission.task_integrated': {
      const { task, attempt } = event.data
      // From its reviews a task comes here under review; from rework, by an appeal against the panel that sent it back.
      const wasSentBack = taskOf(missions.get(event.subject), task)?.status === 'Rework'
      return wasSentBack ? forgiven(event.subject, 'return', situation, { task, attempt }) : NOTHING
    }
    case 'governance.appeal_decided': {
      const { original_type, level, outcome, stands } = event.data
      if (original_type !== 'mission.task_rework' || level < 2 || outcome !== 'overturned' || !stands) return NOTHING
      const { mission = '', task, attempt } = originalOf(situation.state.appeals, event.subject) ?? {}
      return forgiven(mission, 'rework-reversed', situation, { task, attempt })
    }
    case 'governance.incident_reversed':
      return reversedIncident(event.subject, event.data.to, situation)
    default:
      return NOTHING
  }
}

function withdrawAll(missionId: string, by: 'owner' | 'appeal', situation: Situation): readonly EventDraft[] {
  const { trust, missions } = situation.state
  const waiting = [...trust.suspensions.values()].filter(
    ({ mission, status }) => mission === missionId && status === 'waiting',
  )
  const proofs = (trust.proofs.get(missionId) ?? []).filter((proof) => proof.withdrawn === undefined)
  const mission = missions.get(missionId)
  // A second reversal takes nothing twice; but the first that an appeal finds shows the failures.
  const shown = mission?.reversals.some((reversal) => reversal.by === 'appeal') === true
  const found = by === 'appeal' && !shown
  return [
    ...waiting.map((suspension) => discarded(suspension, 'withdrawn')),
    ...proofs.flatMap((proof) => withdrawn(proof, situation)),
    ...(found ? forgiven(missionId, 'completion', situation) : NOTHING),
    ...(found && isPlanned(mission) ? overturned(mission, 'reversal', situation) : NOTHING),
  ]
}

function restoreAll(missionId: string, situation: Situation): readonly EventDraft[] {
  const { trust } = situation.state
  const proofs = (trust.proofs.get(missionId) ?? []).filter((proof) => proof.withdrawn !== undefined)
  const fell = [...trust.suspensions.values()].filter(
    ({ mission, actor, seq, status, discarded: why }) =>
      mission === missionId && status === 'discarded' && why === 'withdrawn' && !isForfeited(actor, seq, situation),
  )
  return [
    ...proofs.flatMap((proof) => restored(proof, situation)),
    ...fell.map(heldAgain),
    ...foundSound(missionId, situation),
  ]
}

function reversalsLeft(mission: string, of: string, { state }: Situation): readonly Reversal[] {
  return (state.missions.get(mission)?.reversals ?? []).filter(({ appeal }) => appeal !== of)
}

/** What its overturning has cost is given back, and whoever had reviewed it otherwise is contradicted again. */
function foundSound(mission: string, situation: Situation): readonly EventDraft[] {
  return [
    ...forgiven(mission, 'reversal', situation),
    ...contradictedAgain(situation.state.missions.get(mission), situation),
  ]
}

/** A gain that waited for humans when its mission was reversed waits for them again: nobody has judged it. */
function heldAgain({ id, actor, amount }: Suspension): EventDraft {
  return { event_type: 'trust.gain_held_again', subject: id, data: { actor, amount } }
}

function withdrawn(proof: Proof, situation: Situation): readonly EventDraft[] {
  const row = rowOf(proof.actor, situation)
  if (row === undefined) return NOTHING
  const { mission, task, role, gain, applied } = proof
  // What went with a machine's token is not taken from its next holder.
  const penalty = isForfeited(proof.actor, proof.seq, situation) ? 0 : applied
  const cause = { cause: 'withdrawal', gain: 0, penalty, renews: false, guarded: true } as const
  const { taken, event } = take(row, cause, situation)
  const data = { mission, task, role, gain, taken }
  return [{ event_type: 'trust.proof_withdrawn', subject: proof.actor, data }, event]
}

function restored(proof: Proof, situation: Situation): readonly EventDraft[] {
  const back = giveBack(proof.actor, proof.applied, proof.withdrawn ?? 0, situation)
  if (back === undefined) return NOTHING
  const { mission, task, role, gain } = proof
  const data = { mission, task, role, gain, applied: back.given, begun: back.begun }
  return [{ event_type: 'trust.proof_restored', subject: proof.actor, data }, back.event]
}

/** Completed after all: whoever had reviewed it otherwise, and had been found so before, is again. */
function contradictedAgain(mission: Mission | undefined, situation: Situation): readonly EventDraft[] {
  if (!isPlanned(mission)) return NOTHING
  const { blames } = situation.state.trust
  const isBlamed = (id: string, task: string): boolean =>
    blames.get(mission.id)?.some((one) => one.finding === 'completion' && one.actor === id && one.task === task) ===
    true
  return [...mission.plan.tasks.values()].flatMap(({ id: task, attempt }) => {
    const sitting = { mission: mission.id, task, attempt }
    return dissenting(mission.id, task, attempt, situation)
      .filter((id) => verdictPlace(situation.state.trust, id, sitting) !== undefined && !isBlamed(id, task))
      .flatMap((id) => {
        const about = { ...sitting, finding: 'completion', incident: null } as const
        return failed(id, 'minor', 'contradicted-review', about, situation)
      })
  })
}

/**
 * What a finding about the mission's work cost, which was none.
 *
 * @param only whose finding it was: what was found of an earlier attempt at the task stands
 */
function forgiven(
  mission: string,
  finding: Finding,
  situation: Situation,
  only?: { readonly task: string | undefined; readonly attempt: number | undefined },
): readonly EventDraft[] {
  const blames = (situation.state.trust.blames.get(mission) ?? []).filter(
    (one) =>
      one.finding === finding && (only === undefined || (one.task === only.task && one.attempt === only.attempt)),
  )
  return blames.flatMap(({ actor, task, attempt, kind, taken, seq }) => {
    const back = giveBack(actor, taken, seq, situation)
    if (back === undefined) return NOTHING
    const { given, begun } = back
    const data = { kind, mission, task, attempt, finding, incident: null, taken, given, begun }
    return [{ event_type: 'trust.failure_withdrawn', subject: actor, data }, back.event]
  })
}

function reversedIncident(
  incident: string,
  to: 'dismissed' | 'open' | 'upheld',
  situation: Situation,
): readonly EventDraft[] {
  const cost = situation.state.trust.misconduct.get(incident)
  if (cost === undefined) return NOTHING
  const { actor, taken, seq } = cost
  const about = misconductIn(incident)
  // What a further appeal upholds again costs again.
  if (to === 'upheld') return cost.forgiven ? failed(actor, 'severe', 'misconduct', about, situation) : NOTHING
  const back = cost.forgiven ? undefined : giveBack(actor, taken, seq, situation)
  if (back === undefined) return NOTHING
  const { given, begun } = back
  const data = { kind: 'misconduct', ...about, taken, given, begun }
  return [{ event_type: 'trust.failure_withdrawn', subject: actor, data }, back.event]
}
