/**
 * A window has passed. Whoever was silent loses the seat and is not drawn again for this task; the next of the same
 * draw takes it. A pool that cannot fill the seats blocks the review: it is never weakened.
 *
 *     sealing,   nobody silent ─▶ the window for revealing opens (it would have opened anyway)
 *     sealing,   some silent ───▶ replaced, a new window for sealing
 *     revealing, some silent ───▶ replaced, a new window for sealing (a minor failure of theirs, spec 4.2)
 *
 * Source: spec 3.4.
 */
import { formatTimestamp, millis, type Millis } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import { drawReviewers, seatOf } from './selection.ts'
import type { ReviewEvent, SeatFacts } from './event.ts'
import type { Review } from './state.ts'

type Open = Extract<Review, { status: 'sealing' | 'revealing' }>

/** @param recused who was silent in a seat of this task before */
export function replaceSilent(
  review: Open,
  recused: ReadonlySet<string>,
  constitution: Constitution,
  at: Millis,
): readonly ReviewEvent[] {
  const silent = [...review.seats.values()]
    .filter((seat) => (review.status === 'sealing' ? seat.commitment : seat.decision) === undefined)
    .map((seat) => seat.member.id)
  if (silent.length === 0) return []
  const failure = review.status === 'sealing' ? 'not-sealed' : 'not-revealed'
  return replaceSeats(review, silent, failure, new Set([...recused, ...silent]), constitution, at)
}

type Failure = Extract<ReviewEvent, { event_type: 'review.replaced' }>['data']['failure']

/**
 * The seats of those who leave go to the next of the same draw; everybody else keeps theirs, with what they sealed.
 *
 * @param passed who may not be drawn, those who leave among them
 */
export function replaceSeats(
  review: Open,
  leaving: readonly string[],
  failure: Failure,
  passed: ReadonlySet<string>,
  constitution: Constitution,
  at: Millis,
): readonly ReviewEvent[] {
  const place = { task: review.task, attempt: review.attempt, draw: review.frozen.draw }
  const topology = constitution.topologyOf(review.tier)
  if (topology === undefined) return []
  const kept = [...review.seats.values()].filter((seat) => !leaving.includes(seat.member.id))
  const sitting = kept.map((seat) => seat.member)
  const { drawn } = drawReviewers(review.frozen, topology, review.randomness, sitting, passed)
  const blocked = blockedBy(drawn)
  if (blocked !== undefined) {
    // Who went out of service was not silent.
    const silent = failure === 'out-of-service' ? [] : leaving
    return [{ event_type: 'review.blocked', subject: review.mission, data: { ...place, ...blocked, silent } }]
  }
  const staying = new Set(sitting.map((member) => member.id))
  const reviewers: readonly SeatFacts[] =
    drawn.ok && drawn.value.outcome === 'seated'
      ? drawn.value.members.filter((member) => !staying.has(member.id)).map(seatOf)
      : []
  return [
    {
      event_type: 'review.replaced',
      subject: review.mission,
      data: {
        ...place,
        failure,
        silent: leaving,
        reviewers,
        commit_by: formatTimestamp(millis(at + constitution.reviews.windowMs)),
      },
    },
  ]
}

/** Why a draw seats nobody, or undefined where it does. */
export function blockedBy(
  drawn: ReturnType<typeof drawReviewers>['drawn'],
): { reason: string; counts: { readonly [name: string]: number } } | undefined {
  if (!drawn.ok) return { reason: drawn.error.code, counts: {} }
  if (drawn.value.outcome === 'seated') return undefined
  const { reason, counts } = drawn.value.certificate
  return { reason, counts }
}
