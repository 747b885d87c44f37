import assert from 'node:assert/strict'
import { test } from 'node:test'
import { millis } from '../../../protocol/wire/time.ts'
import { developmentClock, requireClockFits, systemClock } from '../../../runtime/clock/clock.ts'

const NOON = millis(Date.UTC(2026, 1, 2, 12))

test('a development clock stands still until it is moved', () => {
  const clock = developmentClock(NOON)
  assert.equal(clock.now(), NOON)
  clock.moveTo(millis(NOON + 1))
  assert.equal(clock.now(), NOON + 1)
})

test('it is never set back, and never to what is no moment', () => {
  const clock = developmentClock(NOON)
  for (const to of [NOON - 1, Number.NaN, Infinity, NOON + 0.5]) {
    assert.throws(() => clock.moveTo(to as never), { code: 'clock-set-back' })
  }
  assert.equal(clock.now(), NOON)
})

test('a deployment that is not for development refuses it', () => {
  assert.throws(() => requireClockFits(developmentClock(NOON), { development: false }), {
    code: 'clock-not-for-this-deployment',
  })
  requireClockFits(developmentClock(NOON), { development: true })
  requireClockFits(systemClock, { development: false })
})
