/** The parts of GET /v1/missions/:id that an agent reads. */
import type { ArtifactRef } from '../../protocol/law/mission/event.ts'

export type SeatJson = { readonly id: string; readonly sealed: boolean; readonly decision: object | null }

export type TaskJson = {
  readonly id: string
  readonly title: string
  readonly instructions: string
  readonly depends_on: readonly string[]
  readonly worker: string | null
  readonly state: string
  readonly attempt: number
  readonly evidence: {
    readonly digest: string
    readonly seq: number
    readonly artifacts: readonly { readonly name: string; readonly digest: string }[]
  } | null
  readonly review: { readonly status: string; readonly nonce: string; readonly seats: readonly SeatJson[] } | null
}

export type MissionJson = {
  readonly id: string
  readonly title: string
  readonly state: string
  readonly held: string | null
  readonly revision: number
  readonly mission_class: string | null
  readonly scope: {
    readonly scope: string
    readonly domain_type: string
    readonly acceptance_criteria: readonly string[]
    readonly inputs: readonly ArtifactRef[]
    readonly planner: string
    readonly integrator: string
  } | null
  readonly tasks: readonly TaskJson[]
}
