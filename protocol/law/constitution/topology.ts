/**
 * What a risk tier demands of a review, and what a chamber demands of a vote.
 *
 * Shape (R2): `{ tier: 'R2', reviewers: 5, approvals: 4, minModelFamilies: 2, minMethodTypes: 2, minRegions: 3,
 *   minOrganizations: 3, humanFinalGate: true, constitutionalFlow: false }`. Approvals are a minimum and a share:
 * with more reviewers the share approvals/reviewers still holds (spec 3.2).
 */
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
