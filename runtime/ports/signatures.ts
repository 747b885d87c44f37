/**
 * Fast checks of Ed25519 signatures, equal on every input to the strict predicate of the protocol. Anything but a
 * good signature is `false`, never a throw.
 */
import type { SignatureCheck } from './law.ts'

/**
 * Repeatable, synchronous and without side effects: the ledger writer calls it between deciding two commands and
 * must not let anything happen in between.
 */
export type VerifyNow = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean

/**
 * The same in other threads, for checks that can be made before they are needed. Results come in the order of the
 * checks. Rejects when the threads are gone; whoever asked then checks for itself.
 */
export type VerifyAhead = {
  verify(checks: readonly SignatureCheck[]): Promise<readonly boolean[]>
  close(): Promise<void>
}
