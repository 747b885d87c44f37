/** The closing of an epoch: its commitment record and what is published beside it. Source: spec 2.3. */
import type { EventDraft } from '../constraints/event.ts'
import type { Domain } from '../constraints/event.ts'

/** The ten fields, exactly (spec 2.3). */
export type CommitmentFields = {
  readonly chamber_nonce: string
  readonly commitment_version: string
  readonly epoch_id: string
  readonly governance_ballot_root: string
  readonly mission_event_root: string
  readonly previous_commitment_hash: string
  readonly public_beacon_round: number
  readonly review_decision_root: string
  readonly timestamp_utc: string
  readonly trust_delta_root: string
}

export type EpochEvent = EventDraft<
  'governance.epoch_closed',
  {
    epoch: number
    record: CommitmentFields
    commitment: string
    entry_counts: { readonly [domain in Domain]: number }
    first_seq: number
    last_seq: number
    ledger_head: string
    human_count: number
    constitution: string
    /** Commands that were turned away above an actor's rate since the close before; absent where there were none. */
    refused?: readonly { readonly actor: string; readonly count: number }[]
  }
>
