/**
 * A chain as the runtime needs it: to read it like anybody (verifier/chain), to ask our contracts, to send to them.
 *
 * Contract:
 * - `broadcast` may be repeated with the same bytes; that a transaction was taken says nothing about its inclusion.
 *
 * Rejections are Faults: `chain-unreachable`, `chain-foreign`, `chain-refused` (the call would revert: `reason` is the
 * name of the contract's error, as a code).
 */
import type { ChainReader } from '../../verifier/chain/reader.ts'

export type Call = { readonly to: string; readonly data: `0x${string}` }

export type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

export type SignedTransaction = { readonly raw: `0x${string}`; readonly hash: `0x${string}` }

export type Receipt = { readonly block: number; readonly blockHash: string; readonly succeeded: boolean }

export type Chain = ChainReader & {
  /** The hash that the commitment log holds for an epoch, as 0x…; zero where none. */
  commitmentOf(epoch: number): Promise<string>
  /** The decision that the final gate holds: 0 none, 1 approve, 2 reject. */
  decisionOf(missionDigest: string, attempt: number, approver: string): Promise<number>
  /** Why a call would revert if anybody made it now, as a code; undefined where it would not. */
  wouldRevert(call: Call): Promise<string | undefined>
}

export type Sender = {
  readonly address: string
  /** Transactions of this sender in the latest block's state. */
  nonce(): Promise<number>
  fees(): Promise<Fees>
  /** Signs a call after having it estimated; rejects with `chain-refused` where it would revert. */
  sign(call: Call, nonce: number, fees: Fees): Promise<SignedTransaction>
  broadcast(raw: `0x${string}`): Promise<void>
  receipt(hash: `0x${string}`): Promise<Receipt | undefined>
}
