/**
 * What an incident can be about: a closed list, with the severities that each kind may have.
 *
 * Misconduct is always severe and always somebody's: what spec 4.2 counts as a severe failure once it is proven. What
 * the law opens by itself nobody reports.
 *
 * Source: spec 3.6, 4.2.
 */
import { MISCONDUCT } from '../constraints/codes.ts'

export type Severity = 'minor' | 'severe'

export const OBSERVED = ['failed-verification', 'red-team-finding', 'policy-breach'] as const

export const REPORTED = [...MISCONDUCT, ...OBSERVED] as const

export type ReportedKind = (typeof REPORTED)[number]

/** Opened by the law: a gain that waits for revalidation, a commitment late on chain, a phase that came to its limit. */
export type LawsKind = 'suspended-gain' | 'overdue-commitment' | 'phase-deadline'

export type IncidentKind = ReportedKind | LawsKind

export function isMisconduct(kind: string): boolean {
  return MISCONDUCT.some((known) => known === kind)
}

export function severitiesOf(kind: ReportedKind): readonly Severity[] {
  if (isMisconduct(kind)) return ['severe']
  return kind === 'policy-breach' ? ['minor'] : ['minor', 'severe']
}
