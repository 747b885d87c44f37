/** What can have happened to a mission and its tasks. Every event's subject is the mission's id. Source: spec 3.1. */
import type { EventDraft } from '../constraints/event.ts'

export type ArtifactRef = {
  readonly name: string
  readonly digest: string
  readonly bytes: number
  readonly media_type: string
}

export type PlannedTask = {
  readonly id: string
  readonly title: string
  readonly instructions: string
  readonly domain_type: string
  readonly depends_on: readonly string[]
  /** Absent where any actor may take the task. */
  readonly worker?: string
}

export type ReviewSummary = {
  readonly reviewer: string
  readonly verdict: string
  /** Digest of the signed decision. */
  readonly decision: string
  readonly counted: boolean
}

/** A review topology stronger than the tier's, as the owner asked for it. */
export type RequestedTopology = {
  readonly reviewers: number
  readonly approvals: number
  readonly min_regions?: number
  readonly min_organizations?: number
  readonly min_model_families?: number
  readonly min_method_types?: number
  readonly human_final_gate?: boolean
}

/** What a panel of humans said about a task (spec 3.5). */
export type Adjudication = {
  readonly panel: string
  readonly votes: readonly { readonly member: string; readonly vote: string }[]
}

export type MissionScope = {
  readonly scope: string
  readonly mission_class: string
  readonly domain_type: string
  readonly acceptance_criteria: readonly string[]
  readonly risk_acknowledgement: string
  readonly inputs: readonly ArtifactRef[]
  readonly planner: string
  readonly integrator: string
  readonly topology?: RequestedTopology
}

export type MissionEvent =
  | EventDraft<'mission.created', { owner: string; title: string; summary: string; successor_of?: string }>
  | EventDraft<'mission.scoped', MissionScope & { tier: string }>
  | EventDraft<'mission.planned', { attempt: number; tasks: readonly PlannedTask[] }>
  | EventDraft<'mission.task_started', { task: string; worker: string }>
  | EventDraft<
      'mission.evidence_attached',
      {
        task: string
        attempt: number
        worker: string
        /** Digest of the evidence envelope's canonical bytes. */
        evidence: string
        artifacts: readonly { name: string; digest: string }[]
        references: readonly string[]
      }
    >
  | EventDraft<'mission.reviewers_routed', { task: string; attempt: number; reviewers: readonly string[] }>
  | EventDraft<'mission.task_rework', { task: string; attempt: number; reason: string }>
  /** Its hand was out of service: the task stays where it is, and another may take it up. It is no step of the machine. */
  | EventDraft<'mission.task_withdrawn', { task: string; worker: string; status: string; reason: string }>
  | EventDraft<'mission.task_corrected', { task: string }>
  | EventDraft<
      'mission.task_integrated',
      {
        task: string
        attempt: number
        agreement_permille: number
        reviews: readonly ReviewSummary[]
        adjudication?: Adjudication
      }
    >
  | EventDraft<'mission.disputed', { task: string; attempt: number; reason: string }>
  | EventDraft<
      'mission.gate_opened',
      {
        attempt: number
        mission_digest: string
        human_required: boolean
        /** Latest moment at which a human's decision can count. */
        decide_by: string
        integrator: string
        outputs: readonly ArtifactRef[]
        summary: string
      }
    >
  | EventDraft<'mission.completed', { attempt: number; by: 'standing-mandate' | 'human'; decision?: HumanDecision }>
  | EventDraft<'mission.rejected', { attempt: number; decision: HumanDecision }>
  /** What was completed loses its effects; the record of it stays. */
  | EventDraft<'mission.reversed', { attempt: number; by: 'owner' | 'appeal'; reason: string; appeal: string | null }>
  /** A further appeal found the completion sound: what the appeal `of` had found falls, and no reversal is left. */
  | EventDraft<'mission.restored', { attempt: number; appeal: string; of: string }>
  /** Likewise, but another reversal stands: the completion stays without effect. */
  | EventDraft<'mission.reversal_withdrawn', { attempt: number; appeal: string; of: string }>
  /** A rejection was overturned: the same result waits for another human. */
  | EventDraft<'mission.gate_reopened', { attempt: number; decide_by: string; appeal: string }>
  /** A further appeal found the rejection sound: it stands as it was signed. No new decision, so no new appeal. */
  | EventDraft<'mission.rejection_restored', { attempt: number; appeal: string }>
  /** Nobody decided in time, which changed nothing; the owner asks again. */
  | EventDraft<'mission.gate_renewed', { attempt: number; decide_by: string }>
  /** A review's outcome was overturned: the same evidence is reviewed again, by others. */
  | EventDraft<'mission.rework_reversed', { task: string; attempt: number; appeal: string }>
  | EventDraft<'mission.held', { reason: string }>
  | EventDraft<'mission.released', Record<string, never>>

/** A human's decision as the chain holds it (spec 3.1: the signed bytes are kept). */
export type HumanDecision = {
  readonly approver: string
  readonly wallet: string
  readonly decision: 'approve' | 'reject'
  readonly mission_digest: string
  readonly reason_hash: string
  readonly text_hash: string
  readonly attention_hash: string
  readonly deadline: number
  readonly signature: string
  readonly chain_id: number
  readonly transaction: string
}
