/** The records of the law are written as canonical JSON writes them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encode } from '../../../protocol/wire/canonical-json.ts'
import type { EventRecord } from '../../../protocol/law/constraints/event.ts'
import { eventText } from '../../../protocol/law/event-text.ts'
import { busy } from '../../support/law/busy.ts'

test('every event of a busy ledger', () => {
  const bench = busy()
  let count = 0
  for (const text of bench.texts) {
    const { events = [] } = JSON.parse(text) as { events?: EventRecord[] }
    for (const event of events) {
      const fields = Object.entries(event.data).toReversed()
      // In another order of fields than the one in which the law makes them, too.
      for (const data of [event.data, Object.fromEntries(fields)]) {
        assert.equal(eventText({ ...event, data }), encode(event))
        count++
      }
    }
  }
  assert.ok(count > 40)
})

test('data, actors and subjects of any content', () => {
  const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', '__proto__', ' ', '\n'))
  fc.assert(
    fc.property(names, names, fc.dictionary(names, fc.jsonValue()), (actor_id, subject, data) => {
      const event: EventRecord = {
        actor_id,
        data: data as EventRecord['data'],
        event_id: '000000000001-000',
        event_timestamp: '2026-02-13T09:05:07.042Z',
        event_type: 'mission.created',
        subject,
      }
      assert.equal(eventText(event), encode(event))
    }),
  )
})
