/**
 * The names and the small notations that records are made of, each a shape with its own brand.
 *
 *     actor id    human-7, machine:planner.1      [a-z0-9._:-], 1 to 64 characters
 *     subject id  mission-12, sha256:…            the same characters, 1 to 128
 *     nonce       n-000001                        printable ASCII without spaces, 1 to 64
 *     wallet      0x70997970c51812dc3a010c7d01b50e0d17dc79c8   lower case: one spelling
 *     key         64 hex characters               an Ed25519 public key, 32 bytes
 *     digest      sha256: and 64 hex characters
 *     event id    000000000041-002                an entry's number, and the event's place in it
 *     timestamp   2026-02-13T09:05:07.042Z        see time.ts
 *
 * Hex is lower-case everywhere.
 */
import type { Brand } from './brand.ts'
import type { Digest } from './sha256.ts'
import { branded, integer, refined, string, type Shape } from './shape.ts'
import { isTimestamp, LAST_MILLIS, type Millis, type Timestamp } from './time.ts'

export type ActorId = Brand<string, 'ActorId'>
export type SubjectId = Brand<string, 'SubjectId'>
export type EventId = Brand<string, 'EventId'>
export type Nonce = Brand<string, 'Nonce'>
export type WalletAddress = Brand<string, 'WalletAddress'>
export type KeyHex = Brand<string, 'KeyHex'>
export type Ed25519SignatureHex = Brand<string, 'Ed25519SignatureHex'>
export type EcdsaSignatureHex = Brand<string, 'EcdsaSignatureHex'>
export type SafeInteger = Brand<number, 'SafeInteger'>

export const actorId = branded<'ActorId'>(string({ max: 64, pattern: /^[a-z0-9._:-]{1,64}$/ }))
export const subjectId = branded<'SubjectId'>(string({ max: 128, pattern: /^[a-z0-9._:-]{1,128}$/ }))
export const nonce = branded<'Nonce'>(string({ max: 64, pattern: /^[\x21-\x7e]{1,64}$/ }))
export const walletAddress = branded<'WalletAddress'>(string({ max: 42, pattern: /^0x[0-9a-f]{40}$/ }))
export const keyHex = branded<'KeyHex'>(string({ max: 64, pattern: /^[0-9a-f]{64}$/ }))
export const digest = branded<'Digest'>(string({ max: 71, pattern: /^sha256:[0-9a-f]{64}$/ }))

/** Twelve digits and three: the place is longer where an entry has more than a thousand events, and one spelling each. */
export const eventId = branded<'EventId'>(string({ max: 19, pattern: /^\d{12}-(?:\d{3}|[1-9]\d{3,5})$/ }))

/** R ‖ S, 64 bytes. */
export const ed25519Signature = branded<'Ed25519SignatureHex'>(string({ max: 128, pattern: /^[0-9a-f]{128}$/ }))

/** r ‖ s ‖ v, 65 bytes, as wallets give it. */
export const ecdsaSignature = branded<'EcdsaSignatureHex'>(string({ max: 132, pattern: /^0x[0-9a-f]{130}$/ }))

export const timestamp: Shape<Timestamp> = branded<'Timestamp'>(
  refined(string({ max: 24, pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ }), 'time-malformed', isTimestamp),
)

/** Whole milliseconds since 1970. */
export const millis: Shape<Millis> = branded<'Millis', number>(integer({ min: 0, max: LAST_MILLIS }))

export const safeInteger = branded<'SafeInteger', number>(integer())

/** A count: a safe integer from 0. */
export const count = integer({ min: 0 })

/** A string of exactly `bytes` bytes in lower-case hex, without prefix. */
export function hexOf(bytes: number): Shape<string> {
  return string({ max: 2 * bytes, pattern: new RegExp(`^[0-9a-f]{${2 * bytes}}$`) })
}

/** Shapes of the same notation belong to the same type wherever it is made. */
digest satisfies Shape<Digest>
