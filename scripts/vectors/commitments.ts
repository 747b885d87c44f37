/**
 * Writes test/vectors/commitments.json: commitment records with their bytes and hash, and records that are refused.
 *
 *     node scripts/vectors/commitments.ts
 *
 * `end_seconds` is the epoch's end in unix seconds, from which a contract writes both times. The canonical bytes are
 * made here by sorting keys and JSON.stringify, not by the canonicaliser under test.
 */
import { createHash } from 'node:crypto'
import { digestOf, numberOf } from './chance.ts'
import { writeVectors, type VectorFile } from './write.ts'

const RECORDS = 200
const LAST_MINUTE = 253_402_300_740

type Record10 = { readonly [name: string]: string | number }

export function build(): VectorFile {
  return {
    file: 'commitments',
    title: 'Commitment records',
    conventions: {
      canonical: 'RFC 8785 bytes of the record, as text',
      hash: 'sha256: and the SHA-256 of these bytes',
      end_seconds: "the epoch's end in unix seconds, a whole minute; epoch_id and timestamp_utc both name it",
    },
    sections: [
      { name: 'records', basis: 'spec', cases: [...edges(), ...random()].map(described) },
      { name: 'refused', basis: 'spec', cases: refused() },
    ],
  }
}

function random(): [number, number, string][] {
  // days from 1970 to 2120 are likely, the rest of the calendar is not forgotten
  return Array.from({ length: RECORDS }, (_, i) => {
    const minutes = numberOf(`minute ${i}`, i % 4 === 0 ? LAST_MINUTE / 60 : 150 * 366 * 1_440)
    const round = numberOf(`round ${i}`, 10 ** (1 + numberOf(`digits ${i}`, 15)))
    return [minutes * 60, round, `record ${i}`]
  })
}

/** Ends of years, leap days, the calendar's two ends, the least and the greatest round. */
function edges(): [number, number, string][] {
  const ends = [
    0,
    Date.UTC(1999, 11, 31, 23, 59) / 1000,
    Date.UTC(2000, 1, 29) / 1000,
    Date.UTC(2000, 2, 1) / 1000,
    Date.UTC(2026, 1, 28, 23, 59) / 1000,
    Date.UTC(2026, 2, 1) / 1000,
    Date.UTC(2028, 1, 29, 12, 5) / 1000,
    Date.UTC(2028, 11, 31, 23) / 1000,
    Date.UTC(2100, 1, 28, 23, 59) / 1000,
    Date.UTC(2100, 2, 1) / 1000,
    LAST_MINUTE,
  ]
  const rounds = [0, 1, 9, 10, 99, 100, 48_201_538, Number.MAX_SAFE_INTEGER]
  return [
    ...ends.map((end, i): [number, number, string] => [end, i, `edge of time ${i}`]),
    ...rounds.map((round, i): [number, number, string] => [
      Date.UTC(2026, 1, 13, i) / 1000,
      round,
      `edge of rounds ${i}`,
    ]),
  ]
}

function recordOf(end: number, round: number, name: string): Record10 {
  const time = new Date(end * 1000).toISOString()
  return {
    chamber_nonce: digestOf(`${name} nonce`),
    commitment_version: '0.3',
    epoch_id: `${time.slice(0, 16)}Z`,
    governance_ballot_root: digestOf(`${name} governance`),
    mission_event_root: digestOf(`${name} mission`),
    previous_commitment_hash: digestOf(`${name} previous`),
    public_beacon_round: round,
    review_decision_root: digestOf(`${name} review`),
    timestamp_utc: `${time.slice(0, 19)}Z`,
    trust_delta_root: digestOf(`${name} trust`),
  }
}

function described([end, round, name]: [number, number, string]): object {
  const record = recordOf(end, round, name)
  const canonical = JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))))
  const hash = `sha256:${createHash('sha256').update(canonical).digest('hex')}`
  return { record, end_seconds: end, canonical, hash }
}

function refused(): object[] {
  const good = recordOf(Date.UTC(2026, 1, 13, 1) / 1000, 48_201_538, 'refused')
  const without = (name: string): object => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))
  const changed = (why: string, change: { [name: string]: unknown }): object => ({
    why,
    record: { ...good, ...change },
    accept: false,
  })
  const digest = digestOf('refused digest')
  return [
    { why: 'as it should be', record: good, accept: true },
    ...Object.keys(good).map((name) => ({ why: `without ${name}`, record: without(name), accept: false })),
    changed('an eleventh field', { human_count: 9 }),
    changed('another version', { commitment_version: '0.4' }),
    changed('version as a number', { commitment_version: 0.3 }),
    changed('digest of 63 digits', { mission_event_root: digest.slice(0, -1) }),
    changed('digest of 65 digits', { mission_event_root: `${digest}0` }),
    changed('digest in upper case', { trust_delta_root: digest.toUpperCase() }),
    changed('digest without prefix', { review_decision_root: digest.slice(7) }),
    changed('digest of another hash', { governance_ballot_root: `sha512:${digest.slice(7)}` }),
    changed('digest null', { chamber_nonce: null }),
    changed('previous hash empty', { previous_commitment_hash: '' }),
    changed('round as text', { public_beacon_round: '48201538' }),
    changed('round below zero', { public_beacon_round: -1 }),
    changed('round with a fraction', { public_beacon_round: 1.5 }),
    changed('round past the safe integers', { public_beacon_round: 2 ** 53 }),
    changed('the two times differ', { timestamp_utc: '2026-02-13T02:00:00Z' }),
    changed('the two times differ by a second', { timestamp_utc: '2026-02-13T01:00:01Z' }),
    changed('time with milliseconds', { timestamp_utc: '2026-02-13T01:00:00.000Z' }),
    changed('time with an offset', { timestamp_utc: '2026-02-13T01:00:00+00:00' }),
    changed('epoch with seconds', { epoch_id: '2026-02-13T01:00:00Z' }),
    changed('no such day', { epoch_id: '2026-02-29T01:00Z', timestamp_utc: '2026-02-29T01:00:00Z' }),
    changed('no such hour', { epoch_id: '2026-02-13T24:00Z', timestamp_utc: '2026-02-13T24:00:00Z' }),
    changed('no such minute', { epoch_id: '2026-02-13T01:60Z', timestamp_utc: '2026-02-13T01:60:00Z' }),
  ]
}

if (import.meta.main) writeVectors(build())
