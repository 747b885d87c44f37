/**
 * What a draw is asked for, and the two integers that come out of decimals.
 *
 *     G3 proposal chamber: { size: 41, regionCap: regionCap('0.15', 41) = 6, minRegions: 8, minOrganizations: 8,
 *                            minModelFamilies: 0, minMethodTypes: 0, distinctOperators: false }
 *     R2 review:           { size: 5, regionCap: undefined, minRegions: 3, minOrganizations: 3,
 *                            minModelFamilies: 2, minMethodTypes: 2, distinctOperators: true }
 *
 * Units: seats and members, whole numbers. Shares are decimal texts ('0.15'), never floats.
 * Errors: `draw-rule`; Fault `decimal-malformed`.
 * Source: spec 5.4, 5.7, 3.2; readings S2, S11.
 */
import { Fault } from '../fault.ts'
import { malformed, type Malformed } from '../malformed.ts'
import { ok, type Result } from '../result.ts'

export type Candidate = {
  readonly id: string
  readonly region: string
  readonly organization: string
  /** Absent: a human, who is their own operator. */
  readonly operator?: string
  readonly modelFamily?: string
  readonly methodType?: string
}

export type DrawRules = {
  readonly size: number
  /** Most seats of one region; undefined: no cap. */
  readonly regionCap: number | undefined
  readonly minRegions: number
  readonly minOrganizations: number
  readonly minModelFamilies: number
  readonly minMethodTypes: number
  /** No two members share an operator. */
  readonly distinctOperators: boolean
  /** A region counts toward `minRegions` only with this many members of the pool before recusals. Absent: 1. */
  readonly regionMinMembers?: number
  /** A region holds at most ⌈factor · its share of the pool before recusals · size⌉ seats. Absent: no such bound. */
  readonly regionShareFactor?: string
}

/** Largest chamber. The constitution's largest has 101 seats. */
export const MAX_SEATS = 1024

/** Largest draw with operators, model families or method types to tell apart: their search is exact up to here. */
export const MAX_REVIEW_SEATS = 16

const DECIMAL = /^(\d{1,18})(?:\.(\d{1,18}))?$/

/** A non-negative decimal as numerator over a power of ten; undefined when the text is not one. */
export function parseDecimal(text: string): { readonly numerator: bigint; readonly denominator: bigint } | undefined {
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  const fraction = match[2] ?? ''
  return { numerator: BigInt(match[1]! + fraction), denominator: 10n ** BigInt(fraction.length) }
}

/** ⌊cMax · size⌋ in exact arithmetic. Throws Fault `decimal-malformed`. */
export function regionCap(cMax: string, size: number): number {
  const share = parseDecimal(cMax)
  if (share === undefined) throw new Fault('decimal-malformed', { text: cMax })
  return Number((share.numerator * BigInt(size)) / share.denominator)
}

/** ⌈factor · (members / total) · size⌉ in exact arithmetic. Throws Fault `decimal-malformed`. */
export function regionShareCeiling(factor: string, members: number, total: number, size: number): number {
  const parsed = parseDecimal(factor)
  if (parsed === undefined) throw new Fault('decimal-malformed', { text: factor })
  const numerator = parsed.numerator * BigInt(members) * BigInt(size)
  const denominator = parsed.denominator * BigInt(total)
  return Number((numerator + denominator - 1n) / denominator)
}

/** True when members differ by more than region and organization, so that coverage is searched, not counted. */
export function needsSearch(rules: DrawRules): boolean {
  return rules.distinctOperators || rules.minModelFamilies > 0 || rules.minMethodTypes > 0
}

export function checkRules(rules: DrawRules): Result<void, Malformed> {
  if (!isWhole(rules.size, 1, MAX_SEATS)) return refused('size', rules.size)
  if (needsSearch(rules) && rules.size > MAX_REVIEW_SEATS) {
    return malformed('draw-too-many-seats', { size: rules.size, max: MAX_REVIEW_SEATS }, '/rules/size')
  }
  if (rules.regionCap !== undefined && !isWhole(rules.regionCap, 0)) return refused('regionCap', rules.regionCap)
  for (const name of ['minRegions', 'minOrganizations', 'minModelFamilies', 'minMethodTypes'] as const) {
    if (!isWhole(rules[name], 0)) return refused(name, rules[name])
  }
  const members = rules.regionMinMembers
  if (members !== undefined && !isWhole(members, 1)) return refused('regionMinMembers', members)
  const factor = rules.regionShareFactor
  if (factor !== undefined && parseDecimal(factor) === undefined) return refused('regionShareFactor', factor)
  return ok(undefined)
}

function isWhole(value: number, min: number, max = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max
}

function refused(name: string, given: number | string): Result<never, Malformed> {
  return malformed('draw-rule', { given }, `/rules/${name}`)
}
