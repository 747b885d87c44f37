/** The fold of a closed epoch: the next one opens with the entry that closed it. */
import { parseSeconds, type Millis } from '../../wire/time.ts'
import type { Digest } from '../../wire/sha256.ts'
import { clearOpenEpoch, type OpenEpoch } from './accumulator.ts'
import type { EpochEvent } from './event.ts'
import type { Epochs } from './state.ts'

export function evolveEpoch(epochs: Epochs, open: OpenEpoch, event: EpochEvent, seq: number): void {
  const { epoch, record, commitment, first_seq, last_seq } = event.data
  const end = parseSeconds(record.timestamp_utc)
  const endMs = end.ok ? end.value : (0 as Millis)
  epochs.closed.push({
    epoch,
    end: endMs,
    commitment: commitment as Digest,
    firstSeq: first_seq,
    lastSeq: last_seq,
    closedBySeq: seq,
    published: event.data,
  })
  epochs.current = epoch + 1
  epochs.lastEnd = endMs
  epochs.lastCommitment = commitment as Digest
  epochs.firstSeq = seq
  clearOpenEpoch(open)
}
