/**
 * Who is left in the pool, counted by region and organization.
 *
 * Made only when the plain walk fails: a draw from a million that finds its chamber in the first thousand ranks
 * never counts the rest. Completions count it down as candidates go by, so a census serves one walk.
 */
import { mayBeDrawn, type Pool } from './pool.ts'

export type Census = {
  readonly pool: Pool
  /** Those who may be drawn. */
  readonly eligible: readonly number[]
  /** Organization number by pool index. */
  readonly organizationOf: Int32Array
  readonly organizationNumbers: ReadonlyMap<string, number>
  /** Eligible candidates of each region. */
  readonly inRegion: Int32Array
  /** Eligible candidates of each pair, by `pairOf`. */
  readonly inPair: Map<number, number>
  /** Organizations that occur in each region, in order of appearance. */
  readonly organizationsIn: readonly number[][]
}

export function takeCensus(pool: Pool): Census {
  const candidates = pool.input.pool
  const regions = pool.capacity.length
  const eligible: number[] = []
  const organizationOf = new Int32Array(candidates.length)
  const organizationNumbers = new Map<string, number>()
  const inRegion = new Int32Array(regions)
  const inPair = new Map<number, number>()
  const organizationsIn: number[][] = Array.from({ length: regions }, () => [])
  for (const { organization } of pool.seated) numberOf(organizationNumbers, organization)
  for (let i = 0; i < candidates.length; i++) {
    if (!mayBeDrawn(pool, i)) continue
    eligible.push(i)
    const organization = numberOf(organizationNumbers, candidates[i]!.organization)
    organizationOf[i] = organization
    const region = pool.regionOf[i]!
    inRegion[region]!++
    const pair = organization * regions + region
    const count = inPair.get(pair) ?? 0
    inPair.set(pair, count + 1)
    if (count === 0) organizationsIn[region]!.push(organization)
  }
  return { pool, eligible, organizationOf, organizationNumbers, inRegion, inPair, organizationsIn }
}

export function pairOf(census: Census, region: number, organization: number): number {
  return organization * census.pool.capacity.length + region
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}
