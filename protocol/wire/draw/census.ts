/**
 * Who may be drawn, counted by region and organization.
 *
 * Made only when the plain walk fails: a draw from a million that finds its chamber in the first thousand ranks
 * never counts the rest.
 */
import { mayBeDrawn, numberOf, type Pool } from './pool.ts'

export type Census = {
  readonly pool: Pool
  /** Those who may be drawn. */
  readonly eligible: readonly number[]
  /** Organization number by pool index. */
  readonly organizationOf: Int32Array
  readonly organizationNumbers: ReadonlyMap<string, number>
  /** Eligible candidates of each region. */
  readonly inRegion: Int32Array
  /** Organizations of the eligible candidates of each region, each once. */
  readonly organizationsIn: readonly (readonly number[])[]
}

export function takeCensus(pool: Pool): Census {
  const candidates = pool.input.pool
  const regions = pool.capacity.length
  const eligible: number[] = []
  const organizationOf = new Int32Array(candidates.length)
  const organizationNumbers = new Map<string, number>()
  const inRegion = new Int32Array(regions)
  const organizationsIn = Array.from({ length: regions }, () => new Set<number>())
  for (const { organization } of pool.seated) numberOf(organizationNumbers, organization)
  for (let i = 0; i < candidates.length; i++) {
    if (!mayBeDrawn(pool, i)) continue
    eligible.push(i)
    const organization = numberOf(organizationNumbers, candidates[i]!.organization)
    organizationOf[i] = organization
    const region = pool.regionOf[i]!
    inRegion[region]!++
    organizationsIn[region]!.add(organization)
  }
  const lists = organizationsIn.map((organizations) => [...organizations])
  return { pool, eligible, organizationOf, organizationNumbers, inRegion, organizationsIn: lists }
}
