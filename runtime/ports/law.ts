/**
 * The law as the runtime needs it: what `protocol/genesis.ts` gives, and nothing more of it.
 *
 * All of it is pure and synchronous. `record` and `replay` move the state they are given forward in place
 * when, and only when, they return an entry; a throw leaves a state that must not be used again.
 */
import type { Json } from '../../protocol/wire/canonical-json.ts'
import type { Malformed, Params } from '../../protocol/wire/malformed.ts'
import type { Result } from '../../protocol/wire/result.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import type { Millis } from '../../protocol/wire/time.ts'

/** A command as it came: the ledger keeps these bytes. */
export type Enveloped = {
  readonly envelopeText: string
  /** Whose signature it claims to bear. */
  readonly opened: { readonly keyId: Digest }
}

/** A signature that has to be checked before a command can be decided. */
export type SignatureCheck = {
  readonly publicKey: Uint8Array
  readonly message: () => Uint8Array
  readonly signature: Uint8Array
}

/** Why a command is not even recorded: nobody known signed it, or it is not meant for this ledger. */
export type Refusal = { readonly code: string; readonly params?: Params; readonly path?: string }

/** Where a re-decided entry is not what the ledger holds. */
export type Difference = { readonly code: string; readonly part?: string }

export type Reception = { readonly recordedAt: Millis; readonly signatures: readonly boolean[] }

export type Outcome = 'committed' | 'withheld'

export type Entry = {
  readonly seq: number
  readonly recordedAt: Millis
  readonly outcome: Outcome
  /** Canonical JSON, and its digest. */
  readonly text: string
  readonly hash: Digest
}

export type Recorded =
  | { readonly kind: 'entry'; readonly entry: Entry }
  /** These bytes were answered before: the first answer stands. */
  | { readonly kind: 'repeated'; readonly seq: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** What would be recorded, were it sent and signed now. */
export type Simulated = {
  readonly assumed: { readonly seq: number; readonly recordedAt: Millis }
} & (
  | { readonly outcome: 'committed'; readonly events: readonly unknown[] }
  | { readonly outcome: 'withheld'; readonly violations: readonly unknown[] }
)

export type EntryToReplay<Command> = { readonly command: Command }

/** `Unsigned` is a command without its envelope, which every `Command` is too: it can only be simulated. */
export type Law<State, Command extends Enveloped, Unsigned = unknown> = {
  emptyState(): State
  admit(input: string | Uint8Array): Result<Command, Malformed>
  checksOf(state: State, command: Command): readonly SignatureCheck[] | Refusal
  /** Whether `record` would answer `repeated`. */
  isAnswered(state: State, command: Command): boolean
  record(state: State, command: Command, reception: Reception): Recorded
  /** What an entry says about its command and its time; the rest of it is made again and compared. */
  readEntry(text: string, seq: number): Result<EntryToReplay<Command>, Difference>
  /** Decides an entry again and requires identical bytes, `previous` and `seq` included. */
  replay(state: State, entry: EntryToReplay<Command>, signatures: readonly boolean[]): Result<Entry, Difference>
  readPayload(json: Json): Result<{ readonly command: Unsigned }, Malformed>
  /** Nothing moves and no nonce is spent. */
  simulate(state: State, command: Command | Unsigned, at: Millis): Simulated | Refusal
}

/**
 * A state as plain data (objects, maps, sets, typed arrays) and back. The data shares its parts with the state;
 * `restoreState` takes over what it is given, which `saveState` of the same code must have made.
 */
export type SnapshotLaw<State> = {
  saveState(state: State): unknown
  restoreState(saved: never): State
  /** How many entries a state has taken, the last one's hash, and when it was recorded. */
  positionOf(state: State): { readonly size: number; readonly hash: Digest; readonly recordedAt: Millis }
}
