/**
 * The law as the ledger needs it: what `protocol/genesis.ts` gives, and nothing more of it.
 *
 * All of it is pure and synchronous. `record` and `replay` move the state they are given forward in place
 * when, and only when, they return an entry; a throw leaves a state that must not be used again.
 */
import type { Malformed, Params } from '../../protocol/wire/malformed.ts'
import type { Result } from '../../protocol/wire/result.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import type { Millis } from '../../protocol/wire/time.ts'
import type { VerifyNow } from './signatures.ts'

/** A signature that has to be checked before a command can be decided. */
export type SignatureCheck = {
  readonly publicKey: Uint8Array
  readonly message: () => Uint8Array
  readonly signature: Uint8Array
}

/** Why a command is not even recorded: nobody known signed it, or it is not meant for this ledger. */
export type Refusal = { readonly code: string; readonly params?: Params }

/** Where a re-decided entry is not what the ledger holds. */
export type Difference = { readonly code: string; readonly params?: Params }

export type Violation = { readonly constraint: string; readonly level: string; readonly params: unknown }

export type Outcome = 'committed' | 'withheld'

export type Recorded = {
  readonly entry: { readonly seq: number; readonly recorded_at: string; readonly outcome: Outcome }
  readonly hash: Digest
  readonly text: string
}

export type Decided = Recorded | { readonly repeated: { readonly seq: number } } | { readonly refusal: Refusal }

export type Law<State, Command> = {
  emptyState(): State
  admit(input: string | Uint8Array): Result<Command, Malformed>
  /** Bytes a waiting command holds in memory, roughly those it was sent in. */
  sizeOf(command: Command): number
  checksOf(state: State, command: Command): Result<readonly SignatureCheck[], Refusal>
  record(
    state: State,
    command: Command,
    at: { readonly recordedAt: Millis; readonly signatures: readonly boolean[] },
  ): Decided
  /** Decides an entry again and requires identical bytes, `previous` and `seq` included. */
  replay(state: State, text: string, verify: VerifyNow): Result<Recorded, Difference>
}
