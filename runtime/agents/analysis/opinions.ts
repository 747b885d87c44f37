/** Opinions in the form of the law, from a list of findings. */
import type { Reason } from '../../../protocol/law/review/event.ts'
import type { Opinion } from '../skill.ts'

export type Finding = {
  readonly text: string
  readonly artifact: string
  readonly locator: string
  /** A second place that the finding rests on: the rule beside the claim. */
  readonly also?: { readonly artifact: string; readonly locator: string }
}

export function approves(checked: readonly Finding[]): Opinion {
  return {
    verdict: 'approve',
    scores: { completeness: 95, correctness: 98, policy_compliance: 95 },
    reasons: reasonsOf(checked),
    normative_dispute: false,
  }
}

/** `completeness` and `policy_compliance` say which side of the work is at fault. */
export function rejects(found: readonly Finding[], scores: Opinion['scores']): Opinion {
  return { verdict: 'reject', scores, reasons: reasonsOf(found), normative_dispute: false }
}

/** The law takes sixteen reasons; more findings than that are counted in the last. */
const MOST = 16

function reasonsOf(findings: readonly Finding[]): readonly Reason[] {
  const shown = findings.slice(0, MOST)
  return shown.map(({ text, artifact, locator, also }, i) => ({
    text: i === MOST - 1 && findings.length > MOST ? `${text} (and ${findings.length - MOST} more)` : text,
    references: [{ artifact, locator }, ...(also === undefined ? [] : [also])],
  }))
}
