/** What can have happened to a machine. The event's subject is the machine's id. Source: spec 4.5, 3.4. */
import type { BreakCause } from '../constraints/agent-link.ts'
import type { EventDraft } from '../constraints/event.ts'

/** Results of an examination, in millionths. */
export type Results = {
  readonly correctness_ppm: number
  readonly severe_errors_ppm: number
  readonly reproducibility_ppm: number
}

export type Spread = { readonly regions: number; readonly organizations: number }

export type Kin = {
  readonly machine: string
  readonly status: string
  readonly by: 'declared' | 'operator-and-fingerprint'
}

export type QuarantineCause = 'zero-trust' | 'lineage'
export type DecommissionCause = 'zero-trust' | 'failed-recertifications' | 'malice'

/** A human's decision to retire a machine, as their wallet signed it; kept, so that anyone can check it again. */
export type SignedAct = {
  readonly signer: string
  readonly wallet: string
  readonly body_hash: string
  readonly revision: number
  readonly deadline: number
  readonly signature: string
}

export type MachineEvent =
  | EventDraft<
      'trust.machine_registered',
      {
        operator: string
        region: string
        organization: string
        model_family: string
        method_type: string
        fingerprint: string
        key: string
        key_not_after: string
        lineage: readonly string[]
        reviews: boolean
        /** In millionths of trust. */
        trust: number
      }
    >
  | EventDraft<'trust.machine_key_added', { operator: string; key: string; not_after: string }>
  /** The machine is another identity of machines that there are, and carries their history. */
  | EventDraft<
      'trust.lineage_linked',
      {
        kin: readonly Kin[]
        trust: number
        extended: boolean
        /** Tasks that its probation asks for, or 0 where it starts without one. */
        probation_tasks: number
        /** Failed re-certifications that it takes over, by their moments. */
        failures: readonly string[]
      }
    >
  | EventDraft<'trust.machine_quarantined', { cause: QuarantineCause; zero_since: string }>
  /** An appeal found the quarantine wrong: the limit at zero begins anew, without the failures before. */
  | EventDraft<'trust.limit_restarted', { appeal: string; zero_since: string }>
  | EventDraft<
      'trust.recertification_applied',
      { application: string; results: Results; fingerprint: string; operator: string; sign_by: string }
    >
  | EventDraft<
      'trust.recertification_signed',
      {
        application: string
        by: string
        region: string
        organization: string
        /** How many count with it, of how many regions and organizations, and of how many there must be. */
        signatures: number
        needed: number
        spread: Spread
        needed_spread: Spread
      }
    >
  | EventDraft<
      'trust.machine_recertified',
      {
        application: string
        signers: readonly string[]
        fingerprint: string
        /** In millionths of trust. */
        trust: number
        probation_tasks: number
      }
    >
  | EventDraft<
      'trust.recertification_failed',
      { application: string; reason: 'results-below-threshold' | 'not-signed-in-time'; failed_in_window: number }
    >
  | EventDraft<'trust.probation_counted', { mission: string; task: string; done: number; needed: number }>
  | EventDraft<'trust.machine_activated', { tasks: number }>
  | EventDraft<
      'trust.machine_decommissioned',
      {
        cause: DecommissionCause
        /** A constitutional lifecycle event: it waits for no interval of anchoring (spec 4.5, reading C2). */
        anchor: 'at-once'
        incident: string | null
        act: SignedAct | null
      }
    >
  /** The machine names its agent in a registry of ERC-8004, a CAIP-10 account. */
  | EventDraft<'trust.agent_link_proposed', { registry: string; agent_id: string }>
  /** The token's holder has said the same on chain, at this place. */
  | EventDraft<'trust.agent_linked', { registry: string; agent_id: string; block: number; log_index: number }>
  /** The token went elsewhere, and what was earned under it did not. */
  | EventDraft<'trust.agent_link_broken', { registry: string; agent_id: string; cause: BreakCause }>
  /** How far what runs now is from what was verified: 0 or a million. */
  | EventDraft<'trust.machine_drifted', { fingerprint: string; verified: string; drift_ppm: number }>
