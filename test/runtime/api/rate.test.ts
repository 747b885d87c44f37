import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buckets } from '../../../runtime/api/rate.ts'

test('a name may take its burst at once, then so many a second', () => {
  const rate = buckets({ burst: 3, perSecond: 2 })
  const take = (now: number): boolean => rate.take('ada', now).ok
  assert.deepEqual([take(0), take(0), take(0), take(0)], [true, true, true, false])
  assert.deepEqual([take(499), take(500), take(500)], [false, true, false])
  assert.deepEqual([take(10_000), take(10_000), take(10_000), take(10_000)], [true, true, true, false])
})

test('one name’s use is not another’s', () => {
  const rate = buckets({ burst: 1, perSecond: 1 })
  assert.deepEqual([rate.take('ada', 0).ok, rate.take('ben', 0).ok, rate.take('ada', 0).ok], [true, true, false])
})

test('looking takes nothing, and a refusal says when to come back', () => {
  const rate = buckets({ burst: 1, perSecond: 0.25 })
  assert.deepEqual([rate.look('ada', 0).ok, rate.look('ada', 0).ok, rate.take('ada', 0).ok], [true, true, true])
  assert.deepEqual(rate.take('ada', 0), { ok: false, retryAfterSeconds: 4 })
  assert.deepEqual(rate.look('ada', 2000), { ok: false, retryAfterSeconds: 2 })
})

test('a clock that stands still or steps back gives nothing and takes nothing', () => {
  const rate = buckets({ burst: 1, perSecond: 1000 })
  assert.equal(rate.take('ada', 1000).ok, true)
  assert.equal(rate.take('ada', 0).ok, false)
})

test('names beyond number are forgotten, the oldest first', () => {
  const rate = buckets({ burst: 1, perSecond: 0.000_001 })
  for (let i = 0; i < 20_000; i++) rate.take(`name ${i}`, 0)
  assert.equal(rate.look('name 19999', 0).ok, false)
  assert.equal(rate.look('name 0', 0).ok, true)
})
