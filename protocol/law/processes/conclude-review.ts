/**
 * Reviews move by themselves when the last one is in: all sealed opens the window for revealing, all revealed
 * concludes, and the conclusion moves the task.
 *
 * Source: spec 3.2, 3.4, 3.5.
 */
import { formatTimestamp, millis } from '../../wire/time.ts'
import type { EventDraft } from '../constraints/event.ts'
import { taskOf } from '../mission/state.ts'
import type { ReviewEvent } from '../review/event.ts'
import { isSeated, reviewKey, type SeatedReview } from '../review/state.ts'
import { tally, type Reviewed } from '../review/tally.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

type Committed = Extract<ReviewEvent, { event_type: 'review.committed' }>
type Revealed = Extract<ReviewEvent, { event_type: 'review.revealed' }>
type Concluded = Extract<ReviewEvent, { event_type: 'review.concluded' }>

export const concludeReview: Process = (event, situation) => {
  switch (event.event_type) {
    case 'review.committed':
      return afterSealing(event, situation)
    case 'review.revealed':
      return afterRevealing(event, situation)
    case 'review.concluded':
      return taskMoves(event)
    default:
      return NOTHING
  }
}

function afterSealing(event: Committed, { state, world, at }: Situation): readonly EventDraft[] {
  const review = state.reviews.byTask.get(reviewKey(event.subject, event.data.task))
  if (!isSeated(review)) return NOTHING
  const open = [...review.seats.values()].some(
    (seat) => seat.commitment === undefined && seat.member.id !== event.data.reviewer,
  )
  if (open) return NOTHING
  const { task, attempt, draw } = event.data
  const reveal_by = formatTimestamp(millis(at + world.constitution.reviews.revealMs))
  return [{ event_type: 'review.reveal_opened', subject: event.subject, data: { task, attempt, draw, reveal_by } }]
}

function afterRevealing(event: Revealed, { state, world }: Situation): readonly EventDraft[] {
  const review = state.reviews.byTask.get(reviewKey(event.subject, event.data.task))
  if (!isSeated(review)) return NOTHING
  const reviewed = withThis(review, event)
  if (reviewed === undefined) return NOTHING
  const topology = world.reviewTopology(event.subject)
  if (topology === undefined) return NOTHING
  const { agreementPermille } = world.constitution.normative
  const disputed = taskOf(state.missions.get(event.subject), review.task)?.disputed === true
  const said = disputed ? reviewed.map((one) => ({ ...one, dispute: true })) : reviewed
  const share = world.constitution.topologyOf(review.tier)
  const result = tally(said, topology, review.domainType, agreementPermille, share)
  const { task, attempt, draw } = event.data
  const concluded: Concluded = {
    event_type: 'review.concluded',
    subject: event.subject,
    data: {
      task,
      attempt,
      draw,
      outcome: result.outcome,
      reason: result.reason,
      approvals: result.approvals,
      seats: result.seats,
      agreement_permille: result.agreementPermille,
      reviews: reviewed.map(({ record }) => record),
    },
  }
  return [concluded]
}

/** All seats with their decisions, this one included, or undefined while one is open. */
function withThis(review: SeatedReview, event: Revealed): readonly Reviewed[] | undefined {
  const { reviewer, decision, digest, counted } = event.data
  const all: Reviewed[] = []
  for (const seat of review.seats.values()) {
    const own = seat.member.id === reviewer
    const record = own ? { reviewer, verdict: decision.verdict, decision: digest, counted } : seat.record
    const dispute = own ? decision.normative_dispute : seat.decision?.normative_dispute
    if (record === undefined || dispute === undefined) return undefined
    all.push({ member: seat.member, record, dispute })
  }
  return all
}

/** A question for humans leaves the task where it is until they have answered it. */
function taskMoves(event: Concluded): readonly EventDraft[] {
  const { task, attempt, outcome, reason, agreement_permille, reviews } = event.data
  if (outcome === 'adjudication') return NOTHING
  return outcome === 'approved'
    ? [
        {
          event_type: 'mission.task_integrated',
          subject: event.subject,
          data: { task, attempt, agreement_permille, reviews },
        },
      ]
    : [{ event_type: 'mission.task_rework', subject: event.subject, data: { task, attempt, reason } }]
}
