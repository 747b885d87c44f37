/**
 * A completed mission was reversed: what it gave is taken back by compensating events. History stays as it was; what a
 * proof moved is taken from its actor, what of it was waiting is discarded, and the work counts as spoiled among the
 * last twenty.
 *
 * Where an appeal overturned it, the approvals were contradicted and the work had to be done again: failures like
 * those of a rejection. An owner who reverses their own mission proves nothing against anybody.
 *
 * And the other way round: what a further appeal restores is given again, as much as was taken; so is what a failure
 * took when the rejection, the reversal or the incident behind it is found not to stand. Humans have looked at these,
 * so the guard does not; cap and limits hold.
 *
 * Source: spec 4.2 («reversal or overturning withdraws it»), 3.6.
 */
import type { EventDraft } from '../constraints/event.ts'
import { isPlanned, type Reversal } from '../mission/state.ts'
import type { Overturned, Proof } from '../trust/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { failed, overturned } from './record-failures.ts'
import { discarded } from './release-gain.ts'
import { gains, move, rowOf, take } from './trust-desk.ts'

export const withdrawProofs: Process = (event, situation) => {
  const { trust } = situation.state
  switch (event.event_type) {
    case 'mission.reversed':
      return withdrawAll(event.subject, event.data.by, situation)
    case 'mission.restored':
      return [
        ...heldAgain(event.subject, situation),
        ...(trust.proofs.get(event.subject) ?? [])
          .filter((proof) => proof.withdrawn)
          .flatMap((proof) => restored(proof, situation)),
        ...forgiven(event.subject, situation),
      ]
    case 'mission.reversal_withdrawn': {
      const left = trust.overturned.has(event.subject) ? reversalsLeft(event.subject, event.data.of, situation) : []
      return left.some(({ by }) => by === 'appeal') ? NOTHING : forgiven(event.subject, situation)
    }
    case 'mission.task_integrated':
      return event.data.adjudication === undefined || !isOfAppeal(event.data.adjudication.panel, situation)
        ? NOTHING
        : forgivenVerdicts(event.subject, event.data.task, situation)
    case 'mission.gate_reopened':
      return forgiven(event.subject, situation)
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
  const proofs = (trust.proofs.get(missionId) ?? []).filter((proof) => !proof.withdrawn)
  const mission = missions.get(missionId)
  // A second reversal takes nothing twice; but the first that an appeal finds shows the failures.
  const shown = mission?.reversals.some((reversal) => reversal.by === 'appeal') === true
  return [
    ...waiting.map((suspension) => discarded(suspension, 'withdrawn')),
    ...proofs.flatMap((proof) => withdrawn(proof, situation)),
    ...(by === 'appeal' && !shown && isPlanned(mission) ? overturned(mission, situation) : NOTHING),
  ]
}

function reversalsLeft(mission: string, of: string, { state }: Situation): readonly Reversal[] {
  return (state.missions.get(mission)?.reversals ?? []).filter(({ appeal }) => appeal !== of)
}

/** A gain that waited for humans when its mission was reversed waits for them again: nobody has judged it. */
function heldAgain(mission: string, { state }: Situation): readonly EventDraft[] {
  return [...state.trust.suspensions.values()]
    .filter((one) => one.mission === mission && one.status === 'discarded' && one.discarded === 'withdrawn')
    .map(({ id, actor, amount }) => ({ event_type: 'trust.gain_held_again', subject: id, data: { actor, amount } }))
}

function isOfAppeal(panel: string, { state }: Situation): boolean {
  return state.panels.byId.get(panel)?.purpose === 'appeal'
}

/** An appeal gave the other answer than the panel that had sent the task back: who approved was not contradicted. */
function forgivenVerdicts(mission: string, task: string, situation: Situation): readonly EventDraft[] {
  const failures = situation.state.trust.overturned.get(mission) ?? []
  return failures
    .filter((one) => one.task === task && one.kind === 'contradicted-review')
    .flatMap((one) => givenBack(mission, one, situation))
}

function withdrawn(proof: Proof, situation: Situation): readonly EventDraft[] {
  const row = rowOf(proof.actor, situation)
  if (row === undefined) return NOTHING
  const { mission, task, role, gain, applied } = proof
  const cause = { cause: 'withdrawal', gain: 0, penalty: applied, renews: false, guarded: true } as const
  const { taken, event } = take(row, cause, situation)
  const data = { mission, task, role, gain, taken }
  return [{ event_type: 'trust.proof_withdrawn', subject: proof.actor, data }, event]
}

function restored(proof: Proof, situation: Situation): readonly EventDraft[] {
  const back = given(proof.actor, proof.applied, situation)
  if (back === undefined) return NOTHING
  const { mission, task, role, gain } = proof
  const data = { mission, task, role, gain, applied: back.applied }
  return [{ event_type: 'trust.proof_restored', subject: proof.actor, data }, back.event]
}

/** What it cost that the mission's work was found not to stand, which it does after all. */
function forgiven(mission: string, situation: Situation): readonly EventDraft[] {
  const failures = situation.state.trust.overturned.get(mission) ?? []
  // A task that a panel sent back before fails its reviewers alone; that is another decision, and it stands.
  if (!failures.some(({ kind }) => kind === 'rework-after-approval')) return NOTHING
  return failures.flatMap((one) => givenBack(mission, one, situation))
}

function givenBack(
  mission: string,
  { actor, task, kind, taken }: Overturned,
  situation: Situation,
): readonly EventDraft[] {
  const back = given(actor, taken, situation)
  if (back === undefined) return NOTHING
  const data = { kind, mission, task, incident: null, taken, given: back.applied }
  return [{ event_type: 'trust.failure_withdrawn', subject: actor, data }, back.event]
}

function reversedIncident(
  incident: string,
  to: 'dismissed' | 'open' | 'upheld',
  situation: Situation,
): readonly EventDraft[] {
  const cost = situation.state.trust.misconduct.get(incident)
  if (cost === undefined) return NOTHING
  const { actor, taken } = cost
  // What a further appeal upholds again costs again.
  if (to === 'upheld') {
    return cost.forgiven
      ? failed(actor, 'severe', 'misconduct', { mission: null, task: null, incident }, situation)
      : []
  }
  const back = cost.forgiven ? undefined : given(actor, taken, situation)
  if (back === undefined) return NOTHING
  const data = { kind: 'misconduct', mission: null, task: null, incident, taken, given: back.applied }
  return [{ event_type: 'trust.failure_withdrawn', subject: actor, data }, back.event]
}

/** Gain that humans have decided upon; who gains nothing from work gains nothing from this either. */
function given(
  actor: string,
  amount: number,
  situation: Situation,
): { applied: number; event: EventDraft } | undefined {
  const row = rowOf(actor, situation)
  if (row === undefined) return undefined
  const gain = gains(row, situation) ? amount : 0
  const cause = { cause: 'release', gain, penalty: 0, renews: false, guarded: false } as const
  const { step, event } = move(row, cause, situation)
  return { applied: step.applied, event }
}
