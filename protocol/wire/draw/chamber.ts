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
 * **Nobody is tested twice.** A completion after more members and fewer candidates is also one from before, so a
 * refusal of a region and organization is final. For the tests at most `b + 1` fresh organizations of each region
 * are kept: one that is dropped can always be exchanged for a kept one that no other member uses. Organizations
 * kept nowhere are alike, and share one refusal for each region.
 *
 * Cost: the tests are on a graph of regions × (b + 1) edges, however large the pool.
 * Source: spec 5.4.
 */
import { pairOf, type Census } from './census.ts'
import type { Completion, Minimums } from './completion.ts'
import { assign } from './matching.ts'

/** Counts down the census as candidates are offered; asking `feasible` leaves it as it was. */
export function chamberCompletion(census: Census, minimums: Minimums): Completion {
  const { pool, inRegion, inPair, organizationsIn } = census
  const regions = pool.capacity.length
  const capacity = pool.capacity.slice()
  /** 1: counts toward the minimum and has no member yet. */
  const uncovered = pool.counting.slice()
  const coveredOrganizations = new Set<number>()
  const refused = new Set<number>()
  const refusedUnkept = new Uint8Array(regions)
  const refusedCovered = new Uint8Array(regions)

  let seats = pool.seats
  let missingRegions = minimums.regions
  let missingOrganizations = minimums.organizations
  let tight = false
  let kept: number[][] | undefined

  for (const member of pool.seated) {
    cover(pool.regionNumbers.get(member.region)!, census.organizationNumbers.get(member.organization)!)
  }

  function cover(region: number, organization: number): void {
    if (uncovered[region] === 1) {
      uncovered[region] = 0
      missingRegions = Math.max(0, missingRegions - 1)
    }
    if (!coveredOrganizations.has(organization)) {
      coveredOrganizations.add(organization)
      missingOrganizations = Math.max(0, missingOrganizations - 1)
    }
  }

  /** Up to b + 1 fresh organizations of each region that has room. */
  function keep(): number[][] {
    if (kept !== undefined) return kept
    const most = missingOrganizations + 1
    kept = organizationsIn.map((list, region) => {
      const out: number[] = []
      if (capacity[region] === 0) return out
      for (let i = 0; i < list.length && out.length < most;) {
        const organization = list[i]!
        if (!inPair.has(pairOf(census, region, organization)) || coveredOrganizations.has(organization)) {
          list[i] = list[list.length - 1]!
          list.pop()
          continue
        }
        out.push(organization)
        i++
      }
      return out
    })
    return kept
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
    if (b === 0) return a === 0 ? m : m - a
    const namesOf = keep()
    const fits = assign(namesOf, (region) => capacity[region]!, b + 1, without).size
    if (fits < b) return -1
    const both = a === 0 ? 0 : assign(namesOf, (region) => (isFresh(region) ? 1 : 0), Math.min(a, b), without).size
    return Math.min(fits - b, m - Math.max(a, b, a + b - both))
  }

  /** The candidate is behind us, whether it was taken or not. */
  function pass(region: number, organization: number): void {
    inRegion[region]!--
    const pair = pairOf(census, region, organization)
    const left = inPair.get(pair)! - 1
    if (left > 0) inPair.set(pair, left)
    else {
      inPair.delete(pair)
      if (kept?.[region]!.includes(organization) === true) kept = undefined
    }
  }

  function seat(region: number, organization: number): void {
    cover(region, organization)
    capacity[region]!--
    seats--
    kept = undefined
  }

  function isRefused(region: number, organization: number): boolean {
    if (coveredOrganizations.has(organization)) return refusedCovered[region] === 1
    return refused.has(pairOf(census, region, organization)) || (refusedUnkept[region] === 1 && !isKept(organization))
  }

  function isKept(organization: number): boolean {
    return keep().some((list) => list.includes(organization))
  }

  function refuse(region: number, organization: number): void {
    if (coveredOrganizations.has(organization)) refusedCovered[region] = 1
    else if (isKept(organization)) refused.add(pairOf(census, region, organization))
    else refusedUnkept[region] = 1
  }

  /** Conditions (1) to (4) as they would stand with the candidate taken. */
  function completableWith(region: number, organization: number): boolean {
    const coversRegion = uncovered[region] === 1
    const coversOrganization = !coveredOrganizations.has(organization)
    const a = Math.max(0, missingRegions - (coversRegion ? 1 : 0))
    const b = Math.max(0, missingOrganizations - (coversOrganization ? 1 : 0))
    keep()
    uncovered[region] = 0
    capacity[region]!--
    const answer = slack(a, b, seats - 1, coversOrganization ? organization : -1)
    capacity[region]!++
    uncovered[region] = coversRegion ? 1 : 0
    return answer >= 0
  }

  return {
    feasible() {
      return slack(missingRegions, missingOrganizations, seats) >= 0
    },

    takes(index) {
      const region = pool.regionOf[index]!
      const organization = census.organizationOf[index]!
      pass(region, organization)
      if (capacity[region] === 0) return false
      tight ||= slack(missingRegions, missingOrganizations, seats) <= 0
      if (tight) {
        if (isRefused(region, organization)) return false
        if (!completableWith(region, organization)) {
          refuse(region, organization)
          return false
        }
      }
      seat(region, organization)
      return true
    },
  }
}
