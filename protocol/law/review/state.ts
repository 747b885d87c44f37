/**
 * The review of one task, by status. `sealing` and `revealing` are warm: their windows pass by time alone, and a
 * mechanical `review.close` states the consequence.
 *
 *     awaiting_beacon ─▶ sealing ─▶ revealing ─▶ concluded
 *            │              ▲  ◀──── replaced ──┘
 *            └─▶ blocked ───┘ (a new draw, opened by the mission's owner)
 */
import type { Millis } from '../../wire/time.ts'
import type { FrozenPool } from '../constraints/pool.ts'
import type { Conclusion, Exclusions, ReviewDecision, ReviewRecord, SeatFacts } from './event.ts'

export type Seat = {
  readonly member: SeatFacts
  readonly commitment: string | undefined
  readonly decision: ReviewDecision | undefined
  readonly record: ReviewRecord | undefined
  /** The id of the event that revealed it. */
  readonly place: string | undefined
}

/** What was frozen when the evidence was attached; nothing later changes who may be drawn. */
export type FrozenDraw = {
  readonly draw: number
  readonly round: number
  readonly nonce: string
  readonly previousCommitment: string
  readonly pool: FrozenPool
  readonly excluded: Exclusions
}

type Base = {
  readonly mission: string
  readonly task: string
  readonly attempt: number
  readonly tier: string
  readonly domainType: string
  readonly references: readonly string[]
  readonly frozen: FrozenDraw
}

type Seated = Base & {
  readonly randomness: string
  readonly seats: ReadonlyMap<string, Seat>
}

export type Review =
  | (Base & { readonly status: 'awaiting_beacon' })
  | (Base & {
      readonly status: 'blocked'
      readonly reason: string
      readonly counts: { readonly [name: string]: number }
    })
  | (Seated & { readonly status: 'sealing'; readonly commitBy: Millis })
  | (Seated & { readonly status: 'revealing'; readonly revealBy: Millis })
  | (Seated & { readonly status: 'concluded'; readonly outcome: Conclusion; readonly reason: string })

export type SeatedReview = Extract<Review, { seats: unknown }>

export type Reviews = {
  readonly byTask: Map<string, Review>
  /** Tasks whose draw waits for a beacon round, by that round. */
  readonly awaiting: Map<number, Set<string>>
  /** How many draws a task has had. */
  readonly draws: Map<string, number>
  /** Who was silent in a seat of a task: not drawn for it again, in no later draw either. */
  readonly recused: Map<string, ReadonlySet<string>>
}

export function emptyReviews(): Reviews {
  return { byTask: new Map(), awaiting: new Map(), draws: new Map(), recused: new Map() }
}

/** Mission and task ids hold no slash, so the joined key is unambiguous. */
export function reviewKey(mission: string, task: string): string {
  return `${mission}/${task}`
}

export function isSeated(review: Review | undefined): review is SeatedReview {
  return review !== undefined && review.status !== 'awaiting_beacon' && review.status !== 'blocked'
}
