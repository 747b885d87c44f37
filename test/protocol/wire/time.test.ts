import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { Fault } from '../../../protocol/wire/fault.ts'
import * as Time from '../../../protocol/wire/time.ts'

fc.configureGlobal({ seed: 3339 })

const moment = fc.integer({ min: 0, max: Time.LAST_MILLIS }).map(Time.millis)

test('moments are written as Date writes them, and read back', () => {
  fc.assert(
    fc.property(moment, (at) => {
      const expected = new Date(at).toISOString()
      assert.equal(Time.formatTimestamp(at), expected)
      assert.deepEqual(Time.parseTimestamp(expected), { ok: true, value: at })
      assert.equal(Time.formatSeconds(at), `${expected.slice(0, 19)}Z`)
      assert.equal(Time.epochId(at), `${expected.slice(0, 16)}Z`)
    }),
    { numRuns: 5000 },
  )
})

test('the first and last millisecond of every day agree with Date', () => {
  for (let day = 0; day * Time.DAY <= Time.LAST_MILLIS; day += 1 + (day % 7)) {
    for (const at of [day * Time.DAY, (day + 1) * Time.DAY - 1]) {
      assert.equal(Time.formatTimestamp(Time.millis(at)), new Date(at).toISOString())
    }
  }
})

test('seconds and epoch ids are read as the moments they name', () => {
  fc.assert(
    fc.property(moment, (at) => {
      assert.deepEqual(Time.parseSeconds(Time.formatSeconds(at)), { ok: true, value: at - (at % Time.SECOND) })
      assert.deepEqual(Time.parseEpochId(Time.epochId(at)), { ok: true, value: at - (at % Time.MINUTE) })
    }),
  )
})

test('what is not that moment’s one spelling is refused', () => {
  for (const given of [
    '2026-02-13T09:05:07Z',
    '2026-02-13T09:05:07.04Z',
    '2026-02-13T09:05:07.0420Z',
    '2026-02-13T09:05:07.042',
    '2026-02-13T09:05:07.042z',
    '2026-02-13T09:05:07.042+00:00',
    '2026-02-13 09:05:07.042Z',
    '2026-2-13T09:05:07.042Z',
    '02026-02-13T09:05:07.042Z',
    '+002026-02-13T09:05:07.042Z',
    '2026-02-13T09:05:07,042Z',
    '２０２６-02-13T09:05:07.042Z',
    '2026-02-13T09:05:07.042Z\n',
    ' 2026-02-13T09:05:07.042Z',
    '',
    1_770_973_507_042,
    null,
    new Date(0),
  ]) {
    assert.deepEqual(Time.parseTimestamp(given), { ok: false, error: { code: 'time-malformed' } }, String(given))
  }
})

test('moments that no calendar has are refused', () => {
  for (const given of [
    '2026-00-13',
    '2026-13-13',
    '2026-02-00',
    '2026-02-29',
    '2024-02-30',
    '2100-02-29',
    '2026-04-31',
    '1969-12-31',
    '0000-01-01',
  ]) {
    assert.ok(!Time.parseTimestamp(`${given}T00:00:00.000Z`).ok, given)
  }
  for (const given of ['24:00:00', '23:60:00', '23:59:60']) {
    assert.ok(!Time.parseTimestamp(`2016-12-31T${given}.000Z`).ok, given)
  }
  assert.ok(Time.parseTimestamp('2000-02-29T00:00:00.000Z').ok)
  assert.ok(Time.parseTimestamp('2024-02-29T23:59:59.999Z').ok)
})

test('counts outside the calendar are a fault', () => {
  for (const count of [-1, 0.5, NaN, Infinity, Time.LAST_MILLIS + 1, 2 ** 60]) {
    assert.throws(() => Time.millis(count), Fault)
    assert.throws(() => Time.formatTimestamp(count as Time.Millis), Fault)
    assert.ok(!Time.isMillis(count))
  }
  assert.equal(Time.formatTimestamp(Time.LAST_MILLIS), '9999-12-31T23:59:59.999Z')
  assert.equal(Time.formatTimestamp(Time.millis(0)), '1970-01-01T00:00:00.000Z')
})
