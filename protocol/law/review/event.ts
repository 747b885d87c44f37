/** What can have happened in the review of a task. Every event's subject is the mission's id. Source: spec 3.4, 3.5. */
import type { EventDraft } from '../constraints/event.ts'

export type Verdict = 'approve' | 'reject' | 'rework'

export type Reference = { readonly artifact: string; readonly locator: string }

export type Reason = { readonly text: string; readonly references: readonly Reference[] }

/** A reviewer's decision, sealed until it is revealed. It names its place, so that no seal can be copied. */
export type ReviewDecision = {
  readonly attempt: number
  readonly mission: string
  readonly normative_dispute: boolean
  readonly reasons: readonly Reason[]
  readonly reviewer: string
  readonly scores: { readonly completeness: number; readonly correctness: number; readonly policy_compliance: number }
  readonly task: string
  /** The artifact with all that a reviewing model was asked and answered. */
  readonly transcript?: string
  readonly verdict: Verdict
}

export type SeatFacts = {
  readonly id: string
  readonly operator: string
  readonly region: string
  readonly organization: string
  readonly model_family: string
  readonly method_type: string
}

export type ReviewRecord = {
  readonly reviewer: string
  readonly verdict: Verdict
  readonly decision: string
  /** False where an approval has no reference into the evidence: it is then nobody's approval (spec 3.2). */
  readonly counted: boolean
}

export type Conclusion = 'approved' | 'rework' | 'adjudication'

/** Who may not be drawn, by what they are to the mission (spec 3.4): themselves, all they operate, all of their house. */
export type Exclusions = {
  readonly actors: readonly string[]
  readonly operators: readonly string[]
  readonly organizations: readonly string[]
}

export type Place = { readonly task: string; readonly attempt: number; readonly draw: number }

export type ReviewEvent =
  | EventDraft<
      'review.draw_opened',
      Place & {
        tier: string
        round: number
        nonce: string
        previous_commitment: string
        pool_size: number
        excluded: Exclusions
        references: readonly string[]
        domain_type: string
      }
    >
  | EventDraft<
      'review.assigned',
      Place & {
        round: number
        randomness: string
        seed: string
        reviewers: readonly SeatFacts[]
        passed: readonly string[]
        commit_by: string
      }
    >
  | EventDraft<
      'review.blocked',
      Place & {
        reason: string
        counts: { readonly [name: string]: number }
        /** Whose silence left the seats empty; nobody's where the first draw already starved. */
        silent: readonly string[]
        passed: readonly string[]
      }
    >
  | EventDraft<'review.reopened', Place>
  | EventDraft<'review.committed', Place & { reviewer: string; commitment: string }>
  | EventDraft<'review.reveal_opened', Place & { reveal_by: string }>
  | EventDraft<
      'review.revealed',
      Place & { reviewer: string; decision: ReviewDecision; digest: string; counted: boolean }
    >
  | EventDraft<
      'review.replaced',
      Place & {
        failure: 'not-sealed' | 'not-revealed' | 'out-of-service'
        silent: readonly string[]
        reviewers: readonly SeatFacts[]
        /** Who of the frozen pool was passed over because they may not sit any more; whoever draws again leaves them out. */
        passed: readonly string[]
        commit_by: string
      }
    >
  /** Somebody left their seat before sealing, for a reason: no failure, and not drawn for this task again. */
  | EventDraft<
      'review.recused',
      Place & {
        reviewer: string
        reason: string
        reviewers: readonly SeatFacts[]
        passed: readonly string[]
        commit_by: string
      }
    >
  | EventDraft<
      'review.concluded',
      Place & {
        outcome: Conclusion
        reason: string
        approvals: number
        seats: number
        agreement_permille: number
        reviews: readonly ReviewRecord[]
      }
    >
