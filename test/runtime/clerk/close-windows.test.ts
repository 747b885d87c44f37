import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeWindows } from '../../../runtime/clerk/close-windows.ts'
import { reviewKey } from '../../../protocol/law/review/state.ts'
import { sealOf } from '../../../protocol/law/review/seal.ts'
import { decision, SALT, seatedFor, submitted, underReview } from '../../support/law/flow.ts'
import { committed, drawNow, founded } from '../../support/law/world.ts'
import { begun } from '../../support/runtime/desk-bench.ts'
import { clerking } from './clerk-bench.ts'

test('a sealing window that has passed is stated once, and not while its last millisecond runs', async () => {
  const bench = founded()
  underReview(bench, 'm-1')
  const review = bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))
  assert.ok(review?.status === 'sealing')
  const clerk = await clerking(begun(80, bench))
  const duty = closeWindows(clerk)
  assert.equal(await duty.run(), false)
  bench.wait(review.commitBy - bench.now())
  assert.equal(await duty.run(), false)
  bench.wait(1)
  assert.equal(await duty.run(), true)
  assert.equal(await duty.run(), false)
  assert.deepEqual(clerk.news(), ['review.close'])
})

test('a revealing window that has passed is stated too', async () => {
  const bench = founded()
  const seats = underReview(bench, 'm-1', 'regulated_analysis')
  for (const seat of seats) {
    const commitment = sealOf(decision(seat.id, 'm-1', 'approve'), Buffer.from(SALT, 'hex'))
    committed(bench.send(seat, 'review.commit', 'm-1', { task: 't-1', commitment }))
  }
  const [review] = seatedFor(bench, 'm-1').length > 0 ? [bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))] : []
  assert.ok(review?.status === 'revealing')
  const clerk = await clerking(begun(80, bench))
  bench.wait(review.revealBy - bench.now() + 1)
  assert.equal(await closeWindows(clerk).run(), true)
  assert.deepEqual(clerk.news(), ['review.close'])
})

test('windows that pass in one moment are all stated', async () => {
  const bench = founded()
  submitted(bench, 'm-1')
  submitted(bench, 'm-2')
  committed(drawNow(bench))
  const ends = ['m-1', 'm-2'].map((mission) => {
    const review = bench.state.reviews.byTask.get(reviewKey(mission, 't-1'))
    assert.ok(review?.status === 'sealing')
    return review.commitBy
  })
  assert.equal(ends[0], ends[1])
  const clerk = await clerking(begun(80, bench))
  bench.wait(ends[0]! - bench.now() + 1)
  assert.equal(await closeWindows(clerk).run(), true)
  assert.deepEqual(clerk.news(), ['review.close', 'review.close'])
})

test('one review that cannot be closed does not keep the others open', async () => {
  const bench = founded()
  underReview(bench, 'm-1')
  underReview(bench, 'm-2')
  const clerk = await clerking(begun(80, bench))
  bench.wait(40 * 86_400_000)
  const duty = closeWindows({
    ...clerk,
    seal: (draft, nonce) => clerk.seal(draft.subject === 'm-1' ? { ...draft, body: { task: 't-9' } } : draft, nonce),
  })
  await assert.rejects(duty.run())
  assert.deepEqual(clerk.news(), ['review.close'])
})
