/** Opinions from checks: each check says what it looked at, and where, and whether it holds. */
import type { Reason, Reference } from '../../../../protocol/law/review/event.ts'
import type { Opinion } from '../../skill.ts'

export type Checked = {
  readonly holds: boolean
  readonly text: string
  readonly references: readonly Reference[]
}

const REASONS_MAX = 16
const TEXT_MAX = 2_000

/** `completeness` may be less than full where something could not be looked at. */
export function opinionOf(checks: readonly Checked[], completeness = 100): Opinion {
  const failed = checks.filter((check) => !check.holds)
  const share = Math.floor((100 * (checks.length - failed.length)) / Math.max(1, checks.length))
  const shown = failed.length > 0 ? failed : checks
  return {
    verdict: failed.length > 0 ? 'rework' : 'approve',
    scores: { completeness: Math.min(completeness, share), correctness: share, policy_compliance: share },
    reasons: shown.slice(0, REASONS_MAX).map(reasonOf),
    normative_dispute: false,
  }
}

function reasonOf({ text, references }: Checked): Reason {
  return { text: text.slice(0, TEXT_MAX), references: references.slice(0, REASONS_MAX) }
}
