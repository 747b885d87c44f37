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
import type { Topology } from '../constitution/topology.ts'
import type { World } from '../constraints/world.ts'
import { passedOver } from './passed.ts'
import { drawReviewers, seatOf } from './selection.ts'
import type { ReviewEvent, SeatFacts } from './event.ts'
import type { Review } from './state.ts'

type Open = Extract<Review, { status: 'sealing' | 'revealing' }>

/** What the replacement is decided by: the topology of the review, and how long a new window is. */
export type Terms = {
  readonly topology: Topology | undefined
  readonly world: World
  readonly windowMs: number
  readonly at: Millis
}

export function termsOf(mission: string, world: World, at: Millis): Terms {
  return { topology: world.reviewTopology(mission), world, windowMs: world.constitution.reviews.windowMs, at }
}

/** @param recused who was silent in a seat of this task before, or left it */
export function replaceSilent(review: Open, recused: ReadonlySet<string>, terms: Terms): readonly ReviewEvent[] {
  const silent = [...review.seats.values()]
    .filter((seat) => (review.status === 'sealing' ? seat.commitment : seat.decision) === undefined)
    .map((seat) => seat.member.id)
  if (silent.length === 0) return []
  const failure = review.status === 'sealing' ? 'not-sealed' : 'not-revealed'
  return replaceSeats(review, silent, failure, new Set([...recused, ...silent]), terms)
}

type Failure = Extract<ReviewEvent, { event_type: 'review.replaced' }>['data']['failure']

/**
 * The seats of those who leave go to the next of the same draw; everybody else keeps theirs, with what they sealed.
 *
 * @param out who may not be drawn although the frozen pool holds them, those who leave among them
 */
export function replaceSeats(
  review: Open,
  leaving: readonly string[],
  failure: Failure,
  out: ReadonlySet<string>,
  terms: Terms,
): readonly ReviewEvent[] {
  const place = placeOf(review)
  const next = successors(review, leaving, out, terms)
  if (next === undefined) return []
  if ('reason' in next) {
    // Who went out of service was not silent.
    const silent = failure === 'out-of-service' ? [] : leaving
    return [{ event_type: 'review.blocked', subject: review.mission, data: { ...place, ...next, silent } }]
  }
  const data = { ...place, failure, silent: leaving, ...next }
  return [{ event_type: 'review.replaced', subject: review.mission, data }]
}

/** A seated reviewer leaves before sealing: the next of the same draw takes the seat, and nobody has failed. */
export function replaceRecused(
  review: Open,
  leaving: { readonly reviewer: string; readonly reason: string },
  recused: ReadonlySet<string>,
  terms: Terms,
): readonly ReviewEvent[] {
  const place = placeOf(review)
  const next = successors(review, [leaving.reviewer], new Set([...recused, leaving.reviewer]), terms)
  if (next === undefined) return []
  const left = (seated: {
    reviewers: readonly SeatFacts[]
    passed: readonly string[]
    commit_by: string
  }): ReviewEvent => ({
    event_type: 'review.recused',
    subject: review.mission,
    data: { ...place, ...leaving, ...seated },
  })
  if (!('reason' in next)) return [left(next)]
  return [
    left({ reviewers: [], passed: next.passed, commit_by: windowEnd(terms) }),
    { event_type: 'review.blocked', subject: review.mission, data: { ...place, ...next, silent: [] } },
  ]
}

/** Who takes the empty seats and until when they seal, or why nobody can. */
function successors(review: Open, leaving: readonly string[], out: ReadonlySet<string>, terms: Terms) {
  if (terms.topology === undefined) return undefined
  const kept = [...review.seats.values()].filter((seat) => !leaving.includes(seat.member.id))
  const sitting = kept.map((seat) => seat.member)
  const passed = passedOver(review, out, terms.world)
  const { drawn } = drawReviewers(review.frozen, terms.topology, review.randomness, sitting, new Set(passed))
  const blocked = blockedBy(drawn)
  if (blocked !== undefined) return { ...blocked, passed }
  const reviewers: readonly SeatFacts[] =
    drawn.ok && drawn.value.outcome === 'seated' ? drawn.value.drawn.map(seatOf) : []
  return { reviewers, passed, commit_by: windowEnd(terms) }
}

function windowEnd({ at, windowMs }: Terms): string {
  return formatTimestamp(millis(at + windowMs))
}

function placeOf(review: Open) {
  return { task: review.task, attempt: review.attempt, draw: review.frozen.draw }
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
