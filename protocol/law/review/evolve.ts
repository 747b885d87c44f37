/** The fold of review events. No default: a new event stops the build until it is answered here. */
import { parseTimestamp, type Millis } from '../../wire/time.ts'
import type { FrozenPool } from '../constraints/pool.ts'
import type { ReviewEvent, SeatFacts } from './event.ts'
import { isSeated, reviewKey, type Review, type Reviews, type Seat } from './state.ts'

/**
 * `pool` is the reviewers' registry as it stands at the entry, frozen into the draw that this entry opens; `id` is the
 * event's own.
 */
export function evolveReview(
  reviews: Reviews,
  event: ReviewEvent,
  pool: () => FrozenPool = () => ({ members: [], eligible: new Uint8Array(0) }),
  id?: string,
): void {
  const { task } = event.data
  const key = reviewKey(event.subject, task)
  if (event.event_type === 'review.draw_opened') {
    const { attempt, draw, round, nonce, previous_commitment, tier, domain_type, excluded, references } = event.data
    const frozen = { draw, round, nonce, previousCommitment: previous_commitment, pool: pool(), excluded }
    reviews.byTask.set(key, {
      mission: event.subject,
      task,
      attempt,
      tier,
      domainType: domain_type,
      references,
      frozen,
      status: 'awaiting_beacon',
    })
    reviews.draws.set(key, draw)
    const waiting = reviews.awaiting.get(round)
    if (waiting === undefined) reviews.awaiting.set(round, new Set([key]))
    else waiting.add(key)
    return
  }
  const review = reviews.byTask.get(key)
  if (review === undefined) return
  if (SETTLED.has(event.event_type)) settle(reviews, key, review)
  if (event.event_type === 'review.replaced' || event.event_type === 'review.blocked') {
    reviews.recused.set(key, new Set([...(reviews.recused.get(key) ?? []), ...event.data.silent]))
  }
  if (event.event_type === 'review.recused') {
    reviews.recused.set(key, new Set([...(reviews.recused.get(key) ?? []), event.data.reviewer]))
  }
  reviews.byTask.set(key, after(review, event, id))
}

/** What ends the waiting for a beacon round. */
const SETTLED: ReadonlySet<string> = new Set(['review.assigned', 'review.blocked', 'review.concluded'])

function settle(reviews: Reviews, key: string, review: Review): void {
  const waiting = reviews.awaiting.get(review.frozen.round)
  waiting?.delete(key)
  if (waiting?.size === 0) reviews.awaiting.delete(review.frozen.round)
}

function after(
  review: Review,
  event: Exclude<ReviewEvent, { event_type: 'review.draw_opened' }>,
  place: string | undefined,
): Review {
  const { mission, task, attempt, tier, domainType, references, frozen } = review
  const base = { mission, task, attempt, tier, domainType, references, frozen }
  switch (event.event_type) {
    case 'review.assigned': {
      const { randomness, reviewers, commit_by } = event.data
      const seats = new Map(reviewers.map((member) => [member.id, emptySeat(member)]))
      return { ...base, status: 'sealing', randomness, seats, commitBy: millis(commit_by) }
    }
    case 'review.blocked':
      return { ...base, status: 'blocked', reason: event.data.reason, counts: event.data.counts }
    case 'review.reopened':
      // The draw that follows in the same entry replaces this review.
      return review
    case 'review.committed':
      return withSeat(review, event.data.reviewer, (seat) => ({ ...seat, commitment: event.data.commitment }))
    case 'review.reveal_opened': {
      if (!isSeated(review)) return review
      const { randomness, seats } = review
      return { ...base, status: 'revealing', randomness, seats, revealBy: millis(event.data.reveal_by) }
    }
    case 'review.revealed': {
      const { reviewer, decision, digest, counted } = event.data
      const record = { reviewer, verdict: decision.verdict, decision: digest, counted }
      return withSeat(review, reviewer, (seat) => ({ ...seat, decision, record, place }))
    }
    case 'review.replaced':
      return reseated(review, event.data.silent, event.data)
    case 'review.recused':
      return reseated(review, [event.data.reviewer], event.data)
    case 'review.concluded': {
      const { outcome, reason } = event.data
      // An appeal can end it before anybody was drawn.
      const { randomness, seats } = isSeated(review) ? review : { randomness: '', seats: new Map<string, Seat>() }
      return { ...base, status: 'concluded', randomness, seats, outcome, reason }
    }
  }
}

function reseated(
  review: Review,
  gone: readonly string[],
  by: { readonly reviewers: readonly SeatFacts[]; readonly commit_by: string },
): Review {
  if (!isSeated(review)) return review
  const { mission, task, attempt, tier, domainType, references, frozen, randomness } = review
  const base = { mission, task, attempt, tier, domainType, references, frozen }
  const seats = new Map([...review.seats].filter(([id]) => !gone.includes(id)))
  for (const member of by.reviewers) seats.set(member.id, emptySeat(member))
  return { ...base, status: 'sealing', randomness, seats, commitBy: millis(by.commit_by) }
}

function emptySeat(member: SeatFacts): Seat {
  return { member, commitment: undefined, decision: undefined, record: undefined, place: undefined }
}

function withSeat(review: Review, reviewer: string, change: (seat: Seat) => Seat): Review {
  if (!isSeated(review)) return review
  const seat = review.seats.get(reviewer)
  if (seat === undefined) return review
  return { ...review, seats: new Map(review.seats).set(reviewer, change(seat)) }
}

/** Times inside events were written by the law itself, so they parse. */
function millis(timestamp: string): Millis {
  const parsed = parseTimestamp(timestamp)
  return parsed.ok ? parsed.value : (0 as Millis)
}
