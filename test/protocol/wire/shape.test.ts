import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import type { Malformed } from '../../../protocol/wire/malformed.ts'
import * as Shape from '../../../protocol/wire/shape.ts'

fc.configureGlobal({ seed: 33 })

const vote = Shape.object(
  {
    reviewer: Shape.string({ max: 8, pattern: /^[a-z]+$/ }),
    verdict: Shape.oneOf('approve', 'reject'),
    weights: Shape.array(Shape.integer({ min: 0, max: 100 }), { min: 1, max: 3 }),
  },
  { note: Shape.text({ max: 20 }), final: Shape.boolean() },
)
type Vote = Shape.Infer<typeof vote>

const good: Vote = { reviewer: 'ana', verdict: 'approve', weights: [1, 2] }

const faultOf = (shape: Shape.Shape, value: unknown): Malformed | 'fits' => {
  const read = Shape.parse(shape, value)
  assert.equal(Shape.fits(shape, value), read.ok)
  return read.ok ? 'fits' : read.error
}
const codeOf = (shape: Shape.Shape, value: unknown): string => {
  const fault = faultOf(shape, value)
  return fault === 'fits' ? fault : fault.code
}

test('a value that fits comes back as it is, not copied', () => {
  const read = Shape.parse(vote, good)
  assert.ok(read.ok)
  assert.equal(read.value, good)
})

test('the type of a shape is the type of what fits', () => {
  const whole: Vote = { ...good, note: 'seen', final: true }
  assert.equal(faultOf(vote, whole), 'fits')
  // @ts-expect-error a field that is missing
  const missing: Vote = { reviewer: 'ana', verdict: 'approve' }
  // @ts-expect-error a value that is not allowed
  const other: Vote = { ...good, verdict: 'abstain' }
  // @ts-expect-error an optional field is absent or has its type, it is never undefined
  const absent: Vote = { ...good, note: undefined }
  for (const value of [missing, other, absent]) assert.notEqual(faultOf(vote, value), 'fits')
})

test('each fault has its code, its place and its figures', () => {
  const cases: [unknown, Malformed][] = [
    [
      { verdict: 'approve', weights: [1], note: 'seen' },
      { code: 'field-missing', path: '/reviewer' },
    ],
    [
      { verdict: 'approve', weights: [1] },
      { code: 'field-missing', path: '/reviewer' },
    ],
    [
      { ...good, extra: 1 },
      { code: 'field-unknown', path: '/extra' },
    ],
    [
      { ...good, reviewer: 7 },
      { code: 'field-type', path: '/reviewer', params: { expected: 'string' } },
    ],
    [
      { ...good, reviewer: 'Ana' },
      { code: 'field-pattern', path: '/reviewer', params: { pattern: '^[a-z]+$' } },
    ],
    [
      { ...good, reviewer: 'abcdefghi' },
      { code: 'field-range', path: '/reviewer', params: { given: 9, max: 8, min: 0 } },
    ],
    [
      { ...good, verdict: 'abstain' },
      { code: 'field-value', path: '/verdict', params: { allowed: 'approve | reject' } },
    ],
    [
      { ...good, weights: [] },
      { code: 'field-range', path: '/weights', params: { given: 0, max: 3, min: 1 } },
    ],
    [
      { ...good, weights: [1, 101] },
      { code: 'field-range', path: '/weights/1', params: { given: 101, max: 100, min: 0 } },
    ],
    [
      { ...good, weights: [1, 1.5] },
      { code: 'field-type', path: '/weights/1', params: { expected: 'integer' } },
    ],
    [
      { ...good, weights: { 0: 1 } },
      { code: 'field-type', path: '/weights', params: { expected: 'array' } },
    ],
    [
      { ...good, note: ' \u200b\n' },
      { code: 'field-blank', path: '/note' },
    ],
    [
      { ...good, note: '' },
      { code: 'field-range', path: '/note', params: { given: 0, max: 20, min: 1 } },
    ],
    [
      { ...good, note: null },
      { code: 'field-type', path: '/note', params: { expected: 'string' } },
    ],
    [
      { ...good, final: 1 },
      { code: 'field-type', path: '/final', params: { expected: 'boolean' } },
    ],
    [[good], { code: 'field-type', params: { expected: 'object' } }],
    [null, { code: 'field-type', params: { expected: 'object' } }],
  ]
  for (const [value, fault] of cases) assert.deepEqual(faultOf(vote, value), fault)
})

test('bounds are inclusive', () => {
  const shape = Shape.integer({ min: 3, max: 5 })
  const answers = [2, 3, 5, 6].map((value) => codeOf(shape, value))
  assert.deepEqual(answers, ['field-range', 'fits', 'fits', 'field-range'])
  const list = Shape.array(Shape.boolean(), { min: 1, max: 2 })
  assert.deepEqual(
    [0, 1, 2, 3].map((length) =>
      codeOf(
        list,
        Array.from({ length }, () => true),
      ),
    ),
    ['field-range', 'fits', 'fits', 'field-range'],
  )
})

test('integers are safe integers and nothing else', () => {
  const safe = [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
  for (const value of safe) assert.equal(codeOf(Shape.integer(), value), 'fits')
  for (const value of [2 ** 53, -(2 ** 53), 0.5, NaN, Infinity, '1', 1n, null, undefined, [1]]) {
    assert.equal(codeOf(Shape.integer(), value), 'field-type')
  }
})

test('lengths are counted in code points', () => {
  const shape = Shape.string({ min: 2, max: 3 })
  const answers = ['a', '😀', 'a😀', '😀😀', '😀😀😀', '😀😀😀😀', 'aaaa'].map((text) => codeOf(shape, text))
  assert.deepEqual(answers, ['field-range', 'field-range', 'fits', 'fits', 'fits', 'field-range', 'field-range'])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(12), fc.nat(12), (text, min, max) => {
      const length = Array.from(text).length
      assert.equal(Shape.fits(Shape.string({ min, max }), text), length >= min && length <= max)
    }),
    { numRuns: 1000 },
  )
})

test('names of prototypes are plain data', () => {
  const parsed = (text: string): unknown => JSON.parse(text)
  const closed = Shape.object({ a: Shape.integer() })
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.deepEqual(faultOf(closed, parsed(`{"a":1,"${name}":1}`)), { code: 'field-unknown', path: `/${name}` })
    const needed = Shape.object({ [name]: Shape.integer() })
    assert.equal(codeOf(needed, {}), 'field-missing')
    assert.equal(codeOf(needed, parsed(`{"${name}":1}`)), 'fits')
    const sorts = Shape.tagged('sort', { a: Shape.object({}) })
    assert.equal(codeOf(sorts, { sort: name }), 'field-value')
    const open = Shape.record(Shape.string(), Shape.integer())
    const value = parsed(`{"${name}":1}`)
    const read = Shape.parse(open, value)
    assert.ok(read.ok)
    assert.equal(Shape.own(read.value, name), 1)
    assert.equal(Shape.own({}, name), undefined)
    assert.equal(codeOf(open, parsed(`{"${name}":{}}`)), 'field-type')
  }
  assert.equal(codeOf(Shape.tagged('toString', { a: Shape.object({}) }), {}), 'field-missing')
})

test('a record holds any keys of its shape, so many of them', () => {
  const shape = Shape.record(Shape.string({ pattern: /^[a-z]$/ }), Shape.boolean(), { min: 1, max: 2 })
  assert.equal(codeOf(shape, { a: true }), 'fits')
  assert.equal(codeOf(shape, {}), 'field-range')
  assert.equal(codeOf(shape, { a: true, b: true, c: true }), 'field-range')
  assert.deepEqual(faultOf(shape, { A: true }), { code: 'field-pattern', path: '/A', params: { pattern: '^[a-z]$' } })
  assert.equal(codeOf(shape, [true]), 'field-type')
})

test('tagged objects are told apart by their tag, and closed', () => {
  const fact = Shape.tagged('fact', {
    block: Shape.object({ height: Shape.integer() }),
    beacon: Shape.refined(Shape.object({ round: Shape.integer() }), 'round-odd', ({ round }) => round % 2 === 0),
  })
  const read = Shape.parse(fact, { fact: 'block', height: 7 })
  assert.ok(read.ok)
  const value = read.value
  assert.equal(value.fact === 'block' ? value.height : value.round, 7)
  assert.equal(codeOf(fact, { fact: 'beacon', round: 8 }), 'fits')
  assert.equal(codeOf(fact, { fact: 'beacon', round: 7 }), 'round-odd')
  assert.deepEqual(faultOf(fact, { fact: 'beacon', height: 7 }), { code: 'field-unknown', path: '/height' })
  assert.deepEqual(faultOf(fact, { fact: 'block' }), { code: 'field-missing', path: '/height' })
  assert.deepEqual(faultOf(fact, { height: 1 }), { code: 'field-missing', path: '/fact' })
  assert.deepEqual(faultOf(fact, { fact: 'other' }), {
    code: 'field-value',
    path: '/fact',
    params: { allowed: 'block | beacon' },
  })
  assert.throws(() => Shape.tagged('fact', { a: Shape.record(Shape.string(), Shape.integer()) }))
})

test('a list of distinct items names the first that is repeated', () => {
  const shape = Shape.array(Shape.string(), { distinct: true })
  assert.equal(codeOf(shape, ['a', 'b']), 'fits')
  assert.deepEqual(faultOf(shape, ['a', 'b', 'a', 'b']), { code: 'field-repeated', path: '/2' })
})

test('nothing, anything, one thing', () => {
  assert.equal(codeOf(Shape.nullable(Shape.integer()), null), 'fits')
  assert.equal(codeOf(Shape.nullable(Shape.integer()), 1), 'fits')
  assert.equal(codeOf(Shape.nullable(Shape.integer()), 'a'), 'field-type')
  for (const value of [null, 1, 'a', [], {}]) assert.equal(codeOf(Shape.json(), value), 'fits')
  assert.equal(codeOf(Shape.json(), undefined), 'field-type')
  assert.equal(codeOf(Shape.literal(7), 7), 'fits')
  assert.equal(codeOf(Shape.literal(7), '7'), 'field-value')
})

test('a condition is asked only of what already has its shape', () => {
  const even = Shape.refined(Shape.integer(), 'odd', (value) => value % 2 === 0)
  assert.equal(codeOf(even, 2), 'fits')
  assert.deepEqual(faultOf(Shape.array(even), [2, 3]), { code: 'odd', path: '/1' })
  assert.equal(codeOf(even, 'two'), 'field-type')
})

test('a path is a JSON Pointer, whatever the keys are', () => {
  const shape = Shape.record(Shape.string(), Shape.array(Shape.boolean()))
  assert.deepEqual(faultOf(shape, { 'a/b~c': [true, 1] }), {
    code: 'field-type',
    path: '/a~1b~0c/1',
    params: { expected: 'boolean' },
  })
})
