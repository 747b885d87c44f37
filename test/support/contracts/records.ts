/** Commitment records for the log: as the contract takes them, and as protocol/wire writes them. */
import { encodeCommitment, commitmentHash, epochEnd, parseCommitment } from '../../../protocol/wire/commitment.ts'
import type { CommitmentRecord } from '../../../protocol/wire/commitment.ts'
import type { Millis } from '../../../protocol/wire/time.ts'
import { digestOf } from '../../../scripts/vectors/chance.ts'

/** The struct that `publish` takes; digests as 0x…, the end in unix seconds. */
export type RecordStruct = {
  readonly previousCommitmentHash: string
  readonly missionEventRoot: string
  readonly trustDeltaRoot: string
  readonly governanceBallotRoot: string
  readonly reviewDecisionRoot: string
  readonly publicBeaconRound: bigint
  readonly chamberNonce: string
  readonly endsAt: number
}

export const ZERO_HASH = `0x${'00'.repeat(32)}`

/** 2026-02-13T00:00:00Z, as good a minute as any. */
export const FIRST_END = 1_770_940_800

/** A record that follows from its number, an hour after the one before. */
export function recordOf(epoch: number, previous: string, changes: Partial<RecordStruct> = {}): RecordStruct {
  const root = (name: string) => wordOf(digestOf(`${name} of epoch ${epoch}`))
  return {
    previousCommitmentHash: previous,
    missionEventRoot: root('missions'),
    trustDeltaRoot: root('trust'),
    governanceBallotRoot: root('ballots'),
    reviewDecisionRoot: root('reviews'),
    publicBeaconRound: BigInt(48_201_538 + 1_200 * epoch),
    chamberNonce: root('nonces'),
    endsAt: FIRST_END + 3_600 * epoch,
    ...changes,
  }
}

/** The same record as protocol/wire writes it. */
export function wireRecord(struct: RecordStruct): CommitmentRecord {
  const parsed = parseCommitment({
    commitment_version: '0.3',
    ...epochEnd((struct.endsAt * 1_000) as Millis),
    previous_commitment_hash: digestText(struct.previousCommitmentHash),
    mission_event_root: digestText(struct.missionEventRoot),
    trust_delta_root: digestText(struct.trustDeltaRoot),
    governance_ballot_root: digestText(struct.governanceBallotRoot),
    review_decision_root: digestText(struct.reviewDecisionRoot),
    public_beacon_round: Number(struct.publicBeaconRound),
    chamber_nonce: digestText(struct.chamberNonce),
  })
  if (!parsed.ok) throw new Error(parsed.error.code)
  return parsed.value
}

export function structOf(record: CommitmentRecord, endsAt: number): RecordStruct {
  return {
    previousCommitmentHash: wordOf(record.previous_commitment_hash),
    missionEventRoot: wordOf(record.mission_event_root),
    trustDeltaRoot: wordOf(record.trust_delta_root),
    governanceBallotRoot: wordOf(record.governance_ballot_root),
    reviewDecisionRoot: wordOf(record.review_decision_root),
    publicBeaconRound: BigInt(record.public_beacon_round),
    chamberNonce: wordOf(record.chamber_nonce),
    endsAt,
  }
}

export const textOf = (struct: RecordStruct) => encodeCommitment(wireRecord(struct))
export const hashOf = (struct: RecordStruct) => wordOf(commitmentHash(wireRecord(struct)))

const wordOf = (digest: string) => `0x${digest.slice('sha256:'.length)}`
const digestText = (word: string) => `sha256:${word.slice(2)}`
