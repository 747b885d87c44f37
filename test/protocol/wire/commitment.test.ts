import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import * as Commitment from '../../../protocol/wire/commitment.ts'
import { LAST_MILLIS, MINUTE, millis, parseEpochId, parseSeconds } from '../../../protocol/wire/time.ts'
import { casesOf } from '../../support/vectors.ts'

type Case = { record: Commitment.CommitmentRecord; end_seconds: number; canonical: string; hash: string }
type Judged = { why: string; record: unknown; accept: boolean }

const records = casesOf('commitments', 'records') as readonly Case[]

test('records have the bytes and the hash that sorting and JSON.stringify give them', () => {
  assert.ok(records.length > 200)
  for (const { record, canonical, hash } of records) {
    assert.deepEqual(Commitment.parseCommitment(record), { ok: true, value: record })
    assert.equal(Commitment.encodeCommitment(record), canonical)
    assert.equal(Commitment.commitmentHash(record), hash)
  }
})

test('the order in which the fields come does not matter', () => {
  const { record, hash } = records[0]!
  const reversed = Object.fromEntries(Object.entries(record).toReversed())
  const parsed = Commitment.parseCommitment(reversed)
  assert.ok(parsed.ok)
  assert.equal(Commitment.commitmentHash(parsed.value), hash)
})

test("the two times of a record are written from the epoch's end", () => {
  for (const { record, end_seconds } of records) {
    const { epoch_id, timestamp_utc } = record
    assert.deepEqual(Commitment.epochEnd(millis(end_seconds * 1_000)), { epoch_id, timestamp_utc })
  }
})

test('whatever the end, its two names are one whole minute, at most a minute earlier', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LAST_MILLIS }), (at) => {
      const { epoch_id, timestamp_utc } = Commitment.epochEnd(millis(at))
      const [minute, second] = [parseEpochId(epoch_id), parseSeconds(timestamp_utc)]
      assert.ok(minute.ok && second.ok)
      assert.equal(minute.value, second.value)
      assert.equal(minute.value, at - (at % MINUTE))
    }),
  )
})

for (const { why, record, accept } of casesOf('commitments', 'refused') as readonly Judged[]) {
  test(`a commitment record is ${accept ? 'accepted' : 'refused'}: ${why}`, () => {
    assert.equal(Commitment.parseCommitment(record).ok, accept)
  })
}

test('what is no object is no record', () => {
  for (const given of [null, [], 'record', 7, undefined]) {
    assert.equal(Commitment.parseCommitment(given).ok, false)
  }
})

test('two times that name different moments are told apart from two that cannot be read', () => {
  const { record } = records[0]!
  const codeOf = (change: object): string => {
    const parsed = Commitment.parseCommitment({ ...record, ...change })
    return parsed.ok ? 'accepted' : parsed.error.code
  }
  assert.equal(codeOf({ timestamp_utc: '2026-02-13T01:00:00Z' }), 'commitment-time-mismatch')
  assert.equal(codeOf({ timestamp_utc: '2026-02-13' }), 'time-malformed')
  assert.equal(codeOf({ epoch_id: '2026-02-13' }), 'epoch-id-malformed')
})
