import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { compare, compareUtf8, hex, utf8 } from '../../../protocol/wire/bytes.ts'
import { encode } from '../../../protocol/wire/canonical-json.ts'
import { inclusionProof, verifyInclusion } from '../../../protocol/wire/merkle.ts'
import { recordTree } from '../../../protocol/wire/record-tree.ts'
import { digest, digestHex } from '../../../protocol/wire/sha256.ts'

fc.configureGlobal({ seed: 2118 })

const word = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'é', '\uffff', '😀', '\ue000'), maxLength: 3 })
const record = fc.record({
  event_type: word,
  event_id: word,
  event_timestamp: word,
  actor_id: word,
  data: fc.integer(),
})
type Fields = { event_type: string; event_id: string; event_timestamp: string; actor_id: string }
const fieldsOf = (item: Fields): string[] => [item.event_type, item.event_id, item.event_timestamp, item.actor_id]
const tuple = (item: Fields): string => encode(fieldsOf(item))
/** Field by field, as bytes. */
const isBefore = (a: Fields, b: Fields): boolean => {
  const orders = fieldsOf(a).map((field, i) => compare(utf8(field), utf8(fieldsOf(b)[i]!)))
  return orders.find((order) => order !== 0) === -1
}
const records = fc.uniqueArray(record, { selector: tuple, maxLength: 20 })

test('texts are compared as their UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      assert.equal(compareUtf8(a, b), compare(utf8(a), utf8(b)))
      assert.equal(compareUtf8(a + a, a + b), compare(utf8(a + a), utf8(a + b)))
    }),
    { numRuns: 3000 },
  )
  assert.equal(compareUtf8('\uffff', '😀'), -1)
  assert.deepEqual(['😀', '\uffff'].toSorted(), ['😀', '\uffff'])
})

test('the order of arrival does not matter', () => {
  fc.assert(
    fc.property(
      records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => assert.deepEqual(recordTree(shuffled), recordTree(list)),
    ),
  )
})

test('records stand by type, id, time and actor, and every one can be proven', () => {
  fc.assert(
    fc.property(records, (list) => {
      const tree = recordTree(list)
      assert.ok(tree.ok)
      const { ordered, entries, root } = tree.value
      assert.equal(ordered.length, list.length)
      for (const [i, item] of ordered.entries()) if (i > 0) assert.ok(isBefore(ordered[i - 1]!, item))
      for (const [i, item] of ordered.entries()) {
        assert.equal(hex(entries[i]!), digestHex(digest(encode(item))))
        assert.ok(verifyInclusion(entries[i]!, i, entries.length, inclusionProof(entries, i), root))
      }
    }),
    { numRuns: 50 },
  )
})

test('the second record of the same four fields is refused', () => {
  const one = { event_type: 't', event_id: 'e', event_timestamp: '2026-01-01T00:00:00Z', actor_id: 'a' }
  assert.deepEqual(
    recordTree([
      { ...one, data: 1 },
      { ...one, event_id: 'f' },
      { ...one, data: 2 },
    ]),
    {
      ok: false,
      error: { code: 'record-order-repeated', params: { event_id: 'e' } },
    },
  )
})

test('a record without one of the four fields is refused', () => {
  const one = { event_type: 't', event_id: 'e', event_timestamp: '2026-01-01T00:00:00Z', actor_id: 'a' }
  for (const field of Object.keys(one)) {
    const { [field as keyof typeof one]: _, ...without } = one
    assert.deepEqual(recordTree([one, without]), { ok: false, error: { code: 'field-missing', path: `/1/${field}` } })
    assert.ok(!recordTree([{ ...one, [field]: 1 }]).ok)
  }
})
