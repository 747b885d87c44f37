/**
 * What costs trust, at once and in the entry that shows it (spec 4.2, «Failures»).
 *
 *     minor    a seat in a review lost: not sealed in time (late), sealed and not revealed (unrevealed)
 *     minor    a human rejects at the final gate what had been approved: for the worker rework after approval, for
 *              whoever approved a review that the outcome contradicts; likewise when an appeal overturns it
 *     minor    a panel sends back what a reviewer had approved: contradicted; so is who did not approve what an appeal
 *              finds should not have been sent back
 *     severe   an incident was upheld that proves it, and nothing else
 *
 * A decrease is never limited: the floor of humans alone stops it.
 */
import type { EventDraft } from '../constraints/event.ts'
import { isPlanned, taskOf, type PlannedMission } from '../mission/state.ts'
import { isSeated, reviewKey } from '../review/state.ts'
import type { FailureKind, Finding } from '../trust/event.ts'
import { verdictPlace } from '../trust/state.ts'
import { judged } from '../trust/twenty.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { penaltyOf, rowOf, take } from './trust-desk.ts'

export type About = {
  readonly mission: string | null
  readonly task: string | null
  readonly attempt: number | null
  /** The finding that makes it a failure, which can be found wrong; null for silence and misconduct. */
  readonly finding: Finding | null
  readonly incident: string | null
}

export const recordFailures: Process = (event, situation) => {
  switch (event.event_type) {
    case 'review.replaced': {
      const kind = SILENCE[event.data.failure]
      return kind === undefined ? NOTHING : silent(event.data.silent, kind, event.subject, event.data.task, situation)
    }
    case 'review.blocked': {
      const review = situation.state.reviews.byTask.get(reviewKey(event.subject, event.data.task))
      const kind = review?.status === 'revealing' ? 'unrevealed' : 'late'
      return silent(event.data.silent, kind, event.subject, event.data.task, situation)
    }
    case 'mission.rejected':
    case 'mission.rejection_restored': {
      const mission = situation.state.missions.get(event.subject)
      return isPlanned(mission) ? overturned(mission, 'rejection', situation) : NOTHING
    }
    case 'governance.incident_resolved': {
      const { resolution, severity, accused } = event.data
      if (resolution !== 'upheld' || severity !== 'severe' || accused === null) return NOTHING
      return failed(accused, 'severe', 'misconduct', misconductIn(event.subject), situation)
    }
    case 'mission.task_rework':
      return sentBack(event.subject, event.data.task, situation)
    case 'mission.rework_reversed':
      return notSentBack(event.subject, event.data.task, event.data.attempt, situation)
    default:
      return NOTHING
  }
}

/** A seat can be lost for other reasons than silence; those are nobody's failure. */
const SILENCE: { readonly [failure: string]: FailureKind } = { 'not-sealed': 'late', 'not-revealed': 'unrevealed' }

function silent(
  ids: readonly string[],
  kind: FailureKind,
  mission: string,
  task: string,
  situation: Situation,
): readonly EventDraft[] {
  const about = { mission, task, attempt: null, finding: null, incident: null }
  return ids.flatMap((id) => failed(id, 'minor', kind, about, situation))
}

/** What an upheld incident proves is about nothing but the incident. */
export function misconductIn(incident: string): About {
  return { mission: null, task: null, attempt: null, finding: null, incident }
}

/** Work that was approved and did not stand: the worker's and the approving reviewers' failure, task by task. */
export function overturned(
  mission: PlannedMission,
  finding: 'rejection' | 'reversal',
  situation: Situation,
): readonly EventDraft[] {
  return [...mission.plan.tasks.values()].flatMap((task) => {
    const about = { mission: mission.id, task: task.id, attempt: task.attempt, finding, incident: null }
    const approving = task.reviews.filter((review) => review.verdict === 'approve' && review.counted)
    return [
      ...failed(task.takenBy ?? '', 'minor', 'rework-after-approval', about, situation),
      ...approving.flatMap(({ reviewer }) => failed(reviewer, 'minor', 'contradicted-review', about, situation)),
    ]
  })
}

/** A task that humans sent back after its reviews were in: whoever had approved it was contradicted. */
function sentBack(missionId: string, taskId: string, situation: Situation): readonly EventDraft[] {
  const task = taskOf(situation.state.missions.get(missionId), taskId)
  const review = situation.state.reviews.byTask.get(reviewKey(missionId, taskId))
  // A rework that the reviews themselves conclude comes before their conclusion is in the state.
  if (task === undefined || !isSeated(review) || review.status !== 'concluded') return NOTHING
  if (review.outcome === 'rework' || review.attempt !== task.attempt) return NOTHING
  const about = { mission: missionId, task: taskId, attempt: task.attempt, finding: 'return', incident: null } as const
  return [...review.seats.values()]
    .filter(({ record }) => record?.verdict === 'approve' && record.counted)
    .flatMap(({ member }) => failed(member.id, 'minor', 'contradicted-review', about, situation))
}

/** The reviews themselves had sent it back, and should not have: whoever did not approve it was contradicted. */
function notSentBack(mission: string, task: string, attempt: number, situation: Situation): readonly EventDraft[] {
  const about = { mission, task, attempt, finding: 'rework-reversed', incident: null } as const
  return dissenting(mission, task, attempt, situation).flatMap((id) =>
    failed(id, 'minor', 'contradicted-review', about, situation),
  )
}

/** Whoever's verdict counted and was not to let the task pass. */
export function dissenting(mission: string, task: string, attempt: number, { state }: Situation): readonly string[] {
  const review = state.reviews.byTask.get(reviewKey(mission, task))
  if (!isSeated(review) || review.status !== 'concluded' || review.attempt !== attempt) return []
  return [...review.seats.values()].flatMap(({ member, record }) =>
    record !== undefined && record.counted && record.verdict !== 'approve' ? [member.id] : [],
  )
}

/** The record of one failure, and what it costs. Nobody who has no trust can fail. */
export function failed(
  id: string,
  severity: 'minor' | 'severe',
  kind: FailureKind,
  about: About,
  situation: Situation,
): readonly EventDraft[] {
  const row = rowOf(id, situation)
  if (row === undefined) return NOTHING
  if (kind === 'contradicted-review') {
    row.verdicts = judged(row.verdicts, verdictPlace(situation.state.trust, id, about), false)
  }
  const penalty = penaltyOf(row.kind, severity, situation.world.constitution)
  const cause = { cause: 'failure', gain: 0, penalty, renews: false, guarded: true } as const
  const { taken, event } = take(row, cause, situation)
  return [{ event_type: 'trust.failure_recorded', subject: id, data: { severity, kind, ...about, taken } }, event]
}
