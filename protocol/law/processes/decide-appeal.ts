/**
 * A panel has heard an appeal. Upheld, nothing changes; overturned, the decision loses its force by events that
 * compensate it. History is never edited (spec 3.6; P-readings: the prior state is restored, the record is kept).
 *
 *     mission.completed          ─▶ mission.reversed
 *     mission.rejected           ─▶ the same result waits at its gate again
 *     a review's rework          ─▶ the same evidence is reviewed again, by others
 *     an adjudication            ─▶ the other answer of the two
 *     an incident                ─▶ upheld becomes dismissed, dismissed is open again
 *     a decommission             ─▶ the finding alone: it is irreversible, and no key comes back
 *
 * What a discarded gain or a quarantine turns into follows from `governance.appeal_decided` in release-gain.ts and
 * restart-limit.ts.
 *
 * Where the subject has moved on since (another attempt, a new plan), the finding is recorded and nothing is undone.
 */
import { formatTimestamp, millis } from '../../wire/time.ts'
import type { AppealEvent } from '../appeal/event.ts'
import type { Appeal, Decision } from '../appeal/state.ts'
import type { LawEvent } from '../events.ts'
import type { EventDraft } from '../constraints/event.ts'
import { taskOf, type Mission, type Task } from '../mission/state.ts'
import type { PanelEvent } from '../panel/event.ts'
import { panelId } from '../panel/selection.ts'
import { isSeated, reviewKey } from '../review/state.ts'
import { agreement } from '../review/tally.ts'
import type { State } from '../state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

type Concluded = Extract<PanelEvent, { event_type: 'review.panel_concluded' }>
type Voted = Extract<PanelEvent, { event_type: 'review.panel_voted' }>
type Decided = Extract<AppealEvent, { event_type: 'governance.appeal_decided' }>

export const decideAppeal: Process = (event, situation) => {
  switch (event.event_type) {
    case 'review.panel_concluded':
      return event.data.about.kind === 'appeal' ? decided(event, event.data.about.appeal, situation) : NOTHING
    case 'governance.appeal_decided':
      return event.data.outcome === 'overturned' ? compensation(event, situation) : NOTHING
    default:
      return NOTHING
  }
}

function decided({ subject, data }: Concluded, id: string, { state, soFar }: Situation): readonly EventDraft[] {
  const appeal = state.appeals.byId.get(id)
  const panel = state.panels.byId.get(subject)
  if (appeal === undefined || panel === undefined) return NOTHING
  const last = (soFar as readonly LawEvent[]).findLast(
    (one): one is Voted => one.event_type === 'review.panel_voted' && one.subject === subject,
  )
  const codeOf = (member: string): string =>
    panel.votes.get(member)?.reasonCode ?? (last?.data.member === member ? (last.data.reason_code ?? '') : '')
  const withCode = ({ member, vote }: { member: string; vote: string }) => ({
    member,
    vote,
    reason_code: codeOf(member),
  })
  const outcome = data.outcome === 'overturn' ? 'overturned' : 'upheld'
  const first = firstOf(appeal, state)
  const original = first?.decision ?? appeal.decision
  const stood = first === undefined || first.outcome === 'upheld'
  const found: Decided = {
    event_type: 'governance.appeal_decided',
    subject: id,
    data: {
      decision: appeal.decision.id,
      decision_type: appeal.decision.type,
      level: appeal.level,
      outcome,
      original_type: original.type,
      original_subject: original.subject,
      // A further appeal that overturns turns round what the first one left.
      stands: outcome === 'upheld' ? stood : !stood,
      panel: subject,
      votes: data.votes.map(withCode),
      dissent: data.dissent.map(withCode),
    },
  }
  return [found]
}

function compensation(event: Decided, situation: Situation): readonly EventDraft[] {
  const { state } = situation
  const appeal = state.appeals.byId.get(event.subject)
  if (appeal === undefined) return NOTHING
  const first = firstOf(appeal, state)
  if (first === undefined) return undone(appeal.decision, event, situation)
  // The further appeal overturns what the first one found: an upheld decision falls now, an overturned one stands again.
  return first.outcome === 'upheld' ? undone(first.decision, event, situation) : restored(first, event, situation)
}

/** The appeal that a further one is against. */
function firstOf(appeal: Appeal, state: State): Appeal | undefined {
  return appeal.decision.appeal === undefined ? undefined : state.appeals.byId.get(appeal.decision.appeal)
}

function undone(decision: Decision, event: Decided, situation: Situation): readonly EventDraft[] {
  const { state, world, at } = situation
  const { mission: id = '', attempt, subject } = decision
  const appeal = event.subject
  const mission = state.missions.get(id)
  switch (decision.type) {
    case 'mission.completed':
      return isCompleted(mission, attempt) ? [reversed(id, attempt, appeal)] : NOTHING
    case 'mission.rejected': {
      if (mission?.status !== 'Rejected' || mission.gate.attempt !== attempt) return NOTHING
      const decide_by = formatTimestamp(millis(at + world.constitution.finalGate.approvalDeadlineMs))
      return [{ event_type: 'mission.gate_reopened', subject: id, data: { attempt, decide_by, appeal } }]
    }
    case 'mission.task_rework': {
      const task = taskOf(mission, decision.task ?? '')
      if (task?.status !== 'Rework' || task.attempt !== attempt || isInOtherHands(task)) return NOTHING
      return [{ event_type: 'mission.rework_reversed', subject: id, data: { task: task.id, attempt, appeal } }]
    }
    case 'review.panel_concluded':
      return otherAnswer(decision, event, situation)
    case 'governance.incident_resolved': {
      const incident = state.incidents.byId.get(subject)
      if (incident === undefined || incident.status !== decision.outcome) return NOTHING
      const to = decision.outcome === 'upheld' ? 'dismissed' : 'open'
      return [{ event_type: 'governance.incident_reversed', subject, data: { appeal, to } }]
    }
    default:
      return NOTHING
  }
}

/** Whether others have reversed it before or not: each finding stands or falls by itself. */
function isCompleted(mission: Mission | undefined, attempt: number): boolean {
  return mission?.status === 'Completed' && mission.gate.attempt === attempt
}

function reversed(mission: string, attempt: number, appeal: string): EventDraft {
  const data = { attempt, by: 'appeal', reason: 'appeal', appeal }
  return { event_type: 'mission.reversed', subject: mission, data }
}

/** Withdrawn from whoever made the evidence: what is judged of theirs would be credited to another. */
function isInOtherHands({ evidence, takenBy }: Task): boolean {
  return evidence?.worker !== takenBy
}

/** An adjudication has two answers, so overturning one is giving the other. */
function otherAnswer(decision: Decision, { subject, data }: Decided, { state }: Situation): readonly EventDraft[] {
  const { mission: id = '', attempt, outcome } = decision
  const mission = state.missions.get(id)
  const task = taskOf(mission, decision.task ?? '')
  if (mission === undefined || task === undefined || task.attempt !== attempt) return NOTHING
  if (outcome === 'approve') {
    if (mission.status === 'Completed') return [reversed(id, mission.gate.attempt, subject)]
    if (task.status !== 'Integrated' || mission.status === 'Rejected') return NOTHING
    return [{ event_type: 'mission.task_rework', subject: id, data: { task: task.id, attempt, reason: 'appeal' } }]
  }
  if (task.status !== 'Rework' || isInOtherHands(task)) return NOTHING
  const review = state.reviews.byTask.get(reviewKey(id, task.id))
  const reviews = isSeated(review) ? [...review.seats.values()].flatMap(({ record }) => record ?? []) : []
  const adjudication = { panel: data.panel, votes: data.votes.map(({ member, vote }) => ({ member, vote })) }
  const agreement_permille = agreement(reviews.map(({ verdict }) => verdict))
  return [
    {
      event_type: 'mission.task_integrated',
      subject: id,
      data: { task: task.id, attempt, agreement_permille, reviews, adjudication },
    },
  ]
}

/**
 * What a first panel had undone and a second one finds sound stands again: each effect of `undone` has its way back
 * here, where nothing else has followed from it. What a released gain turns into is in release-gain.ts.
 */
function restored(first: Appeal, event: Decided, situation: Situation): readonly EventDraft[] {
  const { state } = situation
  const { decision } = first
  const { mission: id = '', attempt, subject } = decision
  const appeal = event.subject
  const mission = state.missions.get(id)
  switch (decision.type) {
    case 'mission.completed':
      return lifted(mission, first.id, appeal)
    case 'mission.rejected': {
      const waits = mission?.status === 'FinalHumanGate' && mission.gate.attempt === attempt
      // Decided or planned anew since then, it is another matter.
      return waits && mission.gate.overturned !== undefined
        ? [{ event_type: 'mission.rejection_restored', subject: id, data: { attempt, appeal } }]
        : NOTHING
    }
    case 'mission.task_rework':
      return sentBackAgain(decision, event, situation)
    case 'review.panel_concluded':
      return firstAnswer(first, event, situation)
    case 'governance.incident_resolved': {
      // What the first panel left of it: a human who has resolved it again since then decided anew.
      const left = decision.outcome === 'upheld' ? 'dismissed' : 'open'
      if (state.incidents.byId.get(subject)?.status !== left) return NOTHING
      const to = decision.outcome === 'upheld' ? 'upheld' : 'dismissed'
      return [{ event_type: 'governance.incident_reversed', subject, data: { appeal, to } }]
    }
    default:
      return NOTHING
  }
}

/** The finding of that one appeal falls. What the owner took back, or another appeal, is not this one's to restore. */
function lifted(mission: Mission | undefined, of: string, appeal: string): readonly EventDraft[] {
  if (mission?.status !== 'Completed') return NOTHING
  const left = mission.reversals.filter((reversal) => reversal.appeal !== of)
  if (left.length === mission.reversals.length) return NOTHING
  const event_type = left.length === 0 ? 'mission.restored' : 'mission.reversal_withdrawn'
  return [{ event_type, subject: mission.id, data: { attempt: mission.gate.attempt, appeal, of } }]
}

/** The answer that the first appeal had turned round is given once more: a rejection may not stand on paper alone. */
function firstAnswer(first: Appeal, event: Decided, situation: Situation): readonly EventDraft[] {
  const { decision } = first
  const { mission: id = '', task, attempt } = decision
  const mission = situation.state.missions.get(id)
  if (decision.outcome !== 'approve') return otherAnswer({ ...decision, outcome: 'approve' }, event, situation)
  if (mission?.status !== 'Completed') return otherAnswer({ ...decision, outcome: 'reject' }, event, situation)
  return taskOf(mission, task ?? '')?.attempt === attempt ? lifted(mission, first.id, event.subject) : NOTHING
}

/**
 * The reviewers' rework was sound: whatever the second set of reviewers has made of the same evidence falls. Evidence
 * that the worker has corrected since is another matter.
 */
function sentBackAgain(decision: Decision, event: Decided, { state }: Situation): readonly EventDraft[] {
  const { mission: id = '', attempt } = decision
  const mission = state.missions.get(id)
  const task = taskOf(mission, decision.task ?? '')
  if (mission === undefined || task === undefined || task.attempt !== attempt) return NOTHING
  if (mission.status === 'Completed') return [reversed(id, mission.gate.attempt, event.subject)]
  if (mission.status === 'Rejected') return NOTHING
  const back: EventDraft = {
    event_type: 'mission.task_rework',
    subject: id,
    data: { task: task.id, attempt, reason: 'appeal' },
  }
  if (task.status === 'Integrated') return [back]
  if (task.status !== 'EvidenceAttached' && task.status !== 'UnderReview') return NOTHING
  const review = state.reviews.byTask.get(reviewKey(id, task.id))
  if (review === undefined) return NOTHING
  const panel = state.panels.byId.get(panelId({ kind: 'task', mission: id, task: task.id, attempt }))
  // Its reviews were in and humans had been asked: they are asked no longer.
  if (review.status === 'concluded') {
    const closed = { event_type: 'review.panel_closed', subject: panel?.id ?? '', data: { reason: 'appeal' } }
    return panel === undefined ? [back] : [closed, back]
  }
  const { draw } = review.frozen
  const seats = isSeated(review) ? review.seats.size : 0
  const figures = { approvals: 0, seats, agreement_permille: 0, reviews: [] }
  // The conclusion moves the task, as any other does.
  const data = { task: task.id, attempt, draw, outcome: 'rework', reason: 'appeal', ...figures }
  return [{ event_type: 'review.concluded', subject: id, data }]
}
