/** A beacon round has come: every draw that waited for it is made, or blocked with the constraint that starves. */
import { formatTimestamp, millis } from '../../wire/time.ts'
import type { EventDraft } from '../constraints/event.ts'
import { blockedBy } from '../review/replacement.ts'
import { passedOver } from '../review/passed.ts'
import { drawReviewers, seatOf } from '../review/selection.ts'
import { reviewKey, type Review } from '../review/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

export const assignReviewers: Process = (event, situation) => {
  if (event.event_type !== 'governance.beacon_observed') return NOTHING
  const { round, randomness } = event.data
  const waiting = [...(situation.state.reviews.awaiting.get(round) ?? [])].toSorted()
  return waiting.flatMap((key) => {
    const review = situation.state.reviews.byTask.get(key)
    return review?.status === 'awaiting_beacon' ? drawn(review, round, randomness, situation) : NOTHING
  })
}

/** Whoever has become unfit since the pool was frozen is passed over, as whoever is silent is. */
function drawn(
  review: Review,
  round: number,
  randomness: string,
  { state, world, at }: Situation,
): readonly EventDraft[] {
  const { constitution } = world
  const place = { task: review.task, attempt: review.attempt, draw: review.frozen.draw }
  const topology = world.reviewTopology(review.mission)
  if (topology === undefined || constitution.reviewThreshold(review.tier) === undefined) {
    const data = { ...place, reason: 'tier-without-review', counts: {}, silent: [], passed: [] }
    return [{ event_type: 'review.blocked', subject: review.mission, data }]
  }
  const left = state.reviews.recused.get(reviewKey(review.mission, review.task)) ?? new Set()
  const passed = passedOver(review, left, world)
  const { seed, drawn } = drawReviewers(review.frozen, topology, randomness, [], new Set(passed))
  const blocked = blockedBy(drawn)
  if (blocked !== undefined) {
    return [
      { event_type: 'review.blocked', subject: review.mission, data: { ...place, ...blocked, silent: [], passed } },
    ]
  }
  const members = drawn.ok && drawn.value.outcome === 'seated' ? drawn.value.members : []
  return [
    {
      event_type: 'review.assigned',
      subject: review.mission,
      data: {
        ...place,
        round,
        randomness,
        seed,
        reviewers: members.map(seatOf),
        passed,
        commit_by: formatTimestamp(millis(at + constitution.reviews.windowMs)),
      },
    },
  ]
}
