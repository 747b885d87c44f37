/**
 * A review as it is written, and the decision that is sealed. Pure.
 *
 *     scores      0 to 100, as typed; whole numbers only
 *     references  digests of files that a reason rests on, each with a place inside
 */
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import { REASONS_MAX, TEXT_MAX } from '../../../protocol/law/constraints/limits.ts'
import type { ReviewDecision } from '../../../protocol/law/review/event.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'

export type Verdict = ReviewDecision['verdict']
export type ScoreName = keyof ReviewDecision['scores']

export const SCORES: readonly ScoreName[] = ['correctness', 'completeness', 'policy_compliance']
export const VERDICTS: readonly Verdict[] = ['approve', 'reject', 'rework']
export { REASONS_MAX }

export type Reason = {
  readonly id: number
  readonly text: string
  /** Where in the file, by its digest; a file that is not here is not referred to. */
  readonly references: { readonly [digest: string]: string }
}

export type Draft = {
  readonly verdict: Verdict | undefined
  readonly scores: { readonly [name in ScoreName]: string }
  readonly reasons: readonly Reason[]
  readonly dispute: boolean
}

export type Missing = 'verdict' | 'scores' | 'reason' | 'reference' | 'long' | 'unreadable'

export type Place = {
  readonly mission: string
  readonly task: string
  readonly attempt: number
  readonly reviewer: string
}

const LOCATOR_MAX = 400

export function emptyDraft(): Draft {
  return {
    verdict: undefined,
    scores: { correctness: '', completeness: '', policy_compliance: '' },
    reasons: [emptyReason([])],
    dispute: false,
  }
}

export function emptyReason(others: readonly Reason[]): Reason {
  return { id: Math.max(0, ...others.map(({ id }) => id)) + 1, text: '', references: {} }
}

/** A whole number from 0 to 100, as somebody types it. */
export function scoreOf(typed: string): number | undefined {
  if (!/^\d{1,3}$/.test(typed.trim())) return undefined
  const value = Number(typed)
  return value <= 100 ? value : undefined
}

/** `grounds` are the files of the evidence: an approval counts only with a reference to one of them. */
export function missingIn(draft: Draft, grounds: readonly string[]): readonly Missing[] {
  const missing: Missing[] = []
  const written = draft.reasons.filter(({ text }) => !isBlank(text))
  const locators = written.flatMap(({ references }) => Object.values(references))
  const texts = [...written.map(({ text }) => text), ...locators]
  if (draft.verdict === undefined) missing.push('verdict')
  if (SCORES.some((name) => scoreOf(draft.scores[name]) === undefined)) missing.push('scores')
  if (written.length === 0) missing.push('reason')
  const named = written.flatMap(({ references }) => Object.keys(references))
  if (draft.verdict === 'approve' && !named.some((one) => grounds.includes(one))) missing.push('reference')
  if (written.some(({ text }) => text.trim().length > TEXT_MAX) || locators.some((one) => one.length > LOCATOR_MAX)) {
    missing.push('long')
  }
  if (texts.some((text) => !text.isWellFormed())) missing.push('unreadable')
  return missing
}

/** Undefined while something is missing. */
export function decisionOf(draft: Draft, place: Place, grounds: readonly string[]): ReviewDecision | undefined {
  const { verdict, dispute } = draft
  if (verdict === undefined || missingIn(draft, grounds).length > 0) return undefined
  const score = (name: ScoreName) => scoreOf(draft.scores[name]) ?? 0
  return {
    ...place,
    normative_dispute: dispute,
    reasons: draft.reasons
      .filter(({ text }) => !isBlank(text))
      .map(({ text, references }) => ({
        text: text.trim(),
        references: Object.entries(references).map(([artifact, locator]) => ({
          artifact: artifact as Digest,
          locator: locator.trim(),
        })),
      })),
    scores: {
      completeness: score('completeness'),
      correctness: score('correctness'),
      policy_compliance: score('policy_compliance'),
    },
    verdict,
  }
}
