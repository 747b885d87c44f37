/**
 * When members so far can be completed, for reviewer sets and for panels with distinct operators: the walk's side of
 * the search.
 *
 * The completion found last answers most questions: a candidate in it is taken, and so is one that can stand in for
 * a member of it. Otherwise the search is asked, from the loosest form of the question to the strictest, because a
 * no to a looser form is a no for more candidates:
 *
 *     1. one of this region, with new values in these dimensions, of an operator nobody else has
 *     2. the same with the values it really shows
 *     3. the candidate itself
 *
 * Every no is final, and the refused need not be struck out (the argument is in `chamber.ts`), so each form is asked
 * once. Up to 16 seats; exact.
 *
 * Source: spec 3.4, 5.4.
 */
import type { Census } from './census.ts'
import type { Completion, Minimums } from './completion.ts'
import { kernelOf } from './kernel.ts'
import { numberOf, operatorOf } from './pool.ts'
import { inRankOrder } from './ranking.ts'
import type { Candidate } from './rules.ts'
import { complete, type Budget } from './search.ts'
import { adds, DIMENSIONS, hasRoom, lacking, seat, unseat, type Member, type Taken } from './taken.ts'

/** Numbers that no operator and no value of the pool has. */
const NOBODY = 2 ** 40

export function reviewerCompletion(census: Census, minimums: Minimums, budget: Budget): Completion {
  const { pool } = census
  const required = DIMENSIONS.map((dimension) => minimums[dimension])
  const memberOf = numbering(census, required)
  const taken: Taken = {
    seats: pool.seats + pool.seated.length,
    capacity: pool.capacity.slice(),
    operators: new Set(),
    required,
    shown: DIMENSIONS.map(() => new Map<number, number>()),
  }
  for (const sitting of pool.seated.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const region = pool.regionNumbers.get(sitting.region)!
    taken.capacity[region]!++
    seat(taken, memberOf(sitting, -1, region))
  }
  const members = new Map<number, Member>()
  for (const index of inRankOrder(pool)) {
    members.set(index, memberOf(pool.input.pool[index]!, index, pool.regionOf[index]!))
  }
  const kernel = kernelOf(taken, members.values())
  const refused = new Set<string>()
  let witness: readonly Member[] | undefined

  function completionWith(member?: Member): Member[] | undefined {
    if (member === undefined) return complete(taken, kernel, budget)
    seat(taken, member)
    try {
      return complete(taken, kernel, budget)
    } finally {
      unseat(taken, member)
    }
  }

  /** What the witness becomes with the candidate in the place of one of its members. */
  function standIn(member: Member): readonly Member[] | undefined {
    if (witness?.includes(member) === true) return witness.filter((other) => other !== member)
    for (const out of witness ?? []) {
      const rest = witness!.filter((other) => other !== out)
      if (fitTogether([member, ...rest])) return rest
    }
    return undefined
  }

  function fitTogether(members: readonly Member[]): boolean {
    const sat: Member[] = []
    for (const member of members) {
      if (!hasRoom(taken, member)) break
      seat(taken, member)
      sat.push(member)
    }
    const fit = sat.length === members.length && lacking(taken).every((lacks) => lacks === 0)
    for (const member of sat) unseat(taken, member)
    return fit
  }

  /** The three forms of the question, loosest first. */
  function forms(member: Member): { key: string; member: Member }[] {
    const shown = adds(taken, member, lacking(taken))
    const { index, region, operator } = member
    const anyValues = shown.map((value, d) => (value < 0 ? -1 : NOBODY + d))
    return [
      { key: `${region} ${anyValues.join(' ')}`, member: { index, region, operator: NOBODY, values: anyValues } },
      { key: `${region} ${shown.join(' ')}`, member: { ...member, operator: NOBODY } },
      { key: `${region} ${shown.join(' ')} ${operator}`, member },
    ]
  }

  function ask(member: Member): readonly Member[] | undefined {
    const questions = forms(member)
    if (questions.some(({ key }) => refused.has(key))) return undefined
    let found: Member[] | undefined
    for (const question of questions) {
      found = completionWith(question.member)
      if (found === undefined) {
        refused.add(question.key)
        return undefined
      }
    }
    return found
  }

  return {
    feasible() {
      witness = completionWith()
      return witness !== undefined
    },

    takes(index) {
      const member = members.get(index)!
      if (!hasRoom(taken, member)) return false
      const rest = standIn(member) ?? ask(member)
      if (rest === undefined) return false
      witness = rest
      seat(taken, member)
      return true
    },
  }
}

/** Numbers for operators and for the values that the rules ask about. */
function numbering(
  census: Census,
  required: readonly number[],
): (candidate: Candidate, index: number, region: number) => Member {
  const { counting, input } = census.pool
  const values = DIMENSIONS.map(() => new Map<string, number>())
  const operators = new Map<string, number>()
  let single = NOBODY

  return (candidate, index, region) => {
    const { region: name, organization, modelFamily, methodType } = candidate
    const shown = [counting[region] === 1 ? name : undefined, organization, modelFamily, methodType]
    return {
      index,
      region,
      operator: input.rules.distinctOperators ? numberOf(operators, operatorOf(candidate)) : ++single,
      values: shown.map((value, d) => (value === undefined || required[d] === 0 ? -1 : numberOf(values[d]!, value))),
    }
  }
}
