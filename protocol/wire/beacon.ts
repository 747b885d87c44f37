/**
 * The public beacon: every period a round, a signature over the round's number that nobody can know before.
 *
 *     message    = SHA-256(round as 8 bytes, big-endian)
 *     signature  = secret · H(message), tag BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_
 *     randomness = SHA-256(signature, 48 bytes compressed)
 *
 *     time of round n = genesis time + (n − 1) · period        round 1 at genesis, no round before it
 *
 * The development beacon is the same scheme with its own key and a shorter period.
 *
 * Units: `genesis_time` in unix seconds, `period_ms` in milliseconds, moments in milliseconds since 1970.
 * Errors: those of `Shape.parse` and bls-point.ts, beacon-round-out-of-range, beacon-signature-wrong.
 * Source: drand's scheme `bls-unchained-g1-rfc9380` (quicknet); spec 5.4.
 */
import { sign, verify } from './bls.ts'
import { blsKey, readKey, readSignature, type BlsKey, type BlsSignature } from './bls-point.ts'
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'
import * as Sha256 from './sha256.ts'
import { integer, literal, object, parse, type Infer } from './shape.ts'
import { LAST_MILLIS, millis, SECOND, type Millis } from './time.ts'

export const BEACON_TAG = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'

export const beaconScheme = object({
  scheme: literal('bls-unchained-g1-rfc9380'),
  public_key: blsKey,
  genesis_time: integer({ min: 0, max: Math.floor(LAST_MILLIS / SECOND) }),
  period_ms: integer({ min: 1, max: 86_400_000 }),
})

export type BeaconScheme = Infer<typeof beaconScheme>

/** drand quicknet, chain 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971. */
export const QUICKNET: BeaconScheme = {
  scheme: 'bls-unchained-g1-rfc9380',
  public_key:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a' as BlsKey,
  genesis_time: 1_692_803_367,
  period_ms: 3_000,
}

/** The notation and the key's point. */
export function parseBeaconScheme(json: unknown): Result<BeaconScheme, Malformed> {
  const parsed = parse(beaconScheme, json)
  if (!parsed.ok) return parsed
  const key = readKey(parsed.value.public_key)
  return key.ok ? parsed : malformed(key.error.code, undefined, '/public_key')
}

/** The last round at or before a moment; 0 before the first. */
export function roundAt(scheme: BeaconScheme, at: Millis): number {
  const since = at - scheme.genesis_time * SECOND
  return since < 0 ? 0 : Math.floor(since / scheme.period_ms) + 1
}

/** Throws Fault `beacon-round` below round 1 and `time-out-of-range` beyond the calendar. */
export function timeOfRound(scheme: BeaconScheme, round: number): Millis {
  if (!isRound(round)) throw new Fault('beacon-round', { round })
  return millis(scheme.genesis_time * SECOND + (round - 1) * scheme.period_ms)
}

export function verifyRound(
  scheme: BeaconScheme,
  round: number,
  signature: string,
): Result<{ readonly randomness: Uint8Array }, Malformed> {
  if (!isRound(round)) return malformed('beacon-round-out-of-range', { round })
  const point = readSignature(signature)
  if (!point.ok) return point
  if (!verify(signature, roundMessage(round), scheme.public_key, BEACON_TAG))
    return malformed('beacon-signature-wrong', { round })
  return ok({ randomness: randomnessOf(signature) })
}

/** The development beacon's part: whoever holds `secret` knows every round ahead. */
export function signRound(secret: Uint8Array, round: number): { signature: BlsSignature; randomness: Uint8Array } {
  if (!isRound(round)) throw new Fault('beacon-round', { round })
  const signature = sign(roundMessage(round), secret, BEACON_TAG)
  return { signature, randomness: randomnessOf(signature) }
}

export function roundMessage(round: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round))
  return Sha256.hash(bytes)
}

function randomnessOf(signature: string): Uint8Array {
  const raw = Bytes.fromHex(signature)
  if (!raw.ok) throw new Fault('beacon-signature-unreadable')
  return Sha256.hash(raw.value)
}

function isRound(round: number): boolean {
  return Number.isSafeInteger(round) && round >= 1
}
