/**
 * The ledger as a verification has read it: the state that its entries fold to, and what of them later steps look at.
 */
import type { State } from '../protocol/genesis.ts'
import type { Observed } from '../protocol/law/chain/types.ts'
import type { EvidenceStatement } from '../protocol/wire/evidence.ts'

export type ReadLedger = {
  readonly state: State
  /** Every `chain.observed`, also those that were withheld: the runtime signed them all. */
  readonly observations: { readonly seq: number; readonly observed: Observed }[]
  /** Digests of artifacts that an entry names. */
  readonly artifacts: Set<string>
  /** By digest of the evidence envelope. */
  readonly statements: Map<string, EvidenceStatement>
  readonly counts: { signatures: number; committed: number; withheld: number; beaconRounds: number; draws: number }
  /** When each epoch was closed, by number. Milliseconds. */
  readonly closedAt: number[]
  /** Subjects that changed since the properties were asked last. */
  readonly changed: Set<string>
}
