import assert from 'node:assert/strict'
import test from 'node:test'
import canonicalize from 'canonicalize'
import * as fc from 'fast-check'
import {
  encode,
  encodeBytes,
  parse,
  parseRecord,
  RECORD_CAPS,
  type Json,
} from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'

/** Keys that engines and careless code treat specially, among ordinary ones. */
const key = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toJSON',
    'hasOwnProperty',
    '',
    '0',
    '10',
    '9',
    '-1',
    '1.5',
    '4294967295',
    '€',
    '😀',
    '\ufb33',
  ),
)

function jsonOf(number: fc.Arbitrary<number>): fc.Arbitrary<Json> {
  return fc.letrec<{ value: Json; object: Json; array: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'large', withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      number,
      fc.string({ unit: 'binary', maxLength: 12 }),
      { weight: 3, arbitrary: tie('object') },
      { weight: 2, arbitrary: tie('array') },
    ),
    object: fc
      .array(fc.tuple(key, tie('value')), { maxLength: 6 })
      .map((members) => Object.fromEntries(members) as Json),
    array: fc.array(tie('value'), { maxLength: 5 }),
  })).value
}

fc.configureGlobal({ seed: 8785 })

const anyJson = jsonOf(fc.double({ noNaN: true, noDefaultInfinity: true }))
const recordJson = jsonOf(fc.maxSafeInteger())

const refusal = (input: string | Uint8Array, caps = RECORD_CAPS): string => {
  const read = parseRecord(input, caps)
  return read.ok ? 'accepted' : read.error.code
}
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

test('the encoding equals that of the package canonicalize', () => {
  fc.assert(
    fc.property(anyJson, (value) => assert.equal(encode(value), canonicalize(value))),
    { numRuns: 2000 },
  )
})

test('keys in any order give the same bytes', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(key, fc.integer()), { selector: ([name]) => name, maxLength: 60 }),
      (members) => {
        const forwards = encode(Object.fromEntries(members))
        assert.equal(encode(Object.fromEntries(members.toReversed())), forwards)
      },
    ),
  )
})

test('what was written is read, and written again the same', () => {
  fc.assert(
    fc.property(recordJson, (value) => {
      const text = encode(value)
      const read = parseRecord(text)
      assert.ok(read.ok)
      assert.equal(encode(read.value), text)
      assert.deepEqual(parseRecord(encodeBytes(value)), read)
      assert.deepEqual(parse(text), read)
    }),
    { numRuns: 2000 },
  )
})

test('the strict reader and JSON.parse read the same values from sound text', () => {
  fc.assert(
    fc.property(anyJson, fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const read = parse(text)
      assert.ok(read.ok)
      assert.equal(encode(read.value), encode(JSON.parse(text)))
    }),
    { numRuns: 1000 },
  )
})

test('the strict reader accepts no text that JSON.parse refuses', () => {
  const scraps = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '"a"',
    '1',
    '-',
    '0',
    '.5',
    'e1',
    'true',
    'nul',
    ' ',
    '\n',
    '\u00a0',
    '\ufeff',
    '//',
    '\u0001',
  )
  fc.assert(
    fc.property(fc.array(scraps, { maxLength: 8 }), (parts) => {
      const text = parts.join('')
      const read = parse(text)
      let expected: unknown
      try {
        expected = JSON.parse(text)
      } catch {
        assert.ok(!read.ok, text)
        return
      }
      if (read.ok) assert.deepEqual(read.value, expected)
      else assert.equal(read.error.code, 'json-duplicate-key', text)
    }),
    { numRuns: 5000 },
  )
})

test('one changed character never gives a second spelling of the same record', () => {
  fc.assert(
    fc.property(
      recordJson,
      fc.nat(),
      fc.constantFrom(' ', '0', '\\', '"', 'a', '\t', '+', '.'),
      (value, at, character) => {
        const text = encode(value)
        const place = at % (text.length + 1)
        for (const varied of [
          text.slice(0, place) + character + text.slice(place),
          text.slice(0, place) + text.slice(place + 1),
        ]) {
          const read = parseRecord(varied)
          if (read.ok) assert.equal(encode(read.value), varied)
        }
      },
    ),
    { numRuns: 2000 },
  )
})

test('a record has one spelling', () => {
  const refused: [string, string][] = [
    ['{"b":1,"a":2}', 'json-not-canonical'],
    ['{ "a":1}', 'json-not-canonical'],
    ['{"a":1}\n', 'json-not-canonical'],
    ['"\\u0061"', 'json-not-canonical'],
    ['"\\/"', 'json-not-canonical'],
    ['"\\u000a"', 'json-not-canonical'],
    ['"\\u001F"', 'json-not-canonical'],
    ['1.0', 'json-not-canonical'],
    ['1e3', 'json-not-canonical'],
    ['-0', 'json-not-canonical'],
    ['{"9":1,"10":2}', 'json-not-canonical'],
    ['{"\u{1f600}":1,"\ufb33":2}', 'accepted'],
    ['{"\ufb33":2,"\u{1f600}":1}', 'json-not-canonical'],
    ['{"10":2,"9":1}', 'accepted'],
    ['{"__proto__":{"a":1},"a":2}', 'accepted'],
    ['"\\\\ud800"', 'accepted'],
    ['"\\u001f\\n"', 'accepted'],
  ]
  for (const [text, code] of refused) assert.equal(refusal(text), code, text)
})

test('records hold safe integers only', () => {
  for (const [text, code] of [
    ['9007199254740991', 'accepted'],
    ['9007199254740992', 'json-number'],
    ['-9007199254740991', 'accepted'],
    ['-9007199254740992', 'json-number'],
    ['9007199254740993', 'json-number'],
    ['[1,{"a":0.5}]', 'json-number'],
    ['1e400', 'json-number'],
    ['1e21', 'json-number'],
  ] as const) {
    assert.equal(refusal(text), code, text)
  }
})

test('a number beyond every double is refused even where floats are read', () => {
  for (const text of ['1e400', '[-1e400]']) {
    const read = parse(text)
    assert.equal(read.ok ? 'accepted' : read.error.code, 'json-number')
  }
})

test('what JSON.parse would let pass is refused by name', () => {
  for (const [text, code] of [
    ['{"a":1,"a":1}', 'json-duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'json-duplicate-key'],
    ['{"__proto__":1,"__proto__":1}', 'json-duplicate-key'],
    ['{"a":{"b":1,"b":2}}', 'json-duplicate-key'],
    ['"\\ud800"', 'json-surrogate'],
    ['"\\udc00\\ud800"', 'json-surrogate'],
    ['{"\\udfff":1}', 'json-surrogate'],
    ['"\ud800"', 'json-surrogate'],
    ['', 'json-malformed'],
    ['nul', 'json-malformed'],
    ['01', 'json-malformed'],
    ['+1', 'json-malformed'],
    ['1.', 'json-malformed'],
    ["{'a':1}", 'json-malformed'],
    ['{"a":1,}', 'json-malformed'],
    ['[1,]', 'json-malformed'],
    ['[1] 2', 'json-malformed'],
    ['"\t"', 'json-malformed'],
    ['\ufeff1', 'json-malformed'],
  ] as const) {
    assert.equal(refusal(text), code, text)
    const read = parse(text)
    assert.equal(read.ok ? 'accepted' : read.error.code, code, text)
  }
})

test('depth is limited at 64, and no text is too deep to be refused', () => {
  assert.equal(refusal(nested(63)), 'accepted')
  assert.equal(refusal(nested(64)), 'accepted')
  assert.equal(refusal(nested(65)), 'json-too-deep')
  assert.equal(refusal(nested(500_000)), 'json-too-deep')
  assert.equal(refusal('{"a":'.repeat(65) + '1' + '}'.repeat(65)), 'json-too-deep')
  assert.equal(refusal('1', { bytes: 9, depth: 0 }), 'accepted')
  assert.equal(refusal('[]', { bytes: 9, depth: 0 }), 'json-too-deep')
})

test('size is limited in bytes of UTF-8', () => {
  for (const character of ['a', 'é', '€', '😀']) {
    const text = `"${character.repeat(10)}"`
    const bytes = new TextEncoder().encode(text).length
    assert.equal(refusal(text, { bytes, depth: 1 }), 'accepted')
    assert.equal(refusal(text, { bytes: bytes - 1, depth: 1 }), 'json-too-large')
    assert.equal(refusal(new TextEncoder().encode(text), { bytes, depth: 1 }), 'accepted')
    assert.equal(refusal(new TextEncoder().encode(text), { bytes: bytes - 1, depth: 1 }), 'json-too-large')
  }
})

test('bytes must be UTF-8, and a byte-order mark is not skipped', () => {
  assert.equal(refusal(Uint8Array.of(0x22, 0xff, 0x22)), 'json-utf8')
  assert.equal(refusal(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)), 'json-utf8')
  assert.equal(refusal(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)), 'json-malformed')
})

test('names of prototypes are plain data', () => {
  const read = parseRecord('{"__proto__":{"polluted":true},"constructor":1}')
  assert.ok(read.ok)
  const value = read.value as { readonly [key: string]: Json }
  assert.deepEqual(Object.keys(value), ['__proto__', 'constructor'])
  assert.equal(Object.getPrototypeOf(value), Object.prototype)
  assert.equal(({} as { polluted?: boolean }).polluted, undefined)
  assert.deepEqual(parse(' {"__proto__":{"polluted":true},"constructor":1}'), read)
})

test('a value that JSON cannot hold is a fault, wherever it stands', () => {
  const circle: unknown[] = []
  circle.push(circle)
  const without: unknown[] = [
    undefined,
    () => 1,
    Symbol('s'),
    1n,
    NaN,
    Infinity,
    -Infinity,
    new Date(0),
    new Map(),
    new Set(),
    new Uint8Array(1),
    Object(1),
    Object('s'),
    Object.create({ a: 1 }),
    '\ud800',
    'a\udc00b',
    circle,
    // oxlint-disable-next-line no-sparse-arrays
    [1, , 2],
    { toJSON: () => 1 },
  ]
  for (const value of without) {
    for (const place of [
      value,
      [value],
      { a: value },
      { b: 1, a: value },
      { 10: 1, 9: value },
      { b: { 10: 1, 9: 2 }, a: value },
    ]) {
      assert.throws(
        () => encode(place),
        (thrown) => thrown instanceof Fault && thrown.code === 'no-json-form',
      )
    }
  }
  assert.throws(() => encode({ '\ud800': 1 }), Fault)
})

test('objects without a prototype and text that looks like an escape are encoded', () => {
  const bare = Object.assign(Object.create(null) as object, { b: 1, a: '\\ud800' })
  assert.equal(encode(bare), '{"a":"\\\\ud800","b":1}')
  assert.equal(encode({ toJSON: 'text' }), '{"toJSON":"text"}')
})

test('what was added to every object is not encoded', () => {
  // oxlint-disable-next-line no-extend-native
  Object.defineProperty(Object.prototype, 'zz_added', { value: 1, enumerable: true, configurable: true })
  try {
    assert.equal(encode({ a: 1, b: 2 }), '{"a":1,"b":2}')
    assert.equal(encode({ zzz: 1, a: [{ c: 1, b: 2 }] }), '{"a":[{"b":2,"c":1}],"zzz":1}')
    assert.equal(refusal('{"a":1,"zzz":2}'), 'accepted')
  } finally {
    Reflect.deleteProperty(Object.prototype, 'zz_added')
  }
})

test('disorder costs no more than its size: deep and wide objects are encoded at once', () => {
  let deep: Json = 1
  for (let i = 0; i < 900; i++) deep = { b: deep, a: 1 }
  assert.equal(encode(deep).length, 900 * '{"a":1,"b":}'.length + 1)
  const wide = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, i) => [`k${String(100_000 - i).padStart(6, '0')}`, i]),
  )
  const started = performance.now()
  encode(wide)
  assert.ok(performance.now() - started < 5_000)
})
