/**
 * What a verification answers: a verdict, every step with its result, and the first fault with its evidence.
 *
 *     { verdict: 'unverifiable', fault: { code: 'signature-invalid', step: 'ledger', seq: 412, … }, steps: […], … }
 *
 * Everything in a report is plain JSON. A fault makes the verdict `unverifiable`; something pending is reported and
 * does not: the chain, the ledger and the archive cannot all move in one instant.
 */
import type { Json } from '../protocol/wire/canonical-json.ts'
import type { FindingCode } from './findings.ts'

/** In the order in which they are reported; the numbers are those of spec 7, where it has one. */
export const STEPS = {
  archive: 'The archive is whole: every byte of every file is what the manifest names',
  chain: '1. Commitments, keys and decisions are read from chain logs alone',
  ledger: '2. The ledger is one chain of hashes, and every command is signed by whom it names',
  law: '3. Every command, decided again, gives exactly the recorded entry',
  epochs: '4. Every epoch’s roots and commitment, computed again, are what the chain holds',
  certificates:
    '5. Every certificate is signed by enough members with keys valid at that block; every beacon round is genuine',
  observations: 'What the ledger says of the chain is what the chain holds',
  gate: '7. Every final decision is signed by an eligible human’s wallet, in time, and none is left out',
  missions: 'M-07. Completed missions carry the evidence they can be reproduced from',
} as const

export type StepId = keyof typeof STEPS

export const STEP_IDS = Object.keys(STEPS) as readonly StepId[]

type Facts = { readonly [name: string]: Json }

/** Where a fault lies: as much of it as is known. */
export type Place = {
  readonly seq?: number
  readonly epoch?: number
  readonly transaction?: string
  readonly path?: string
}

export type Finding = Place & { readonly code: FindingCode; readonly step: StepId; readonly evidence: Facts }

/** Not a fault, and not to be passed over: something that has still to arrive. */
export type Pending = { readonly code: PendingCode; readonly params: Facts }

export type PendingCode =
  /** Closed and within its time, not yet in a final block. */
  | 'epoch-not-yet-on-chain'
  /** Entries that no commitment on chain covers yet. */
  | 'entries-not-yet-committed'
  /** In a final block, and not yet an entry. */
  | 'log-not-yet-observed'
  /** An eligible human's decision about a mission of ours, in a final block and not yet an entry. */
  | 'decision-not-yet-observed'
  /** The archive ends before the chain does: an older copy, or one made while the chain went on. */
  | 'archive-ends-before-chain'

export type StepReport = {
  readonly id: StepId
  readonly title: string
  /** `skipped`: an earlier fault, or an input that was not given, left nothing to check. */
  readonly status: 'holds' | 'failed' | 'skipped'
  readonly facts: Facts
  readonly findings: readonly Finding[]
}

export type Report = {
  readonly verdict: 'verified' | 'unverifiable'
  /** The hash of the genesis entry: it fixes chains, contracts, committee and constitution. */
  readonly deployment: string | null
  readonly fault: Finding | null
  readonly steps: readonly StepReport[]
  readonly pending: readonly Pending[]
  readonly ledger: { readonly entries: number; readonly head: string; readonly recorded_at: string | null }
  readonly epochs: { readonly closed: number; readonly on_chain: number }
}

export type Progress = {
  readonly step: StepId
  readonly done: number
  readonly total: number
  readonly unit: 'bytes' | 'blocks' | 'epochs' | 'files' | 'missions'
}
