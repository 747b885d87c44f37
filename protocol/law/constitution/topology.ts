/**
 * What a risk tier demands of a review, and what a chamber demands of a vote.
 *
 * Shape (R2): `{ tier: 'R2', reviewers: 5, approvals: 4, minModelFamilies: 2, minMethodTypes: 2, minRegions: 3,
 *   minOrganizations: 3, humanFinalGate: true, constitutionalFlow: false }`. Approvals are a minimum and a share:
 * with more reviewers the share approvals/reviewers still holds (spec 3.2).
 */
import * as Shape from '../../wire/shape.ts'
import type { Ratio } from './decimal.ts'
import type { ChamberId, TierId } from './schema/policy.ts'

export type { ChamberId, TierId }

export type Topology = {
  readonly tier: TierId
  readonly reviewers: number
  readonly approvals: number
  readonly minModelFamilies: number
  readonly minMethodTypes: number
  readonly minRegions: number
  readonly minOrganizations: number
  readonly humanFinalGate: boolean
  readonly constitutionalFlow: boolean
}

export type Chamber = { readonly size: number; readonly passThreshold: number }

export type Chambers = { readonly [chamber in ChamberId]: Chamber }

export type Geography = {
  readonly minRegions: number
  /** Largest share of the seats that one region holds, exact. */
  readonly regionCap: Ratio
  readonly minOrganizations: number
}

export type ElevationQuorum = { readonly humans: number; readonly regions: number; readonly organizations: number }

const number = Shape.integer({ min: 0, max: 16 })

/** A review topology that somebody asks for, whole. */
export const topologyDemand = Shape.object({
  reviewers: number,
  approvals: number,
  human_final_gate: Shape.boolean(),
  min_regions: number,
  min_organizations: number,
  min_model_families: number,
  min_method_types: number,
})
export type TopologyDemand = Shape.Infer<typeof topologyDemand>

/** What a demand has less of than the tier requires, or undefined where it is at least as strong (spec 3.2). */
export function weakerThan(demand: TopologyDemand, tier: Topology): keyof TopologyDemand | undefined {
  if (tier.humanFinalGate && !demand.human_final_gate) return 'human_final_gate'
  const least: readonly (readonly [Exclude<keyof TopologyDemand, 'human_final_gate'>, number])[] = [
    ['reviewers', tier.reviewers],
    ['approvals', tier.approvals],
    ['min_regions', tier.minRegions],
    ['min_organizations', tier.minOrganizations],
    ['min_model_families', tier.minModelFamilies],
    ['min_method_types', tier.minMethodTypes],
  ]
  return least.find(([field, needed]) => demand[field] < needed)?.[0]
}
