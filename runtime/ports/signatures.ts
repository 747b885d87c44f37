/**
 * A fast check of Ed25519 signatures, equal on every input to the strict predicate of the protocol.
 *
 * Repeatable, synchronous and without side effects: the ledger writer calls it between deciding two commands
 * and must not let anything happen in between. Anything but a good signature is `false`, never a throw.
 */
export type VerifyNow = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean
