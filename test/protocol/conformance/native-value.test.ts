import assert from 'node:assert/strict'
import test from 'node:test'
import { nativeValue } from '../../../protocol/conformance/native-value.ts'
import { Fault } from '../../../protocol/wire/fault.ts'

test('expressions become the values that JavaScript gives them', () => {
  const published: [string, unknown][] = [
    ['10n', 10n],
    ['-0x1fn', -31n],
    ['-1.5e3', -1500],
    ['NaN', NaN],
    ['-Infinity', -Infinity],
    ['undefined', undefined],
    ['Number.POSITIVE_INFINITY', Infinity],
    ['"a\\"b\\n\\u00e9"', 'a"b\né'],
    [`'it"s'`, 'it"s'],
    ['[1, , "x", [true, null]]', [1, undefined, 'x', [true, null]]],
    ["({ a: undefined, 'b c': [10n], 3: {} })", { a: undefined, 'b c': [10n], 3: {} }],
    ['new Set([1])', new Set([1])],
    ['new Map([["a", 1]])', new Map([['a', 1]])],
    ['new Date(NaN)', new Date(NaN)],
    ['Object(1n)', Object(1n)],
    ['new Uint8Array([1, 2])', new Uint8Array([1, 2])],
    ['/a\\/b/gi', /a\/b/gi],
    ['Symbol.iterator', Symbol.iterator],
    ['Symbol.for("x")', Symbol.for('x')],
  ]
  for (const [expression, expected] of published) {
    const value = nativeValue(expression)
    if (Array.isArray(expected)) assert.deepEqual([...(value as unknown[])], expected, expression)
    else assert.deepEqual(value, expected, expression)
  }
  assert.ok(!(1 in (nativeValue('[0,,2]') as unknown[])))
})

test('functions and classes are functions, whatever stands in them', () => {
  for (const expression of [
    '() => process.exit(1)',
    'x => x',
    '(a, b) => a + b',
    'async () => { await fetch("https://example.org") }',
    'function f(a) { return [a, { a }] }',
    'class A { constructor() { throw 1 } }',
  ]) {
    assert.equal(typeof nativeValue(expression), 'function', expression)
  }
  assert.equal(typeof (nativeValue('[() => 1, 2]') as unknown[])[0], 'function')
})

test('a value may contain itself', () => {
  const object = nativeValue('(() => { const a = { b: [] }; a.self = a; return a })()') as { self: unknown }
  assert.equal(object.self, object)
  const array = nativeValue('(function () { var a = []; a.push(a); return a })()') as unknown[]
  assert.equal(array[0], array)
})

test('an expression that does something is not read', () => {
  for (const expression of [
    'process.exit(1)',
    'globalThis',
    'new Function("return 1")()',
    'eval("1")',
    'Date.now()',
    'Object.getPrototypeOf({})',
    'new Date(NaN).constructor',
    '1; 2',
    '[1',
    '{',
    '',
  ]) {
    assert.throws(
      () => nativeValue(expression),
      (thrown) => thrown instanceof Fault && thrown.code === 'expression-unknown',
      expression,
    )
  }
})
