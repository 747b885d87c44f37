/**
 * A rule between parameters: which places it reads, what must hold, which invariants fall with it.
 *
 *     { code: 'rule-committee-two-thirds', reads: ['params/…/n', 'params/…/t'], at: 'params/…/t',
 *       required: 't >= ceil(2n/3)', holds: (n, t) => 3 * t >= 2 * n, invariants: ['I-07'] }
 *
 * `at` is the place that the finding names. A rule one of whose places has no figure is silent: that place has a
 * finding of its own. Figures are millionths for decimals, whole numbers for the rest.
 */
import type { InvariantId, RuleCode } from '../finding.ts'

export type Rule = {
  readonly code: RuleCode
  readonly reads: readonly string[]
  readonly at: string
  readonly required: string
  readonly holds: (...figures: readonly number[]) => boolean
  readonly invariants: readonly InvariantId[]
}

type Holds = (...figures: number[]) => boolean

/** The last place read is the one that a finding names. */
export function rule(
  code: RuleCode,
  required: string,
  reads: readonly string[],
  holds: Holds,
  ...invariants: InvariantId[]
): Rule {
  return { code, reads, at: reads.at(-1) ?? '', required, holds, invariants }
}

export const notAbove: Holds = (a = NaN, b = NaN) => a <= b
export const below: Holds = (a = NaN, b = NaN) => a < b
export const notBelow: Holds = (a = NaN, b = NaN) => a >= b
export const above: Holds = (a = NaN, b = NaN) => a > b
