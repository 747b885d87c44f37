/**
 * What can have happened to a panel of humans. The event's subject is the panel's id. Source: spec 3.5, 3.6.
 *
 * A panel adjudicates a task or hears an appeal: one kind of panel, drawn and voting in one way.
 */
import type { EventDraft } from '../constraints/event.ts'

export type Purpose = 'adjudication' | 'appeal'

/** What a panel is about: a task of a mission in one attempt, or an appeal. */
export type About =
  | { readonly kind: 'task'; readonly mission: string; readonly task: string; readonly attempt: number }
  | { readonly kind: 'appeal'; readonly appeal: string }

export type VoteWord = 'approve' | 'reject' | 'uphold' | 'overturn'

export type MemberFacts = { readonly id: string; readonly region: string; readonly organization: string }

export type CastVote = { readonly member: string; readonly vote: VoteWord }

export type PanelEvent =
  | EventDraft<
      'review.panel_opened',
      {
        purpose: Purpose
        about: About
        /** Why humans are asked. */
        reason: string
        draw: number
        round: number
        nonce: string
        previous_commitment: string
        size: number
        majority: number
        min_regions: number
        min_organizations: number
        /** Least trust of a member, in microtrust. */
        trust: number
        pool_size: number
        /** Who may not sit, by what they are to the matter: themselves, and all of these houses. */
        excluded: { readonly actors: readonly string[]; readonly organizations: readonly string[] }
      }
    >
  | EventDraft<
      'review.panel_seated',
      {
        draw: number
        round: number
        randomness: string
        seed: string
        /** The whole panel in rank order, those who voted before included. */
        members: readonly MemberFacts[]
        /** Who of the frozen pool was passed over because they may not sit any more; whoever draws again leaves them out. */
        passed: readonly string[]
        vote_by: string
      }
    >
  | EventDraft<
      'review.panel_blocked',
      {
        draw: number
        reason: string
        counts: { readonly [name: string]: number }
        silent: readonly string[]
        passed: readonly string[]
      }
    >
  | EventDraft<'review.panel_reopened', { draw: number }>
  | EventDraft<
      'review.panel_voted',
      {
        draw: number
        member: string
        vote: VoteWord
        reasons: string
        reason_code?: string
        attestation?: string
      }
    >
  | EventDraft<
      'review.panel_recused',
      {
        draw: number
        member: string
        reason: string
        members: readonly MemberFacts[]
        passed: readonly string[]
        vote_by: string
      }
    >
  | EventDraft<
      'review.panel_replaced',
      {
        draw: number
        silent: readonly string[]
        members: readonly MemberFacts[]
        passed: readonly string[]
        vote_by: string
      }
    >
  /** What it was asked about is settled without it: it answers nothing. */
  | EventDraft<'review.panel_closed', { reason: string }>
  | EventDraft<
      'review.panel_concluded',
      {
        purpose: Purpose
        about: About
        outcome: VoteWord
        votes: readonly CastVote[]
        dissent: readonly CastVote[]
      }
    >
