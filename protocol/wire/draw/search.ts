/**
 * When members so far can be completed, for reviewer sets: distinct operators, region caps, minimums of regions,
 * organizations, model families and method types, an exact number of seats up to sixteen. Exact, by search.
 *
 * Covering three things at once with few members is three-dimensional matching, for which no counting argument is
 * known; so the search branches, and looks only where an answer can lie:
 *
 * - *Branch.* In the dimension with the least to spare, some member must show a value not shown yet. Try each such
 *   candidate; the next try may not use the ones before it, so no set is looked at twice.
 * - *Bound.* A dimension needs as many fresh values as it misses; two dimensions together need missing₁ + missing₂ −
 *   (largest matching between their fresh values) seats; the open seats must be fillable at all (operators assigned
 *   to regions).
 * - *Fill.* When nothing is missing, any filling of the open seats will do.
 * - *Kernel.* With m seats open, of candidates that agree in region and in every value still missing, m with
 *   distinct operators are enough: the other m − 1 members use at most m − 1 operators. Of candidates that agree in
 *   all but organization and operator, 2m − 1 that differ pairwise in both are enough: each other member uses up one
 *   organization and one operator.
 * - *Witness.* The completion found last answers most questions after it: a candidate in it is taken, and so is one
 *   that can stand in for a member of it.
 *
 * A refusal is final (as in `chamber.ts`), for the candidate and for all who agree with it in every value and the
 * operator. The search counts its steps; past `MAX_STEPS` in one draw it gives up with Malformed `draw-too-hard`,
 * the same everywhere, because steps are counted and not seconds. No pool of less than a hundred thousand distinct
 * arrangements comes near.
 *
 * Source: spec 3.4, 5.4.
 */
import type { Census } from './census.ts'
import type { Completion, Minimums } from './completion.ts'
import { assign } from './matching.ts'
import { operatorOf } from './pool.ts'
import type { Candidate } from './rules.ts'

export const MAX_STEPS = 50_000

/** Thrown inside the search only; `draw.ts` turns it into Malformed `draw-too-hard`. */
export class TooHard extends Error {}

const DIMENSIONS = ['regions', 'organizations', 'modelFamilies', 'methodTypes'] as const
const REGION = 0
const ORGANIZATION = 1

type Member = {
  readonly index: number
  readonly region: number
  readonly operator: number
  /** A value in each dimension, −1 where it shows none that counts. */
  readonly values: readonly number[]
}

/** Members taken so far: what they use up and what they show. */
type Taken = {
  seats: number
  readonly capacity: Int32Array
  readonly operators: Set<number>
  /** How many members show a value. */
  readonly shown: readonly Map<number, number>[]
}

export function searchCompletion(census: Census, minimums: Minimums): Completion {
  const { pool } = census
  const { rules, pool: candidates } = pool.input
  const required = DIMENSIONS.map((dimension) => minimums[dimension])
  const numbers = DIMENSIONS.map(() => new Map<string, number>())
  const operatorNumbers = new Map<string, number>()
  const members = new Map<number, Member>()
  for (const index of census.eligible) members.set(index, memberOf(candidates[index]!, index, pool.regionOf[index]!))
  const taken: Taken = {
    seats: pool.seats,
    capacity: pool.capacity.slice(),
    operators: new Set(),
    shown: DIMENSIONS.map(() => new Map<number, number>()),
  }
  for (const member of pool.seated) {
    const region = pool.regionNumbers.get(member.region)!
    show(memberOf(member, -1, region), 1)
    if (rules.distinctOperators) taken.operators.add(numberOf(operatorNumbers, operatorOf(member)))
  }
  const refused = new Set<string>()
  let witness: Member[] | undefined
  let steps = 0

  function memberOf(candidate: Candidate, index: number, region: number): Member {
    const shown = [candidate.region, candidate.organization, candidate.modelFamily, candidate.methodType]
    const values = shown.map((value, d) => {
      if (value === undefined || required[d] === 0 || (d === REGION && pool.counting[region] === 0)) return -1
      return numberOf(numbers[d]!, value)
    })
    const operator = rules.distinctOperators ? numberOf(operatorNumbers, operatorOf(candidate)) : index
    return { index, region, operator, values }
  }

  function show(member: Member, by: 1 | -1): void {
    member.values.forEach((value, d) => {
      if (value < 0) return
      const count = (taken.shown[d]!.get(value) ?? 0) + by
      if (count === 0) taken.shown[d]!.delete(value)
      else taken.shown[d]!.set(value, count)
    })
  }

  function seat(member: Member): void {
    show(member, 1)
    taken.seats--
    taken.capacity[member.region]!--
    taken.operators.add(member.operator)
  }

  function unseat(member: Member): void {
    show(member, -1)
    taken.seats++
    taken.capacity[member.region]!++
    taken.operators.delete(member.operator)
  }

  function hasRoom(member: Member): boolean {
    return taken.capacity[member.region]! > 0 && !taken.operators.has(member.operator)
  }

  function missing(d: number): number {
    return Math.max(0, required[d]! - taken.shown[d]!.size)
  }

  function isFresh(member: Member, d: number): boolean {
    const value = member.values[d]!
    return value >= 0 && !taken.shown[d]!.has(value)
  }

  /** What a member shows that is still missing: its value there, −1 elsewhere. */
  function adds(member: Member, lacking: readonly number[]): number[] {
    return member.values.map((_, d) => (lacking[d]! > 0 && isFresh(member, d) ? member.values[d]! : -1))
  }

  /** Enough candidates to answer for all of them (see above). */
  function kernel(from: readonly Member[]): Member[] {
    const most = taken.seats
    const lacking = DIMENSIONS.map((_, d) => missing(d))
    const alike = new Map<string, { members: Member[]; operators: Set<number> }>()
    const groups = new Map<string, Member[]>()
    for (const member of from) {
      if (!hasRoom(member)) continue
      const shown = adds(member, lacking)
      const key = `${member.region} ${shown.join(' ')}`
      let same = alike.get(key)
      if (same === undefined) alike.set(key, (same = { members: [], operators: new Set() }))
      if (same.operators.size >= most || same.operators.has(member.operator)) continue
      same.operators.add(member.operator)
      shown[ORGANIZATION] = -1
      const group = `${member.region} ${shown.join(' ')}`
      const list = groups.get(group)
      if (list === undefined) groups.set(group, [member])
      else list.push(member)
    }
    if (lacking[ORGANIZATION] === 0) return [...groups.values()].flat()
    return [...groups.values()].flatMap((list) => differing(list, 2 * most - 1) ?? list)
  }

  /** `count` members that differ pairwise in organization and operator and whose organization is fresh. */
  function differing(list: readonly Member[], count: number): Member[] | undefined {
    const organizations = new Set<number>()
    const operators = new Set<number>()
    const out: Member[] = []
    for (const member of list) {
      const organization = member.values[ORGANIZATION]!
      if (!isFresh(member, ORGANIZATION) || organizations.has(organization) || operators.has(member.operator)) continue
      organizations.add(organization)
      operators.add(member.operator)
      out.push(member)
      if (out.length === count) return out
    }
    return undefined
  }

  /** Twice as many operators of each region as seats are open: enough to fill whatever the search uses up. */
  function fillersFrom(from: readonly Member[]): Member[] {
    const operators = Array.from(taken.capacity, () => new Set<number>())
    return from.filter((member) => {
      const list = operators[member.region]!
      if (list.size >= 2 * taken.seats || list.has(member.operator) || !hasRoom(member)) return false
      list.add(member.operator)
      return true
    })
  }

  /** Members that fill the open seats, nothing being missing; undefined when there are too few. */
  function fill(from: readonly Member[]): Member[] | undefined {
    if (taken.seats === 0) return []
    const byRegion = Array.from(taken.capacity, () => new Map<number, Member>())
    for (const member of from) {
      const list = byRegion[member.region]!
      if (list.size < taken.seats && hasRoom(member)) list.set(member.operator, member)
    }
    const namesOf = byRegion.map((list) => [...list.keys()])
    const seats = assign(namesOf, (region) => taken.capacity[region]!, taken.seats)
    if (seats.size < taken.seats) return undefined
    return Array.from(seats, ([operator, region]) => byRegion[region]!.get(operator)!)
  }

  /** Members that complete those taken, from `from`; `fillers` may fill seats besides. */
  function complete(from: readonly Member[], fillers: readonly Member[]): Member[] | undefined {
    if (++steps > MAX_STEPS) throw new TooHard()
    const lacking = DIMENSIONS.map((_, d) => missing(d))
    const open = DIMENSIONS.map((_, d) => d).filter((d) => lacking[d]! > 0)
    const filled = fill(fillers)
    if (filled === undefined) return undefined
    if (open.length === 0) return filled

    const usable = from.filter((member) => hasRoom(member) && open.some((d) => isFresh(member, d)))
    const spare = open.map(
      (d) => new Set(usable.filter((m) => isFresh(m, d)).map((m) => m.values[d]!)).size - lacking[d]!,
    )
    if (spare.some((left, i) => left < 0 || lacking[open[i]!]! > taken.seats)) return undefined
    for (const [i, d] of open.entries()) {
      for (const e of open.slice(i + 1)) if (pairNeeds(usable, lacking, d, e) > taken.seats) return undefined
    }

    const tightest = open[spare.indexOf(Math.min(...spare))]!
    const weight = (member: Member): number => open.filter((d) => isFresh(member, d)).length
    const tries = usable.filter((member) => isFresh(member, tightest)).sort((a, b) => weight(b) - weight(a))
    let rest: readonly Member[] = usable
    for (const member of tries) {
      rest = rest.filter((other) => other !== member)
      seat(member)
      const found = complete(rest, fillers)
      unseat(member)
      if (found !== undefined) return [member, ...found]
      const left = new Set(rest.filter((other) => isFresh(other, tightest)).map((other) => other.values[tightest]!))
      if (left.size < lacking[tightest]!) return undefined
    }
    return undefined
  }

  /** Fewest seats that can cover both dimensions. */
  function pairNeeds(usable: readonly Member[], lacking: readonly number[], d: number, e: number): number {
    const edges = new Map<number, Set<number>>()
    for (const member of usable) {
      if (!isFresh(member, d) || !isFresh(member, e)) continue
      const value = member.values[d]!
      const list = edges.get(value)
      if (list === undefined) edges.set(value, new Set([member.values[e]!]))
      else list.add(member.values[e]!)
    }
    const target = Math.min(lacking[d]!, lacking[e]!)
    const both = assign(
      [...edges.values()].map((list) => [...list]),
      () => 1,
      target,
    ).size
    return lacking[d]! + lacking[e]! - both
  }

  function findCompletion(): Member[] | undefined {
    const left = [...members.values()]
    return complete(kernel(left), fillersFrom(left))
  }

  /** The witness with the candidate in the place of one of its members, if that is still a completion. */
  function standIn(member: Member): Member[] | undefined {
    if (witness === undefined) return undefined
    for (const out of witness) {
      const rest = witness.filter((other) => other !== out)
      seat(member)
      const fits = fitsTogether(rest)
      unseat(member)
      if (fits) return rest
    }
    return undefined
  }

  function fitsTogether(rest: readonly Member[]): boolean {
    const seatedHere: Member[] = []
    for (const other of rest) {
      if (!hasRoom(other)) break
      seat(other)
      seatedHere.push(other)
    }
    const fits = seatedHere.length === rest.length && DIMENSIONS.every((_, d) => missing(d) === 0)
    for (const other of seatedHere) unseat(other)
    return fits
  }

  return {
    feasible() {
      witness = findCompletion()
      return witness !== undefined
    },

    takes(index) {
      const member = members.get(index)!
      members.delete(index)
      if (!hasRoom(member)) return false
      const key = `${member.region} ${rules.distinctOperators ? member.operator : ''} ${member.values.join(' ')}`
      if (refused.has(key)) return false
      if (witness?.includes(member) === true) {
        witness = witness.filter((other) => other !== member)
        seat(member)
        return true
      }
      let rest = standIn(member)
      seat(member)
      rest ??= findCompletion()
      if (rest === undefined) {
        unseat(member)
        refused.add(key)
        return false
      }
      witness = rest
      return true
    },
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}
