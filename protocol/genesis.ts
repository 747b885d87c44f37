/**
 * The protocol's one door: state changes in exactly one way, a signed command decided by pure law.
 *
 *     admit ─▶ checksOf ─▶ (signatures verified outside, with the fastest engine) ─▶ record ─▶ entry
 *                                                                                └─ replay, by everyone else
 *
 * Pure and synchronous: no clock, no chance, no file, no socket. Time enters as `recordedAt`, randomness as a
 * beacon round in the ledger, signatures as the results of checks that this module asked for.
 *
 * Source: spec 1, 2.2, 7.
 */
import { err, ok, type Result } from './wire/result.ts'
import type { Millis } from './wire/time.ts'
import type { AdmittedCommand } from './law/admission.ts'
import { decide } from './law/decide.ts'
import { apply, prepare, type Prepared, type Reception, type Refusal } from './law/record.ts'
import { GENESIS } from './law/founding/command.ts'
import { reDecide, type Difference, type EntryToReplay } from './law/replay.ts'
import type { Command, Decision } from './law/constraints/kernel.ts'
import type { State } from './law/state.ts'
import { worldOf } from './law/world.ts'

export { PROTOCOL_VERSION } from './law/founding/command.ts'
export { admit, readPayload, COMMAND_CAPS, COMMAND_PAYLOAD_TYPE, type AdmittedCommand } from './law/admission.ts'
export { payloadOf, sealedCommand, type Draft, type SendingAs } from './law/compose.ts'
export { artifactsOf } from './law/artifacts.ts'
export { actionsFor, type Action } from './law/actions.ts'
export { checksOf, isAnswered, type Prepared, type Reception, type Refusal } from './law/record.ts'
export { readEntry, type Difference, type EntryToReplay } from './law/replay.ts'
export { positionOf, restoreState, saveState } from './law/snapshot.ts'
export { emptyState, type State } from './law/state.ts'

export type Recorded =
  | { readonly kind: 'entry'; readonly entry: Prepared }
  | { readonly kind: 'repeated'; readonly seq: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** Decide a command and take its entry into the state. */
export function record(state: State, command: AdmittedCommand, reception: Reception): Recorded {
  const attempt = prepare(state, command, reception)
  if (attempt.kind !== 'entry') return attempt
  apply(state, attempt.prepared)
  return { kind: 'entry', entry: attempt.prepared }
}

/** Decide an entry again; only one that is what the law gives is taken into the state. */
export function replay(
  state: State,
  entry: EntryToReplay,
  signatures: readonly boolean[],
): Result<Prepared, Difference> {
  const prepared = reDecide(state, entry, signatures)
  if (!prepared.ok) return err(prepared.error)
  apply(state, prepared.value)
  return ok(prepared.value)
}

export type Simulated = Decision & { readonly assumed: { readonly seq: number; readonly recordedAt: Millis } }

/**
 * What a command would lead to if it came now, signed as it should be. Nothing is recorded, no nonce is spent.
 * Answers a Refusal where nobody of that name is registered, and to a second founding.
 */
export function simulate(state: State, command: Command, at: Millis): Simulated | Refusal {
  if (state.founded === undefined) return { code: 'deployment-not-founded', params: {} }
  if (command.type === GENESIS) return { code: 'deployment-already-founded', params: {} }
  const principal = worldOf(state).actor(command.actor)
  if (principal === undefined) return { code: 'unknown-actor', params: { actor: command.actor } }
  const recordedAt = Math.max(state.books.lastRecordedAt, at) as Millis
  const seq = state.books.next
  const decision = decide(state, command, principal, { seq, at: recordedAt, signatures: [true, true] })
  return { ...decision, assumed: { seq, recordedAt } }
}
