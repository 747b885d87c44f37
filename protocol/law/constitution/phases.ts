/**
 * Genesis phases as pure functions: which one a number of humans stands for, which step comes next, what is open.
 *
 *     G0 ──N ≥ 50──▶ G1 ──N ≥ 500, or day 730──▶ G2 ──N ≥ 2000──▶ G3        forward only, one step at a time
 *
 * N is the number of verified humans of spec 5.2. Thresholds are half-open, limits are reached at equality. The
 * phase in force is a fact of the fold; nothing here remembers one.
 *
 * Later: the clock of G1, ratification of G0 decisions and the founder's veto stand with the chambers' law.
 * Source: spec 5.1; readings P1–P15. Invariants: I-09, I-10, I-13, I-14.
 */
import type { Constitution, PhaseId, TierId } from './constitution.ts'

export const PHASE_ORDER = ['G0', 'G1', 'G2', 'G3'] as const satisfies readonly PhaseId[]

/** The phase that this many humans would stand for, whatever came before. */
export function phaseOfHumans(constitution: Constitution, humans: number): PhaseId {
  return PHASE_ORDER.findLast((phase) => humans >= constitution.phases.rules[phase].fromHumans) ?? 'G0'
}

/** The phases to enter from `phase`, one step each and in order; none where the humans do not suffice, never back. */
export function stepsFrom(constitution: Constitution, phase: PhaseId, humans: number): readonly PhaseId[] {
  const reached = PHASE_ORDER.indexOf(phaseOfHumans(constitution, humans))
  return PHASE_ORDER.slice(PHASE_ORDER.indexOf(phase) + 1, reached + 1)
}

/**
 * Where founder stewardship stands on its clock: `awaiting-report` is blocked until the one status report moves
 * the limit, `over` is for ever.
 */
export type Stewardship = 'open' | 'awaiting-report' | 'over'

/** @param elapsedMs since the genesis entry @param extended whether the status report was published */
export function stewardshipOf(constitution: Constitution, elapsedMs: number, extended: boolean): Stewardship {
  const { g0MaxMs, g0ExtensionMs } = constitution.phases
  if (elapsedMs >= g0MaxMs + g0ExtensionMs) return 'over'
  return extended || elapsedMs < g0MaxMs ? 'open' : 'awaiting-report'
}

/** Whether missions of this tier may be worked on: constitutional ones not in G0, where nothing can be amended. */
export function tierIsOpen(constitution: Constitution, phase: PhaseId, tier: TierId): boolean {
  return constitution.phases.rules[phase].openTiers.includes(tier)
}

export function amendmentsArePossible(constitution: Constitution, phase: PhaseId): boolean {
  return constitution.phases.rules[phase].amendments
}
