/**
 * Who goes out of service leaves every seat of a review that is not concluded. The next of the same draw takes it, as
 * a silent one's; but it is nobody's failure (spec 4.5, 3.4; I-04).
 */
import type { EventDraft } from '../constraints/event.ts'
import { replaceSeats, termsOf } from '../review/replacement.ts'
import { isSeated } from '../review/state.ts'
import { reviewNow } from './now.ts'
import type { Situation } from './process.ts'

const ENDS: ReadonlySet<string> = new Set(['trust.machine_quarantined', 'trust.machine_decommissioned'])

export function vacated(leaving: ReadonlySet<string>, situation: Situation): readonly EventDraft[] {
  if (leaving.size === 0) return []
  const { state, world, at, soFar } = situation
  const events: EventDraft[] = []
  // One entry can put several out of service, one by one: none of them succeeds another.
  const out = new Set([
    ...leaving,
    ...soFar.flatMap(({ event_type, subject }) => (ENDS.has(event_type) ? [subject] : [])),
  ])
  const moved = new Set(soFar.flatMap(({ event_type, subject }) => (event_type === 'review.replaced' ? [subject] : [])))
  for (const seen of state.reviews.byTask.values()) {
    if (!isSeated(seen) || !(holdsOne(seen.seats, leaving) || moved.has(seen.mission))) continue
    const { review, recused } = reviewNow(situation, seen.mission, seen.task)
    if (review?.status !== 'sealing' && review?.status !== 'revealing') continue
    if (!holdsOne(review.seats, leaving)) continue
    const passed = new Set([...recused, ...out])
    const gone = [...review.seats.keys()].filter((id) => leaving.has(id))
    events.push(...replaceSeats(review, gone, 'out-of-service', passed, termsOf(review.mission, world, at)))
  }
  return events
}

function holdsOne(seats: ReadonlyMap<string, unknown>, leaving: ReadonlySet<string>): boolean {
  for (const id of leaving) if (seats.has(id)) return true
  return false
}
