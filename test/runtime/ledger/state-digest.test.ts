import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digestOfState } from '../../../runtime/ledger/snapshot/state-digest.ts'

test('equal states have equal digests, shared parts or not', () => {
  const part = { b: [1, 'x'] }
  const shared = { one: part, two: part, map: new Map([['k', new Set([1, 2])]]), words: new Uint32Array([1, 2]) }
  assert.equal(digestOfState(shared), digestOfState(structuredClone(shared)))
  assert.equal(digestOfState({ one: part, two: { b: [1, 'x'] } }), digestOfState({ one: part, two: part }))
})

test('whatever differs, differs in the digest', () => {
  const states: unknown[] = [
    undefined,
    null,
    false,
    0,
    -0,
    '0',
    0n,
    '',
    [],
    [undefined],
    [[], []],
    [[[]]],
    {},
    { a: undefined },
    { a: 1, b: 2 },
    { b: 2, a: 1 },
    { a: '1b2' },
    ['a', 'b'],
    ['ab', ''],
    new Map(),
    new Map([['a', 1]]),
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
    new Map([
      ['b', 2],
      ['a', 1],
    ]),
    new Set(),
    new Set(['a']),
    new Uint8Array([1, 0, 0, 0]),
    new Uint32Array([1]),
    new Uint8Array([1, 0]),
    'ä',
    'ä'.normalize('NFD'),
  ]
  assert.equal(new Set(states.map((state) => digestOfState(state))).size, states.length)
})

test('what is no plain data is refused', () => {
  for (const state of [() => 1, Symbol('s'), { at: new Date(0) }, { f() {} }, new WeakMap()]) {
    assert.throws(() => digestOfState({ state }), TypeError)
  }
  const circle: { self?: unknown } = {}
  circle.self = circle
  assert.throws(() => digestOfState(circle), TypeError)
})
