/** A reviewing model's decision may name the artifact with what it was asked and answered (spec 3.3, 3.7). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { artifactsOf } from '../../../../protocol/genesis.ts'
import { sealOf } from '../../../../protocol/law/review/seal.ts'
import { decision, NOTES, SALT, underReview } from '../../../support/law/flow.ts'
import { committed, founded, withheldBy, type Bench } from '../../../support/law/world.ts'

function sealed(bench: Bench, more: object) {
  const [seat] = underReview(bench, 'm-1')
  assert.ok(seat !== undefined)
  const said = decision(seat.id, 'm-1', 'approve', more)
  const commitment = sealOf(said, Buffer.from(SALT, 'hex'))
  committed(bench.send(seat, 'review.commit', 'm-1', { task: 't-1', commitment }))
  return { seat, said, body: { task: 't-1', decision: said, salt: SALT } }
}

test('a decision that names its transcript is taken, and the bytes must lie in the store', () => {
  const bench = founded()
  const { seat, body } = sealed(bench, { transcript: NOTES })
  assert.deepEqual(artifactsOf(bench.admit(bench.envelope(seat, 'review.reveal', 'm-1', body))), [NOTES])
  committed(bench.send(seat, 'review.reveal', 'm-1', body))
})

test('a decision without one rests on no artifact of its own', () => {
  const bench = founded()
  const { seat, body } = sealed(bench, {})
  assert.deepEqual(artifactsOf(bench.admit(bench.envelope(seat, 'review.reveal', 'm-1', body))), [])
})

test('a transcript is part of what was sealed: another one is not revealed', () => {
  const bench = founded()
  const { seat, said, body } = sealed(bench, {})
  const later = { ...body, decision: { ...said, transcript: NOTES } }
  assert.deepEqual(withheldBy(bench.send(seat, 'review.reveal', 'm-1', later)), ['reveal-matches-the-seal'])
})

for (const transcript of ['', 'notes.json', NOTES.slice(7), NOTES.toUpperCase()]) {
  test(`a transcript is a digest: ${JSON.stringify(transcript.slice(0, 16))} is malformed`, () => {
    const bench = founded()
    const { seat, body } = sealed(bench, { transcript })
    assert.throws(() => bench.send(seat, 'review.reveal', 'm-1', body))
  })
}
