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
  const place = { task: review.task, attempt: review.attempt, draw: review.frozen.draw }
  const seats = [...review.seats.values()]
  const answered = seats.filter((seat) =>
    review.status === 'sealing' ? seat.commitment !== undefined : seat.decision !== undefined,
  )
  const silent = seats.filter((seat) => !answered.includes(seat)).map((seat) => seat.member.id)
  if (silent.length === 0) return []
  const topology = constitution.topologyOf(review.tier)
  if (topology === undefined) return []
  const { drawn } = drawReviewers(
    review.frozen,
    topology,
    review.randomness,
    answered.map((seat) => seat.member),
    new Set([...recused, ...silent]),
  )
  const blocked = blockedBy(drawn)
  if (blocked !== undefined) {
    return [{ event_type: 'review.blocked', subject: review.mission, data: { ...place, ...blocked, silent } }]
  }
  const kept = new Set(answered.map((seat) => seat.member.id))
  const reviewers: readonly SeatFacts[] =
    drawn.ok && drawn.value.outcome === 'seated'
      ? drawn.value.members.filter((member) => !kept.has(member.id)).map(seatOf)
      : []
  return [
    {
      event_type: 'review.replaced',
      subject: review.mission,
      data: {
        ...place,
        failure: review.status === 'sealing' ? 'not-sealed' : 'not-revealed',
        silent,
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
