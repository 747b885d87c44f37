/**
 * The constrained-random draw: chambers, reviewers and panels, by one rule that anyone can run again.
 *
 *     seed ─▶ rank of everybody ─▶ the lexicographically first valid chamber in rank order
 *                                  └ or proof that the pool holds none
 *
 * Down the ranking, a candidate is taken if and only if the members taken so far, with it, can still be completed
 * to a valid chamber. That is the blueprint's plain walk wherever the plain walk ends in a valid chamber, and a
 * valid chamber, if there is one, where it does not.
 *
 * A chamber is valid when it has exactly `size` members, no region above its cap, at least the asked numbers of
 * regions, organizations, model families and method types, and, where asked, no two members of one operator.
 *
 * With regions and organizations alone the draw is exact for any pool, by counting and matching (`draw/chamber.ts`).
 * With operators, model families or method types it is exact by search, up to 16 seats (`draw/reviewers.ts`).
 *
 *     draw({ pool, rules, seed, recused: new Set(['ana']) })
 *       → { outcome: 'seated', members: [...], drawn: [...] } | { outcome: 'infeasible', certificate }
 *
 * Errors: Malformed refuses the pool, the rules or the seed (codes in `draw/rules.ts`, `draw/pool.ts`), or a pool
 * too entangled for the search (`draw-too-hard`). An infeasible pool is an answer, not an error.
 *
 * Invariants: the order of the pool does not matter; every member is in the pool, not recused, and once; a refused
 * candidate fits into no completion.
 *
 * Source: spec 5.4, 3.4; readings S1–S13.
 */
import { takeCensus } from './draw/census.ts'
import { completionOf, minimumsOf, whyInfeasible, type Infeasibility } from './draw/infeasibility.ts'
import { plainWalk } from './draw/plain-walk.ts'
import { checkPool, type DrawInput, type Pool } from './draw/pool.ts'
import { firstWord } from './draw/rank-words.ts'
import { inRankOrder } from './draw/ranking.ts'
import type { Candidate } from './draw/rules.ts'
import { MAX_STEPS, TooHard, type Budget } from './draw/search.ts'
import { rankKey } from './draw/seed.ts'
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'

export type { Infeasibility, InfeasibilityReason, StarvingConstraint } from './draw/infeasibility.ts'
export type { DrawInput } from './draw/pool.ts'
export { MAX_REVIEW_SEATS, MAX_SEATS, regionCap, type Candidate, type DrawRules } from './draw/rules.ts'
export { concatSeed, drawSeed, rankKey, type SeedParts } from './draw/seed.ts'

export type Drawn =
  | {
      readonly outcome: 'seated'
      /** The whole chamber in rank order, those who kept their seats included. */
      readonly members: readonly Candidate[]
      /** Those seated by this draw, in rank order. */
      readonly drawn: readonly Candidate[]
    }
  | { readonly outcome: 'infeasible'; readonly certificate: Infeasibility }

export function draw(input: DrawInput): Result<Drawn, Malformed> {
  const checked = checkPool(input)
  if (!checked.ok) return checked
  const pool = checked.value
  const plain = plainWalk(pool)
  if (plain !== undefined) return ok(seated(pool, plain))
  return withinSteps((budget) => {
    const census = takeCensus(pool)
    const completion = completionOf(census, minimumsOf(input.rules), budget)
    if (!completion.feasible()) return { outcome: 'infeasible', certificate: whyInfeasible(census, budget) }
    const taken: number[] = []
    for (const index of inRankOrder(pool)) {
      if (taken.length === pool.seats) break
      if (completion.takes(index)) taken.push(index)
    }
    if (taken.length < pool.seats) throw new Fault('draw-incomplete', { taken: taken.length, seats: pool.seats })
    return seated(pool, taken)
  })
}

/**
 * Whether these are the members that the draw seats, in rank order.
 *
 * Errors: those of `draw`; `seating-infeasible` when the pool holds no valid chamber; `seating-size`;
 * `seating-differs` with the first seat that is wrong.
 */
export function checkSeating(input: DrawInput, memberIds: readonly string[]): Result<void, Malformed> {
  const drawn = draw(input)
  if (!drawn.ok) return drawn
  if (drawn.value.outcome === 'infeasible') {
    return malformed('seating-infeasible', { reason: drawn.value.certificate.reason })
  }
  const { members } = drawn.value
  if (memberIds.length !== members.length) {
    return malformed('seating-size', { given: memberIds.length, expected: members.length })
  }
  const seat = members.findIndex((member, i) => member.id !== memberIds[i])
  if (seat < 0) return ok(undefined)
  return malformed('seating-differs', { given: memberIds[seat]!, expected: members[seat]!.id }, `/${seat}`)
}

/**
 * Whether the pool holds no valid chamber, for the reason and with the counts that the certificate gives.
 *
 * Errors: those of `draw`; `infeasibility-false` when a valid chamber exists; `infeasibility-differs`.
 */
export function checkInfeasibility(input: DrawInput, certificate: Infeasibility): Result<void, Malformed> {
  const checked = checkPool(input)
  if (!checked.ok) return checked
  const found = withinSteps((budget) => {
    const census = takeCensus(checked.value)
    return completionOf(census, minimumsOf(input.rules), budget).feasible() ? undefined : whyInfeasible(census, budget)
  })
  if (!found.ok) return found
  if (found.value === undefined) return malformed('infeasibility-false')
  return sameCertificate(found.value, certificate) ? ok(undefined) : malformed('infeasibility-differs')
}

function sameCertificate(a: Infeasibility, b: Infeasibility): boolean {
  const names = ['size', 'seated', 'eligible', 'required', 'reachable'] as const
  return (
    a.reason === b.reason && a.constraint === b.constraint && names.every((name) => a.counts[name] === b.counts[name])
  )
}

function seated(pool: Pool, taken: readonly number[]): Drawn {
  const { pool: candidates, seed } = pool.input
  const drawn = taken.map((index) => candidates[index]!)
  const keys = new Map<Candidate, Uint8Array>()
  for (const member of [...pool.seated, ...drawn]) keys.set(member, rankKey(seed, member.id))
  taken.forEach((index, place) => {
    const member = drawn[place]!
    if (firstWord(keys.get(member)!) !== pool.words[index]) throw new Fault('rank-word-wrong', { id: member.id })
  })
  const members = [...keys.keys()].sort((a, b) => Bytes.compare(keys.get(a)!, keys.get(b)!))
  return { outcome: 'seated', members, drawn }
}

function withinSteps<T>(work: (budget: Budget) => T): Result<T, Malformed> {
  try {
    return ok(work({ steps: MAX_STEPS }))
  } catch (cause) {
    if (cause instanceof TooHard) return malformed('draw-too-hard', { steps: MAX_STEPS })
    throw cause
  }
}
