/**
 * Why a pool holds no valid chamber: which constraint starves, with counts that anyone can compute again.
 *
 *     { reason: 'region_diversity', constraint: 'regions',
 *       counts: { size: 11, seated: 0, eligible: 240, required: 3, reachable: 2 } }
 *
 * Constraints are asked in a fixed order: the seats themselves (under caps and operators), then regions,
 * organizations, model families, method types, each alone; the first that cannot be met alone is the reason. When
 * each can be met alone, they are added in that order and the first that the others crowd out is named, with reason
 * `joint_diversity`. `reachable` is the most that can be had of the constraint: alone, or beside those before it.
 *
 * The seed plays no part: a pool without a valid chamber has none under any seed.
 * Source: spec 5.4, 3.4.
 */
import type { Census } from './census.ts'
import { chamberCompletion } from './chamber.ts'
import type { Completion, Minimums } from './completion.ts'
import { Fault } from '../fault.ts'
import { needsSearch, type DrawRules } from './rules.ts'
import { reviewerCompletion } from './reviewers.ts'
import type { Budget } from './search.ts'

export type InfeasibilityReason =
  | 'insufficient_eligible'
  | 'region_diversity'
  | 'organization_diversity'
  | 'model_family_diversity'
  | 'method_type_diversity'
  | 'joint_diversity'

export type StarvingConstraint = 'seats' | 'regions' | 'organizations' | 'model_families' | 'method_types'

export type Infeasibility = {
  readonly reason: InfeasibilityReason
  readonly constraint: StarvingConstraint
  readonly counts: {
    readonly size: number
    readonly seated: number
    readonly eligible: number
    readonly required: number
    readonly reachable: number
  }
}

const NOTHING: Minimums = { regions: 0, organizations: 0, modelFamilies: 0, methodTypes: 0 }

const ORDER = [
  { key: 'regions', constraint: 'regions', reason: 'region_diversity' },
  { key: 'organizations', constraint: 'organizations', reason: 'organization_diversity' },
  { key: 'modelFamilies', constraint: 'model_families', reason: 'model_family_diversity' },
  { key: 'methodTypes', constraint: 'method_types', reason: 'method_type_diversity' },
] as const

export function minimumsOf(rules: DrawRules): Minimums {
  return {
    regions: rules.minRegions,
    organizations: rules.minOrganizations,
    modelFamilies: rules.minModelFamilies,
    methodTypes: rules.minMethodTypes,
  }
}

export function completionOf(census: Census, minimums: Minimums, budget: Budget): Completion {
  return needsSearch(census.pool.input.rules)
    ? reviewerCompletion(census, minimums, budget)
    : chamberCompletion(census, minimums)
}

/** Of a pool that holds no valid chamber. */
export function whyInfeasible(census: Census, budget: Budget): Infeasibility {
  const { input, seated } = census.pool
  const wanted = minimumsOf(input.rules)
  const counts = { size: input.rules.size, seated: seated.length, eligible: census.eligible.length }

  if (!isFeasible(census, NOTHING, budget)) {
    const reachable = mostSeats(census, budget)
    return {
      reason: 'insufficient_eligible',
      constraint: 'seats',
      counts: { ...counts, required: counts.size, reachable },
    }
  }
  for (const { key, constraint, reason } of ORDER) {
    if (isFeasible(census, { ...NOTHING, [key]: wanted[key] }, budget)) continue
    const reachable = most(census, NOTHING, key, wanted[key], budget)
    return { reason, constraint, counts: { ...counts, required: wanted[key], reachable } }
  }
  let before = NOTHING
  for (const { key, constraint } of ORDER) {
    const asked = { ...before, [key]: wanted[key] }
    if (!isFeasible(census, asked, budget)) {
      const reachable = most(census, before, key, wanted[key], budget)
      return { reason: 'joint_diversity', constraint, counts: { ...counts, required: wanted[key], reachable } }
    }
    before = asked
  }
  throw new Fault('draw-feasible-after-all', { eligible: counts.eligible })
}

function isFeasible(census: Census, minimums: Minimums, budget: Budget): boolean {
  return completionOf(census, minimums, budget).feasible()
}

/** Most of one constraint beside the others; `tooMany` is known to be out of reach. */
function most(census: Census, beside: Minimums, key: keyof Minimums, tooMany: number, budget: Budget): number {
  let low = 0
  let high = Math.min(tooMany, census.pool.input.rules.size + 1)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isFeasible(census, { ...beside, [key]: middle }, budget)) low = middle
    else high = middle
  }
  return low
}

/** Seats that can be filled when nothing but caps and operators is asked, those already sitting included. */
function mostSeats(census: Census, budget: Budget): number {
  const { pool } = census
  let low = 0
  let high = pool.seats
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isFeasible({ ...census, pool: { ...pool, seats: middle } }, NOTHING, budget)) low = middle
    else high = middle
  }
  return low + pool.seated.length
}
