/** What is written by a form is what `encode` writes, byte for byte, or the same fault. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { alike, quoted } from '../../../protocol/wire/canonical-forms.ts'
import { encode } from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'

const NASTY = [
  '',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '\u0000\u001f',
  '\u007f\u0080\u2028\u2029\ufeff\uffff',
  'é',
  '😀',
  '\ud83d\ude00\ue000\ud7ff',
  '__proto__',
  'constructor',
  '10',
  '2',
  '-0',
  'a\nb',
  'x'.repeat(399),
  'x'.repeat(400),
  'x'.repeat(401),
  `${'x'.repeat(400)}"`,
  `${'é'.repeat(400)}\u0001`,
]
const LONE = ['\ud800', '\udc00', 'a\ud83d', '\ude00\ud83d', `${'x'.repeat(500)}\ud800`]

const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' }), fc.string())
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    nasty,
    fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0, -0, 1e21, 0.1, -1e-7)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(nasty, tie('any'), { maxKeys: 5, noNullPrototype: false }),
  ),
})).any

/** The text, or the code and reason of the fault. */
function outcome(write: () => string): unknown {
  try {
    return write()
  } catch (cause) {
    if (cause instanceof Fault) return { code: cause.code, params: cause.params }
    throw cause
  }
}

test('any values, one after the other, come out as encode writes them', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 12 }), (values) => {
      const write = alike()
      for (const one of [...values, ...values]) assert.equal(write(one), encode(one))
    }),
    { numRuns: 500 },
  )
})

test('values of one form do, whatever their texts hold', () => {
  const alikeOnes = fc.array(
    fc.record(
      { zeta: nasty, alpha: fc.array(fc.record({ name: nasty, bytes: fc.nat() })), '10': fc.boolean(), kind: nasty },
      { requiredKeys: ['alpha', 'kind'] },
    ),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(alikeOnes, (values) => {
      const write = alike()
      for (const one of values) assert.equal(write(one), encode(one))
    }),
    { numRuns: 500 },
  )
})

test('every string is quoted as in a record, and half a character is refused', () => {
  for (const text of NASTY) assert.equal(quoted(text), encode(text))
  fc.assert(fc.property(nasty, (text) => assert.equal(quoted(text), encode(text))))
  for (const text of LONE) assert.throws(() => quoted(text), { code: 'no-json-form' })
})

test('what has no JSON form is refused as encode refuses it, before and after the form is known', () => {
  class Point {
    readonly x = 1
  }
  const circle: { x: unknown } = { x: 1 }
  circle.x = circle
  const bad: unknown[] = [
    undefined,
    Number.NaN,
    Infinity,
    1n,
    () => 1,
    Symbol('s'),
    new Point(),
    new Map(),
    { x: undefined },
    { x: Number.NaN },
    { x: new Point() },
    { x: [1, undefined] },
    { x: { toJSON: () => 1 } },
    circle,
    ...LONE.map((text) => ({ x: text })),
    ...LONE.map((text) => ({ [text]: 1 })),
  ]
  for (const known of [false, true]) {
    for (const one of bad) {
      const write = alike()
      if (known) write({ x: 1 })
      const expected = outcome(() => encode(one))
      assert.deepEqual(
        outcome(() => write(one)),
        expected,
      )
      assert.equal(typeof expected, 'object')
    }
  }
})

test('fields more, fewer, in another order or of another prototype are another form', () => {
  const write = alike()
  const own = Object.fromEntries([
    ['__proto__', 1],
    ['a', 2],
  ])
  const bare = Object.assign(Object.create(null) as object, { b: 1, a: 2 })
  for (const one of [
    { b: 1, a: 2 },
    { a: 2, b: 1 },
    { b: 1 },
    { b: 1, a: 2, c: 3 },
    { b: 1, c: 2 },
    {},
    own,
    bare,
    { b: 1, a: 2 },
    [],
    [{ b: 1, a: 2 }],
  ]) {
    assert.equal(write(one), encode(one))
  }
})

test('what stands deeper than forms go is written all the same', () => {
  const write = alike()
  let deep: unknown = 'bottom'
  for (let i = 0; i < 40; i++) deep = i % 2 === 0 ? { [`k${i}`]: deep } : [deep, i]
  assert.equal(write(deep), encode(deep))
  assert.equal(write(deep), encode(deep))
})
