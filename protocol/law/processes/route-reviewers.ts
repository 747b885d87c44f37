/** The mission's task moves with its review: routed when reviewers sit, and again when one is replaced. */
import { isSeated } from '../review/state.ts'
import { reviewNow } from './now.ts'
import { NOTHING, type Process } from './process.ts'

export const routeReviewers: Process = (event, situation) => {
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
  if (event.event_type === 'review.replaced' || event.event_type === 'review.recused') {
    const { task, attempt } = event.data
    const { review } = reviewNow(situation, event.subject, task)
    return isSeated(review) ? [routed(event.subject, task, attempt, [...review.seats.keys()])] : NOTHING
  }
  return NOTHING
}

function routed(mission: string, task: string, attempt: number, reviewers: readonly string[]) {
  return { event_type: 'mission.reviewers_routed', subject: mission, data: { task, attempt, reviewers } }
}
