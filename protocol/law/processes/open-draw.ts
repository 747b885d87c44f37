/**
 * Evidence was attached, or a blocked draw is opened anew: freeze who may be drawn, and name the beacon round that
 * will decide it. The round lies in the future, so nobody can choose.
 *
 * Source: spec 3.4.
 */
import { roundAt } from '../../wire/beacon.ts'
import { domainOfTask } from '../mission/domain.ts'
import { taskOf } from '../mission/state.ts'
import type { ReviewEvent } from '../review/event.ts'
import { exclusions } from '../review/exclusions.ts'
import { reviewNonce } from '../review/selection.ts'
import { reviewKey } from '../review/state.ts'
import { preparesProposal } from './pass-proposal.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

export const openDraw: Process = (event, situation) => {
  if (event.event_type === 'mission.evidence_attached') {
    if (preparesProposal(event.subject, situation)) return NOTHING
    const { task, attempt, worker, references } = event.data
    return [opened(event.subject, task, attempt, worker, references, situation)]
  }
  if (event.event_type === 'mission.rework_reversed') {
    const { task, attempt } = event.data
    const found = taskOf(situation.state.missions.get(event.subject), task)
    if (found?.evidence === undefined || found.takenBy === undefined) return NOTHING
    // Those whose outcome was overturned do not sit on it again.
    const { references } = found.evidence
    return [opened(event.subject, task, attempt, found.takenBy, references, situation, found.reviewers)]
  }
  if (event.event_type === 'review.reopened') {
    const { task, attempt } = event.data
    const found = taskOf(situation.state.missions.get(event.subject), task)
    if (found?.evidence === undefined || found.takenBy === undefined) return NOTHING
    // Those whose outcome was overturned stay out of this draw too. A conflict may have been withdrawn since: it is read
    // anew, so that a reopening can find more people than the blocked draw did.
    const blocked = situation.state.reviews.byTask.get(reviewKey(event.subject, task))
    const reviewed = situation.state.missions.get(event.subject)?.everReviewed ?? []
    const kept = blocked?.frozen.excluded.actors.filter((id) => reviewed.includes(id))
    return [opened(event.subject, task, attempt, found.takenBy, found.evidence.references, situation, kept)]
  }
  return NOTHING
}

function opened(
  mission: string,
  task: string,
  attempt: number,
  worker: string,
  references: readonly string[],
  { state, world, at }: Situation,
  sat: readonly string[] = [],
): ReviewEvent {
  const draw = (state.reviews.draws.get(reviewKey(mission, task)) ?? 0) + 1
  const { constitution, deployment } = world
  const found = state.missions.get(mission)
  const tier = found !== undefined && 'tier' in found ? found.tier : ''
  return {
    event_type: 'review.draw_opened',
    subject: mission,
    data: {
      task,
      attempt,
      draw,
      tier,
      domain_type: domainOfTask(found, task),
      round: roundAt(deployment.beacon, at) + constitution.reviews.beaconRounds,
      nonce: reviewNonce(mission, task, draw),
      previous_commitment: world.lastCommitment(),
      pool_size: world.reviewerPool().length,
      excluded: exclusions(mission, world, worker, [
        ...(state.reviews.recused.get(reviewKey(mission, task)) ?? []),
        ...sat,
      ]),
      references,
    },
  }
}
