/**
 * What can have happened to an appeal. The event's subject is the appeal's id. Source: spec 3.6.
 *
 * `appeal_filed` is the notice: it names the other side and until when it may answer.
 */
import type { EventDraft } from '../constraints/event.ts'

export type AppealVote = { readonly member: string; readonly vote: string; readonly reason_code: string }

/** The events against which one can appeal. */
export type DecisionType =
  | 'mission.completed'
  | 'mission.rejected'
  | 'mission.task_rework'
  | 'review.panel_concluded'
  | 'governance.incident_resolved'
  | 'governance.appeal_decided'
  | 'trust.gain_discarded'
  | 'trust.machine_quarantined'
  | 'trust.machine_decommissioned'

export type AppealEvent =
  | EventDraft<
      'governance.appeal_filed',
      {
        /** The contested decision, by event id. */
        decision: string
        decision_type: DecisionType
        /** Subjects that are not stable while the appeal is open. */
        about: readonly string[]
        /** 1, or 2 for the one further appeal. */
        level: number
        appellant: string
        reason_code: string
        statement: string
        grounds: readonly string[]
        evidence: readonly string[]
        respondents: readonly string[]
        respond_by: string
      }
    >
  | EventDraft<'governance.appeal_answered', { respondent: string; statement: string }>
  /** The other side has answered, or had its time: five humans who had no hand in it are drawn. */
  | EventDraft<'governance.appeal_heard', { answered: readonly string[]; panel: string }>
  | EventDraft<
      'governance.appeal_decided',
      {
        decision: string
        decision_type: DecisionType
        level: number
        outcome: 'upheld' | 'overturned'
        /** The first contested decision, where this is a further appeal; else the same as above. */
        original_type: DecisionType
        original_subject: string
        /** Whether that decision stands after this. */
        stands: boolean
        panel: string
        votes: readonly AppealVote[]
        dissent: readonly AppealVote[]
      }
    >
