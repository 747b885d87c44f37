/**
 * The ledger as the other rooms see it: send a command, ask a question, follow what happens.
 *
 * What holds for all of it:
 * - An answer `recorded` means on disk. No other answer says that a command was or was not recorded before
 *   now: sending the same bytes again is always safe and gives the first answer.
 * - A question and a reader see only what is on disk.
 * - Once `stopped` has been fulfilled nothing is written or answered any more until the process starts again.
 */
import type { Digest } from '../../protocol/wire/sha256.ts'
import type { Fault } from '../../protocol/wire/fault.ts'
import type { Millis } from '../../protocol/wire/time.ts'
import type { Outcome, Refusal } from './law.ts'
import type { StoredEntry } from './ledger-store.ts'

export type Answer =
  | {
      readonly kind: 'recorded'
      readonly seq: number
      readonly hash: Digest
      readonly text: string
      readonly outcome: Outcome
      /** True when these bytes had been recorded before and this is that first answer. */
      readonly repeated: boolean
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Too many are waiting: nothing was taken in. */
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number }
  /** Closing, or stopped by a fault while the command waited: it may or may not be on disk. */
  | { readonly kind: 'stopped'; readonly code: 'ledger-closing' | 'ledger-stopped' }

/** The entries so far and the hash of the last; 64 zeros when there is none. */
export type Head = { readonly size: number; readonly hash: Digest }

/** What the ledger assumes when it decides without recording: the next entry's place and time. */
export type Moment = { readonly seq: number; readonly recordedAt: Millis }

export type LedgerReader = {
  head(): Head
  /** At most `limit` entries from `from` on, as many as are on disk. */
  read(from: number, limit: number): readonly StoredEntry[]
  /**
   * Every entry from `from` on in order, without gaps, as it comes to disk, until the signal aborts or the
   * ledger closes. Nothing queues up behind a slow reader: it is read from the store when it asks.
   */
  follow(from: number, signal: AbortSignal): AsyncIterable<readonly StoredEntry[]>
}

export type Ledger<State, Command> = LedgerReader & {
  submit(command: Command): Promise<Answer>
  /**
   * Runs a question between two batches, when the state is what is on disk. The question must not keep the
   * state nor change it. Rejects with Fault `ledger-stopped` after a fault.
   */
  ask<T>(question: (state: State, moment: Moment) => T): Promise<T>
  /** Fulfilled by the fault that stopped the writer; never when all goes well. */
  readonly stopped: Promise<Fault>
  /** Takes nothing new in, records all that waits, lets the store go. Repeatable. */
  close(): Promise<void>
}
