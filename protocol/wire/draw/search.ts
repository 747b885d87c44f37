/**
 * Whether members taken so far can be completed to a valid reviewer set: distinct operators, region caps, minimums in
 * four dimensions, an exact number of seats. Exact, by search; the answer is a set that completes them.
 *
 * To cover three things at once with few members is three-dimensional matching, for which no counting argument is
 * known. So the search branches, and looks only where an answer can lie:
 *
 * - *Bound.* A dimension lacks no more than its fresh values and the open seats; two dimensions need lacks₁ + lacks₂ −
 *   (largest matching between their fresh values) seats; members add at most their number of fresh values each; the
 *   open seats can be filled at all (operators assigned to regions).
 * - *Branch.* In the dimension with the least to spare, some member shows a fresh value. Values with the fewest
 *   candidates come first, and among those the candidates that add most. A candidate that was tried is out for the
 *   tries after it, so no set is looked at twice.
 * - *Fill.* When nothing is lacking, any filling of the open seats will do.
 *
 * Steps are counted, for a whole draw together; past `MAX_STEPS` the search gives up. Everything is numbered and tried
 * in an order that pool and seed alone decide, so it gives up at the same step everywhere.
 * Reviews as the tiers ask for them take tens of steps. In thousands of random pools that just allow or just do not
 * allow sets different in every respect at once, no set of up to ten members came near the limit; of such sets of
 * sixteen one in four passed it.
 */
import type { Kernel } from './kernel.ts'
import { assign } from './matching.ts'
import { hasRoom, isFresh, lacking, seat, unseat, type Member, type Taken } from './taken.ts'

export const MAX_STEPS = 20_000

/** Rarity is 1 / count in these units. */
const RARITY_UNIT = 2 ** 20

export type Budget = { steps: number }

/** Thrown here and caught in `draw.ts`, which answers Malformed `draw-too-hard`. */
export class TooHard extends Error {}

export function complete(taken: Taken, { covering, filling }: Kernel, budget: Budget): Member[] | undefined {
  return search(taken, covering, filling, budget)
}

function search(
  taken: Taken,
  covering: readonly Member[],
  filling: readonly Member[],
  budget: Budget,
): Member[] | undefined {
  if (--budget.steps < 0) throw new TooHard()
  const filled = fill(taken, filling)
  if (filled === undefined) return undefined
  const lacks = lacking(taken)
  const open = [0, 1, 2, 3].filter((d) => lacks[d]! > 0)
  if (open.length === 0) return filled

  const usable = heavyEnough(taken, covering, lacks, open)
  const spare = open.map((d) => freshValues(taken, usable, d).size - lacks[d]!)
  if (spare.some((left) => left < 0) || open.some((d) => lacks[d]! > taken.seats)) return undefined
  for (const [i, d] of open.entries()) {
    for (const e of open.slice(i + 1)) if (seatsForBoth(taken, usable, lacks, d, e) > taken.seats) return undefined
  }

  const tightest = tightestOf(taken, usable, open, spare)
  let rest = usable
  for (const member of inOrderOfTrial(taken, usable, open, tightest)) {
    rest = rest.filter((other) => other !== member)
    seat(taken, member)
    const found = search(taken, rest, filling, budget)
    unseat(taken, member)
    if (found !== undefined) return [member, ...found]
    if (freshValues(taken, rest, tightest).size < lacks[tightest]!) return undefined
  }
  return undefined
}

/** Members with room that add enough: whoever adds less leaves more than the other seats can cover. */
function heavyEnough(
  taken: Taken,
  from: readonly Member[],
  lacks: readonly number[],
  open: readonly number[],
): Member[] {
  const weighed = from
    .filter((member) => hasRoom(taken, member))
    .map((member) => ({ member, weight: weightOf(taken, member, open) }))
  const heaviest = weighed.reduce((most, { weight }) => Math.max(most, weight), 0)
  const total = open.reduce((sum, d) => sum + lacks[d]!, 0)
  const least = Math.max(1, total - (taken.seats - 1) * heaviest)
  return weighed.filter(({ weight }) => weight >= least).map(({ member }) => member)
}

function weightOf(taken: Taken, member: Member, open: readonly number[]): number {
  let weight = 0
  for (const d of open) if (isFresh(taken, member, d)) weight++
  return weight
}

function freshValues(taken: Taken, from: readonly Member[], d: number): Map<number, number> {
  const counts = new Map<number, number>()
  for (const member of from) {
    if (isFresh(taken, member, d)) counts.set(member.values[d]!, (counts.get(member.values[d]!) ?? 0) + 1)
  }
  return counts
}

/** The dimension with the least to spare; of several, the one with the rarest value. */
function tightestOf(
  taken: Taken,
  usable: readonly Member[],
  open: readonly number[],
  spare: readonly number[],
): number {
  const least = Math.min(...spare)
  const rarest = (d: number): number => Math.min(...freshValues(taken, usable, d).values())
  return open.filter((_, i) => spare[i] === least).toSorted((a, b) => rarest(a) - rarest(b))[0]!
}

/** Those who show a fresh value in `d`: rarest values first, then whoever adds most, then whoever adds the rarest. */
function inOrderOfTrial(taken: Taken, usable: readonly Member[], open: readonly number[], d: number): Member[] {
  const counts = new Map(open.map((e) => [e, freshValues(taken, usable, e)]))
  const countOf = (member: Member, e: number): number => counts.get(e)!.get(member.values[e]!)!
  return usable
    .filter((member) => isFresh(taken, member, d))
    .map((member) => {
      const added = open.filter((e) => isFresh(taken, member, e))
      const rarity = added.reduce((sum, e) => sum + Math.floor(RARITY_UNIT / countOf(member, e)), 0)
      return { member, count: countOf(member, d), value: member.values[d]!, weight: added.length, rarity }
    })
    .sort((a, b) => a.count - b.count || a.value - b.value || b.weight - a.weight || b.rarity - a.rarity)
    .map(({ member }) => member)
}

/** Fewest seats that can cover both dimensions. */
function seatsForBoth(taken: Taken, usable: readonly Member[], lacks: readonly number[], d: number, e: number): number {
  const edges = new Map<number, Set<number>>()
  for (const member of usable) {
    if (!isFresh(taken, member, d) || !isFresh(taken, member, e)) continue
    const values = edges.get(member.values[d]!)
    if (values === undefined) edges.set(member.values[d]!, new Set([member.values[e]!]))
    else values.add(member.values[e]!)
  }
  const lists = Array.from(edges.values(), (values) => [...values])
  return lacks[d]! + lacks[e]! - assign(lists, () => 1, Math.min(lacks[d]!, lacks[e]!)).size
}

/** Members that fill the open seats, whatever they show; undefined when there are too few. */
function fill(taken: Taken, from: readonly Member[]): Member[] | undefined {
  const byRegion = Array.from(taken.capacity, () => new Map<number, Member>())
  for (const member of from) {
    const operators = byRegion[member.region]!
    if (operators.size < taken.seats && hasRoom(taken, member)) operators.set(member.operator, member)
  }
  const operatorsIn = byRegion.map((members) => [...members.keys()])
  const seats = assign(operatorsIn, (region) => taken.capacity[region]!, taken.seats)
  if (seats.size < taken.seats) return undefined
  return Array.from(seats, ([operator, region]) => byRegion[region]!.get(operator)!)
}
