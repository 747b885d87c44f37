/**
 * When members so far can be completed, for chambers: region caps, a minimum of regions, a minimum of
 * organizations, an exact number of seats. Exact for every pool, without search.
 *
 * Let m seats be open, a regions and b organizations be missing. `c_r` is what region r may still hold, `q_r` how
 * many of its candidates are left. A region is *fresh* when it counts, has no member, and c_r, q_r ≥ 1; an
 * organization when it has no member. Two numbers come from assigning fresh organizations to regions they occur in:
 *
 *     F = most organizations that fit, each region holding at most c_r of them
 *     μ = most that fit when only fresh regions are used, one organization each
 *
 * **Claim.** A completion exists if and only if
 *
 *     (1) Σ min(q_r, c_r) ≥ m      (2) fresh regions ≥ a      (3) F ≥ b      (4) max(a, b, a + b − μ) ≤ m
 *
 * *Size comes last.* Sets that respect the caps are the independent sets of a partition matroid, so a set that
 * covers what is missing with at most m members grows to exactly m whenever (1) holds, and growing loses no
 * coverage. It remains to find the fewest members that cover.
 *
 * *At least that many.* From a covering set keep one member for each of b fresh organizations. They touch y fresh
 * regions. Each of the other a − y regions needs a member more: b + max(0, a − y) in all. The y regions with one of
 * their organizations each are an assignment counted by μ, so y ≤ min(b, μ), and (2), (3) are plainly needed.
 *
 * *That many suffice.* Take min(b, μ) organizations assigned to as many fresh regions. By (3) augmenting paths
 * raise this to b organizations; a path leaves the load of every region it passes unchanged and adds one at its end,
 * so the fresh regions touched stay touched. By (2) further fresh regions exist; one member of each, and an untouched
 * region has room. Members used: b + max(0, a − min(b, μ)) = max(a, b, a + b − μ). ∎
 *
 * **When nothing is tight nobody is turned away.** If F > b and max(a, b, a + b − μ) < m, every candidate below its
 * cap can be taken: taking one lowers F by at most two, and by two only if b falls as well; m falls by one and the
 * bound in (4) does not rise, since removing a vertex of the matching lowers μ by at most one and a or b with it.
 * Only from the first tight state on is every candidate tested.
 *
 * **A no is final, and need not be struck out.** A completion after more members and fewer candidates is also one
 * from before. So a refused candidate is in no later completion, and may stay in all counts without changing an
 * answer; only those taken leave them.
 *
 * **The graph stays small.** For the tests b + 1 fresh organizations of each region are kept: one that is dropped can
 * always be exchanged for a kept one that no other member uses. So each test is on a graph of regions × (b + 1)
 * edges, however large the pool.
 *
 * **A no goes for others.** For the region's candidates of covered organizations, if the refused one is of a covered
 * organization: they are alike. For all of fresh organizations, if the refused one's is not kept: taking it took
 * nothing from anybody else, and still would not do.
 *
 * Source: spec 5.4.
 */
import type { Census } from './census.ts'
import type { Completion, Minimums } from './completion.ts'
import { assign } from './matching.ts'

export function chamberCompletion(census: Census, minimums: Minimums): Completion {
  const { pool } = census
  const regions = pool.capacity.length
  const capacity = pool.capacity.slice()
  const inRegion = census.inRegion.slice()
  /** 1: counts toward the minimum and has no member yet. */
  const uncovered = pool.counting.slice()
  const covered = new Set<number>()
  const refused = { pairs: new Set<number>(), covered: new Set<number>(), fresh: new Set<number>() }

  let seats = pool.seats
  let missingRegions = minimums.regions
  let missingOrganizations = minimums.organizations
  let tight = false
  let kept = keep()

  for (const { region, organization } of pool.seated) {
    cover(pool.regionNumbers.get(region)!, census.organizationNumbers.get(organization)!)
  }

  function cover(region: number, organization: number): void {
    if (uncovered[region] === 1) missingRegions = Math.max(0, missingRegions - 1)
    if (!covered.has(organization)) missingOrganizations = Math.max(0, missingOrganizations - 1)
    uncovered[region] = 0
    covered.add(organization)
    kept = keep()
  }

  /** b + 1 fresh organizations of each region, or all there are. */
  function keep(): number[][] {
    return census.organizationsIn.map((organizations) => {
      const fresh: number[] = []
      for (const organization of organizations) {
        if (fresh.length > missingOrganizations) break
        if (!covered.has(organization)) fresh.push(organization)
      }
      return fresh
    })
  }

  function isFresh(region: number): boolean {
    return uncovered[region] === 1 && capacity[region]! > 0 && inRegion[region]! > 0
  }

  /**
   * Conditions (1) to (4) for a regions and b organizations missing and m seats open: below zero there is no
   * completion, at zero something is tight.
   */
  function slack(a: number, b: number, m: number, without = -1): number {
    let fresh = 0
    let seatable = 0
    for (let region = 0; region < regions; region++) {
      if (isFresh(region)) fresh++
      seatable += Math.min(capacity[region]!, inRegion[region]!)
    }
    if (seatable < m || fresh < a) return -1
    if (b === 0) return m - a
    const fits = assign(kept, (region) => capacity[region]!, b + 1, without).size
    const both = a === 0 ? 0 : assign(kept, (region) => (isFresh(region) ? 1 : 0), Math.min(a, b), without).size
    return Math.min(fits - b, m - Math.max(a, b, a + b - both))
  }

  /** Conditions (1) to (4) as they would stand with the candidate taken. */
  function completableWith(region: number, organization: number): boolean {
    const coversRegion = uncovered[region] === 1
    const coversOrganization = !covered.has(organization)
    const a = Math.max(0, missingRegions - (coversRegion ? 1 : 0))
    const b = Math.max(0, missingOrganizations - (coversOrganization ? 1 : 0))
    uncovered[region] = 0
    capacity[region]!--
    inRegion[region]!--
    const answer = slack(a, b, seats - 1, coversOrganization ? organization : -1)
    inRegion[region]!++
    capacity[region]!++
    uncovered[region] = coversRegion ? 1 : 0
    return answer >= 0
  }

  /** Asks once for each case that differs. */
  function isRefused(region: number, organization: number): boolean {
    const pair = organization * regions + region
    const isCovered = covered.has(organization)
    if (isCovered ? refused.covered.has(region) : refused.fresh.has(region) || refused.pairs.has(pair)) return true
    if (completableWith(region, organization)) return false
    if (isCovered) refused.covered.add(region)
    else if (kept.some((organizations) => organizations.includes(organization))) refused.pairs.add(pair)
    else refused.fresh.add(region)
    return true
  }

  return {
    feasible() {
      return slack(missingRegions, missingOrganizations, seats) >= 0
    },

    takes(index) {
      const region = pool.regionOf[index]!
      const organization = census.organizationOf[index]!
      if (capacity[region] === 0) return false
      tight ||= slack(missingRegions, missingOrganizations, seats) <= 0
      if (tight && isRefused(region, organization)) return false
      cover(region, organization)
      capacity[region]!--
      inRegion[region]!--
      seats--
      return true
    },
  }
}
