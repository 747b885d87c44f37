/** Epochs as the fold holds them: the open one, and the closed ones' hashes. */
import type { EpochEvent } from './event.ts'
import type { Millis } from '../../wire/time.ts'
import type { Digest } from '../../wire/sha256.ts'

export type ClosedEpoch = {
  readonly epoch: number
  readonly end: Millis
  readonly commitment: Digest
  readonly firstSeq: number
  readonly lastSeq: number
  /** The entry that closed it; it belongs to the next epoch. */
  readonly closedBySeq: number
  /** As published: the ten-field record and what stands beside it. */
  readonly published: EpochEvent['data']
}

export type Epochs = {
  current: number
  lastEnd: Millis
  lastCommitment: Digest
  firstSeq: number
  readonly closed: ClosedEpoch[]
}
