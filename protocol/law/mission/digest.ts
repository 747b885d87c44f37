/**
 * The digest that a human signs for: everything a final decision is about, in one canonical document.
 *
 * It binds the deployment, the mission and its attempt, what was asked, the evidence of every task, every review
 * with its verdict, and the outputs. So an approval cannot be spent on another mission, another attempt or other
 * evidence.
 *
 * Source: spec 3.1, 2.2.
 */
import { encode } from '../../wire/canonical-json.ts'
import { digest, type Digest } from '../../wire/sha256.ts'
import type { ArtifactRef } from './event.ts'
import type { Plan, PlannedMission } from './state.ts'

export type Integration = {
  readonly attempt: number
  readonly integrator: string
  readonly outputs: readonly ArtifactRef[]
  readonly summary: string
}

export function missionDocument(deployment: string, mission: PlannedMission, integration: Integration) {
  return {
    attempt: integration.attempt,
    deployment,
    integrator: integration.integrator,
    mission: mission.id,
    outputs: integration.outputs,
    owner: mission.owner,
    result: integration.summary,
    scope: mission.scope,
    summary: mission.summary,
    tasks: tasksOf(mission.plan),
    tier: mission.tier,
    title: mission.title,
  }
}

function tasksOf(plan: Plan) {
  return [...plan.tasks.values()].map((task) => ({
    attempt: task.attempt,
    domain_type: task.domain_type,
    evidence: task.evidence?.digest ?? null,
    id: task.id,
    instructions: task.instructions,
    reviews: task.reviews,
    title: task.title,
    worker: task.takenBy ?? null,
    ...(task.adjudication === undefined ? {} : { adjudication: task.adjudication }),
  }))
}

export function missionDigest(deployment: string, mission: PlannedMission, integration: Integration): Digest {
  return digest(encode(missionDocument(deployment, mission, integration)))
}
