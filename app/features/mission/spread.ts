/** How different the reviewers of a task are, and what they say. Pure. */
import type { ReviewView, SeatView } from '../../data/missions.ts'

export type Spread = {
  readonly seats: number
  readonly families: number
  readonly methods: number
  readonly regions: number
  readonly organizations: number
}

export function spreadOf(seats: readonly SeatView[]): Spread {
  const different = (of: (seat: SeatView) => string) => new Set(seats.map(of)).size
  return {
    seats: seats.length,
    families: different((seat) => seat.model_family),
    methods: different((seat) => seat.method_type),
    regions: different((seat) => seat.region),
    organizations: different((seat) => seat.organization),
  }
}

export function approvingIn(review: ReviewView): readonly SeatView[] {
  return review.seats.filter((seat) => seat.decision?.verdict === 'approve' && seat.counted !== false)
}

/** Everybody who has spoken and does not approve. */
export function dissentIn(review: ReviewView): readonly SeatView[] {
  return review.seats.filter((seat) => seat.decision !== null && seat.decision.verdict !== 'approve')
}

/** Dissent first: it is what the reader must not miss. Otherwise as drawn. */
export function inReadingOrder(review: ReviewView): readonly SeatView[] {
  const dissent = dissentIn(review)
  return [...dissent, ...review.seats.filter((seat) => !dissent.includes(seat))]
}
