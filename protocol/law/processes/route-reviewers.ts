/** The mission's task moves with its review: routed when reviewers sit, and again when one is replaced. */
import { isSeated, reviewKey } from '../review/state.ts'
import { NOTHING, type Process } from './process.ts'

export const routeReviewers: Process = (event, { state }) => {
  if (event.event_type === 'review.assigned') {
    const { task, attempt, reviewers } = event.data
    return [
      routed(
        event.subject,
        task,
        attempt,
        reviewers.map((seat) => seat.id),
      ),
    ]
  }
  if (event.event_type === 'review.replaced') {
    const { task, attempt, silent, reviewers } = event.data
    const review = state.reviews.byTask.get(reviewKey(event.subject, task))
    const kept = isSeated(review) ? [...review.seats.keys()].filter((id) => !silent.includes(id)) : []
    return [routed(event.subject, task, attempt, [...kept, ...reviewers.map((seat) => seat.id)])]
  }
  return NOTHING
}

function routed(mission: string, task: string, attempt: number, reviewers: readonly string[]) {
  return { event_type: 'mission.reviewers_routed', subject: mission, data: { task, attempt, reviewers } }
}
