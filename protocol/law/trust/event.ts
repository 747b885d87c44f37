/**
 * What can have happened to trust. Every movement after registration is `trust.changed`, but for the hourly settlement
 * that moves everybody at once, and for a machine's return.
 *
 * Units: µT; shares as `{ n, d }`. Source: spec 4.1–4.3.
 */
import type { EventDraft } from '../constraints/event.ts'
import type { Share } from './rules/share.ts'

export type Role = 'worker' | 'reviewer' | 'planner' | 'integrator'

/** What is minted from once: this actor's part in this piece of work. */
export type Work = {
  readonly mission: string
  /** Null for who planned or integrated the mission as a whole. */
  readonly task: string | null
  readonly role: Role
}

export type FailureKind = 'late' | 'unrevealed' | 'rework-after-approval' | 'contradicted-review' | 'misconduct'

/** What was found about a mission's work: each finding can be found wrong, and what it cost is then given back. */
export type Finding =
  /** It was completed, against who had reviewed it otherwise. */
  | 'completion'
  /** A human rejected it at its gate. */
  | 'rejection'
  /** An appeal overturned its completion. */
  | 'reversal'
  /** A panel sent a task back that had been approved. */
  | 'return'
  /** An appeal found that a task should not have been sent back. */
  | 'rework-reversed'

/** A restoration is no gain: it gives what was taken. A fall by lineage is that of the system's other identities. */
export type ChangeCause = 'proof' | 'failure' | 'release' | 'withdrawal' | 'restoration' | 'lineage' | 'transfer'

/** Nobody validated it in time; the work behind it was taken back; the machine's token changed hands. */
export type DiscardReason = 'expired' | 'withdrawn' | 'forfeited'

/** A failure by what it was about, and what it cost. */
type Failure = {
  kind: FailureKind
  mission: string | null
  task: string | null
  attempt: number | null
  /** Null where no finding about work is behind it: silence, misconduct. */
  finding: Finding | null
  incident: string | null
  /** Decay that was due and a cap below are no part of it. */
  taken: number
}

export type TrustEvent =
  /** Subject: whose work it is. The inputs are the law's own, derived from the entries that the record names. */
  | EventDraft<
      'trust.proof_minted',
      Work & {
        attempt: number
        tier: string
        /** Digest of the evidence envelope; null for a mission's plan or integration. */
        evidence: string | null
        /** The independent decisions, by the digest of what was signed and revealed. */
        reviews: readonly { reviewer: string; decision: string }[]
        /** The entry that completed the mission, and the final commitment that holds it. */
        completed_by_seq: number
        epoch: number
        commitment: string
        quality: Share
        reliability: Share
        volume: Share
        /** Closed where the quality does not reach the gate: then there is no gain. */
        gate: 'open' | 'closed'
        gain: number
        /** What of the gain moved trust, and what waits for humans; the rest the cap and the limits cut. */
        applied: number
        held: number
        /** Without rework, for a worker. */
        clean: boolean
      }
    >
  /** Subject: the actor. `to` is `from`, plus the gain that applies, minus penalty and decay, within the limits. */
  | EventDraft<
      'trust.changed',
      {
        from: number
        to: number
        cause: ChangeCause
        gain: number
        penalty: number
        decay: number
        held: number
        cut: { readonly cap: number; readonly epoch: number; readonly window: number }
        /** Whether a verified result renewed the machine. */
        renews: boolean
      }
    >
  /** Subject: the actor. A severe one names the upheld incident that proves it. */
  | EventDraft<'trust.failure_recorded', Failure & { severity: 'minor' | 'severe' }>
  /** Subject: the suspension. `limit` is delta_fast, `risen` what the actor had gained in the epoch before. */
  | EventDraft<
      'trust.gain_suspended',
      Work & { actor: string; amount: number; epoch: number; risen: number; limit: number }
    >
  | EventDraft<
      'trust.revalidation_signed',
      { actor: string; by: string; region: string; organization: string; reason: string }
    >
  | EventDraft<
      'trust.gain_released',
      {
        actor: string
        amount: number
        /** What of it the cap and the limits let through. */
        applied: number
        signers: readonly string[]
        phase: string
      }
    >
  /** Subject: the suspension. Its mission was reversed and is in force after all: its window begins anew. */
  | EventDraft<'trust.gain_held_again', { actor: string; amount: number }>
  /** Subject: the suspension. A further appeal found that it had rightly been discarded: what was released is taken. */
  | EventDraft<'trust.release_withdrawn', { actor: string; amount: number; taken: number }>
  | EventDraft<'trust.gain_discarded', { actor: string; amount: number; reason: DiscardReason }>
  /** Subject: the actor. `taken` is what the proof had moved and is taken back. */
  | EventDraft<'trust.proof_withdrawn', Work & { gain: number; taken: number }>
  /** Subject: the actor. A further appeal found that the mission stands after all. */
  | EventDraft<'trust.proof_restored', Work & { gain: number; applied: number; begun: number }>
  /** Subject: the actor. The incident behind a severe failure, or what overturned their work, was found not to stand. */
  | EventDraft<
      'trust.failure_withdrawn',
      Failure & {
        given: number
        /** What of it a re-certification had given already. */
        begun: number
      }
    >
  /** Subject: `trust`. Everybody's decay of the epoch that ended, and the cap of the one that begins. */
  | EventDraft<
      'trust.settled',
      {
        epoch: number
        humans: Settled
        machines: Settled
        /** Machines that this settlement brought to zero. */
        at_zero: readonly string[]
        /** The active humans that the cap is computed over; the sum of squares in decimal. */
        population: {
          readonly active: number
          readonly sum: number
          readonly squares: string
          readonly mean: number
          readonly deviation: number
        }
        cap: number
        /** SHA-256 over all trust as big-endian 32-bit µT: humans, then machines, in order of registration. */
        values: string
      }
    >

export type Settled = { readonly count: number; readonly charged: number; readonly fell: number }
