/** The state of things inside an entry: what the fold holds, with what this entry has brought so far. */
import type { LawEvent } from '../events.ts'
import { evolveReview } from '../review/evolve.ts'
import type { ReviewEvent } from '../review/event.ts'
import { emptyReviews, reviewKey, type Review } from '../review/state.ts'
import type { Situation } from './process.ts'

/** A task's review and who may not sit in it again, this entry's events among it. */
export function reviewNow(
  { state, soFar }: Situation,
  mission: string,
  task: string,
): { readonly review: Review | undefined; readonly recused: ReadonlySet<string> } {
  const key = reviewKey(mission, task)
  const now = emptyReviews()
  const review = state.reviews.byTask.get(key)
  if (review !== undefined) now.byTask.set(key, review)
  now.recused.set(key, new Set(state.reviews.recused.get(key)))
  for (const event of soFar as readonly LawEvent[]) {
    if (event.subject === mission && isOfSeats(event) && event.data.task === task) evolveReview(now, event)
  }
  return { review: now.byTask.get(key), recused: now.recused.get(key) ?? new Set() }
}

/** A draw opens with a pool, and no draw is made in the entry that opens it. */
type OfSeats = Exclude<ReviewEvent, { event_type: 'review.draw_opened' }>

const OF_SEATS: ReadonlySet<string> = new Set<OfSeats['event_type']>([
  'review.assigned',
  'review.blocked',
  'review.committed',
  'review.reveal_opened',
  'review.revealed',
  'review.replaced',
  'review.recused',
  'review.concluded',
])

function isOfSeats(event: LawEvent): event is OfSeats {
  return OF_SEATS.has(event.event_type)
}
