/**
 * Why a command was withheld: the constraint that does not hold, its level, and the figures that show it.
 *
 * Shape: `{ constraint: 'subject-at-revision', level: 'physical', params: { expected: 3, current: 4 } }`.
 * A code with parameters, never prose: words are made where a person reads them.
 *
 * Source: spec 1.3 (levels), spec 2.2 (violations in entries).
 */

/** From the strongest to the weakest; the strongest violated level decides the reason. */
export const LEVELS = ['physical', 'responsibility', 'state_ownership', 'operational', 'preference'] as const

export type Level = (typeof LEVELS)[number]

export type Params = { readonly [name: string]: string | number | boolean }

export type Violation = { readonly constraint: string; readonly level: Level; readonly params: Params }

/** Strongest level first; within a level in the order in which the command type lists its constraints. */
export function byLevel(violations: readonly Violation[]): readonly Violation[] {
  if (violations.length < 2) return violations
  return LEVELS.flatMap((level) => violations.filter((violation) => violation.level === level))
}
