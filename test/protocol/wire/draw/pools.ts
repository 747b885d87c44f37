/**
 * Small random pools for the draw's property tests, the same on every machine.
 *
 * `loose` pools mostly hold a chamber; in `tight` ones the minimums lie at or just below what the pool can show,
 * organizations keep to a home region, and caps leave little room: there the look-ahead has to earn its keep.
 */
import { hash } from '../../../../protocol/wire/sha256.ts'
import type { Candidate, DrawInput, DrawRules } from '../../../../protocol/wire/draw.ts'

export type Below = (bound: number) => number

/** Whole numbers below a bound, from a fixed start. */
export function numbers(start: number): Below {
  let state = start >>> 0
  return (bound) => {
    state = (state + 0x9e3779b9) >>> 0
    let x = state
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    return ((x ^ (x >>> 16)) >>> 0) % bound
  }
}

/** DRAW_CASES=5 runs five times as many cases: the hundred thousand that the specification speaks of. */
export function cases(count: number): number {
  return count * Number(process.env['DRAW_CASES'] ?? 1)
}

export const CHAMBER: DrawRules = {
  size: 3,
  regionCap: undefined,
  minRegions: 0,
  minOrganizations: 0,
  minModelFamilies: 0,
  minMethodTypes: 0,
  distinctOperators: false,
}

export function seedOf(number: number): Uint8Array {
  return hash(Uint8Array.of(number & 255, (number >> 8) & 255, (number >> 16) & 255))
}

export function randomInput(below: Below, kind: 'chamber' | 'reviewers', tension: 'loose' | 'tight'): DrawInput {
  const tight = tension === 'tight'
  const reviewers = kind === 'reviewers'
  const members = tight ? 6 + below(reviewers ? 5 : 7) : 1 + below(9)
  const regions = 1 + below(5)
  const organizations = 1 + below(6)
  const homes = Array.from({ length: organizations }, () => below(regions))
  const homely = tight ? below(4) : 0
  const [operators, families, methods] = [1 + below(6), 1 + below(3), 1 + below(3)]
  const pool = Array.from({ length: members }, (_, i): Candidate => {
    const organization = Math.min(below(organizations), below(organizations))
    const region = below(4) < homely ? homes[organization]! : Math.min(below(regions), below(regions))
    const place = { id: `c${i}`, region: `r${region}`, organization: `o${organization}` }
    if (!reviewers) return place
    const operator = below(8) === 0 ? {} : { operator: `p${below(operators)}` }
    return { ...place, ...operator, modelFamily: `f${below(families)}`, methodType: `m${below(methods)}` }
  })
  const size = 1 + below(Math.min(6, members))
  const reach = (values: readonly unknown[]): number => Math.min(new Set(values).size, size)
  const minimum = (values: readonly unknown[]): number =>
    tight ? Math.max(0, reach(values) - below(3)) : below(reach(values) + 2)
  const rules: DrawRules = {
    size,
    regionCap: below(3) === 0 ? undefined : tight ? Math.ceil(size / regions) + below(2) : below(4),
    minRegions: minimum(pool.map(({ region }) => region)),
    minOrganizations: minimum(pool.map(({ organization }) => organization)),
    minModelFamilies: reviewers ? minimum(pool.map(({ modelFamily }) => modelFamily)) : 0,
    minMethodTypes: reviewers ? minimum(pool.map(({ methodType }) => methodType)) : 0,
    distinctOperators: reviewers && below(2) === 0,
    ...(below(4) === 0 ? { regionMinMembers: 1 + below(3) } : {}),
    ...(below(tight ? 12 : 4) === 0 ? { regionShareFactor: ['0.5', '1.0', '1.5', '2'][below(4)]! } : {}),
  }
  const recused = new Set(pool.filter(() => below(tight ? 20 : 8) === 0).map(({ id }) => id))
  const seated = below(4) > 0 ? [] : pool.filter(({ id }) => !recused.has(id) && below(5) === 0).slice(0, size)
  return { pool, rules, recused, seated, seed: hash(Uint8Array.from({ length: 8 }, () => below(256))) }
}
