/**
 * The commitment record: what an epoch leaves behind, ten fields that are hashed, certified and put on chain.
 *
 *     { "chamber_nonce": "sha256:…", "commitment_version": "0.3", "epoch_id": "2026-02-13T01:00Z",
 *       "governance_ballot_root": "sha256:…", "mission_event_root": "sha256:…",
 *       "previous_commitment_hash": "sha256:…", "public_beacon_round": 48201538,
 *       "review_decision_root": "sha256:…", "timestamp_utc": "2026-02-13T01:00:00Z", "trust_delta_root": "sha256:…" }
 *     hash = SHA-256 of these bytes (RFC 8785, no spaces)
 *
 * `epoch_id` and `timestamp_utc` name one instant, the epoch's end, so an epoch ends on a whole minute.
 * `public_beacon_round` is the last round at or before it. The first record's previous hash is sixty-four zeros.
 *
 * Errors: those of `Shape.parse`, `commitment-time-mismatch`.
 * Source: spec 2.3.
 */
import { encode } from './canonical-json.ts'
import { count, digest as digestShape } from './identifiers.ts'
import type { Malformed } from './malformed.ts'
import type { Result } from './result.ts'
import { digest, type Digest } from './sha256.ts'
import { literal, object, parse, refined, string, type Infer } from './shape.ts'
import { epochId, parseEpochId, parseSeconds, type Millis } from './time.ts'

export const COMMITMENT_VERSION = '0.3'

export const commitmentRecord = refined(
  object({
    commitment_version: literal(COMMITMENT_VERSION),
    epoch_id: refined(string({ max: 17 }), 'epoch-id-malformed', (text) => parseEpochId(text).ok),
    previous_commitment_hash: digestShape,
    mission_event_root: digestShape,
    trust_delta_root: digestShape,
    governance_ballot_root: digestShape,
    review_decision_root: digestShape,
    public_beacon_round: count,
    chamber_nonce: digestShape,
    timestamp_utc: refined(string({ max: 20 }), 'time-malformed', (text) => parseSeconds(text).ok),
  }),
  'commitment-time-mismatch',
  ({ epoch_id, timestamp_utc }) => timestamp_utc === `${epoch_id.slice(0, -1)}:00Z`,
)

export type CommitmentRecord = Infer<typeof commitmentRecord>

/** The two fields that name the epoch's end. Whole minutes only: a part of a minute is cut off. */
export function epochEnd(end: Millis): Pick<CommitmentRecord, 'epoch_id' | 'timestamp_utc'> {
  const epoch_id = epochId(end)
  return { epoch_id, timestamp_utc: `${epoch_id.slice(0, -1)}:00Z` }
}

export function parseCommitment(json: unknown): Result<CommitmentRecord, Malformed> {
  return parse(commitmentRecord, json)
}

/** The bytes that are hashed, as text. */
export function encodeCommitment(record: CommitmentRecord): string {
  return encode(record)
}

export function commitmentHash(record: CommitmentRecord): Digest {
  return digest(encodeCommitment(record))
}
