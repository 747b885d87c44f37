/**
 * The blueprint's walk: down the ranking, skipping whoever breaks a cap or shares an operator, until the seats are
 * full; then count.
 *
 * Where it succeeds it is the lexicographically first valid chamber: whoever it skips fits with none of the
 * completions of those before, and whoever it takes is completed by the rest of the walk. It costs next to nothing
 * and is all that most draws need.
 */
import { operatorOf, type Pool } from './pool.ts'
import { inRankOrder } from './ranking.ts'
import type { Candidate, DrawRules } from './rules.ts'

/** Indices of the newly seated in rank order; undefined when the walk does not end in a valid chamber. */
export function plainWalk(pool: Pool): number[] | undefined {
  const { pool: candidates, rules } = pool.input
  const capacity = pool.capacity.slice()
  const operators = new Set(pool.seated.map(operatorOf))
  const taken: number[] = []
  if (pool.seats > 0 && canFill(pool)) {
    for (const index of inRankOrder(pool)) {
      const region = pool.regionOf[index]!
      const operator = rules.distinctOperators ? operatorOf(candidates[index]!) : ''
      if (capacity[region] === 0 || (rules.distinctOperators && operators.has(operator))) continue
      capacity[region]!--
      operators.add(operator)
      taken.push(index)
      if (taken.length === pool.seats) break
    }
  }
  if (taken.length < pool.seats) return undefined
  const members = [...pool.seated, ...taken.map((index) => candidates[index]!)]
  return isDiverse(pool, members, rules) ? taken : undefined
}

/** Whether caps leave enough seats, counting the recused as well: a pool that fails this need not be ranked. */
function canFill(pool: Pool): boolean {
  let seatable = 0
  for (let region = 0; region < pool.capacity.length; region++) {
    seatable += Math.min(pool.capacity[region]!, pool.members[region]!)
  }
  return seatable >= pool.seats
}

function isDiverse(pool: Pool, members: readonly Candidate[], rules: DrawRules): boolean {
  const regions = members.filter((member) => pool.counting[pool.regionNumbers.get(member.region)!] === 1)
  return (
    different(regions, (member) => member.region) >= rules.minRegions &&
    different(members, (member) => member.organization) >= rules.minOrganizations &&
    different(members, (member) => member.modelFamily) >= rules.minModelFamilies &&
    different(members, (member) => member.methodType) >= rules.minMethodTypes
  )
}

function different(members: readonly Candidate[], of: (member: Candidate) => string | undefined): number {
  return new Set(members.map(of).filter((value) => value !== undefined)).size
}
