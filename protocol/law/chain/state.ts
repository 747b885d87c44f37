/** What the ledger knows of the chain: which epochs are committed, whose certificate keys are valid. */
export type CommitteeKey = { readonly key: string; readonly notAfter: number; readonly revoked: boolean }

export type ChainFactsSeen = {
  /** Commitment hash by epoch, as a finalized block holds it. */
  readonly committed: Map<number, string>
  /** The first epoch of which no commitment has been observed. */
  committedBelow: number
  /** Each committee member's latest key, by index. */
  readonly committeeKeys: Map<number, CommitteeKey>
  /** Logs that were taken in, as `chain:transaction:index`. */
  readonly observed: Set<string>
}

export function emptyChainFacts(): ChainFactsSeen {
  return { committed: new Map(), committedBelow: 0, committeeKeys: new Map(), observed: new Set() }
}

export function logKey(place: { chain_id: number; transaction: string; log_index: number }): string {
  return `${place.chain_id}:${place.transaction}:${place.log_index}`
}
