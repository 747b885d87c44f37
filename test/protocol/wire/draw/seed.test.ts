import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { firstWord, rankWords } from '../../../../protocol/wire/draw/rank-words.ts'
import { parseDecimal, regionShareCeiling } from '../../../../protocol/wire/draw/rules.ts'
import { concatSeed, drawSeed, rankKey, regionCap } from '../../../../protocol/wire/draw.ts'
import { Fault } from '../../../../protocol/wire/fault.ts'
import { numbers, seedOf } from './pools.ts'

const part = (byte: number, length = 32): Uint8Array => new Uint8Array(length).fill(byte)

test('a seed is the hash of beacon, previous commitment and nonce, in this order', () => {
  const parts = { beacon: part(1), previousCommitment: part(2), nonce: part(3) }
  const expected = createHash('sha256').update(part(1)).update(part(2)).update(part(3)).digest('hex')
  const seed = drawSeed(parts)
  assert.ok(seed.ok)
  assert.equal(Buffer.from(seed.value).toString('hex'), expected)
  assert.deepEqual(concatSeed(parts), seed.value)
  assert.notDeepEqual(concatSeed({ ...parts, beacon: part(2), previousCommitment: part(1) }), seed.value)
})

test('a part that is missing or has 31 or 33 bytes is refused and named', () => {
  const good = { beacon: part(1), previousCommitment: part(2), nonce: part(3) }
  for (const name of ['beacon', 'previousCommitment', 'nonce'] as const) {
    for (const bytes of [0, 31, 33, 64]) {
      assert.deepEqual(drawSeed({ ...good, [name]: part(9, bytes) }), {
        ok: false,
        error: { code: 'draw-seed-part', path: `/${name}`, params: { bytes } },
      })
    }
    for (const value of [null, undefined, '00'.repeat(32), Array.from(part(1))]) {
      const seed = drawSeed({ ...good, [name]: value as unknown as Uint8Array })
      assert.deepEqual(seed, { ok: false, error: { code: 'draw-seed-part', path: `/${name}` } })
    }
  }
})

test('the words of a whole pool are the first words of the rank keys, whatever the ids', () => {
  const below = numbers(3)
  const ids = ['', 'a', 'é', 'e\u0301', '😀', '人-3', 'A\u0000B', '\u007f', '\u0080', 'toString', '__proto__']
  for (let length = 0; length <= 130; length++) ids.push('x'.repeat(length), 'ü' + 'y'.repeat(length))
  for (let i = 0; i < 2000; i++) ids.push(`human:${below(2 ** 31)}`)
  for (const seed of [seedOf(1), part(0), part(255), Uint8Array.from(Array.from({ length: 40 }).keys()).subarray(8)]) {
    const word = rankWords(seed)
    for (const id of ids) assert.equal(word(id), firstWord(rankKey(seed, id)), JSON.stringify(id))
  }
})

test('a region cap is the floor of the exact product', () => {
  const figures: [string, number, number][] = [
    ['0.40', 11, 4],
    ['0.40', 25, 10],
    ['0.25', 51, 12],
    ['0.15', 41, 6],
    ['0.15', 61, 9],
    ['0.15', 101, 15],
    ['0.29', 100, 29],
    ['0.57', 100, 57],
    ['0.58', 50, 29],
    ['1', 7, 7],
    ['0', 7, 0],
    ['0.999999999999999999', 1, 0],
  ]
  for (const [share, size, cap] of figures) assert.equal(regionCap(share, size), cap, `${share} of ${size}`)
})

test('a share of the seats is the ceiling of the exact product', () => {
  assert.equal(regionShareCeiling('3.0', 1, 100, 100), 3)
  assert.equal(regionShareCeiling('3.0', 1, 100, 101), 4)
  assert.equal(regionShareCeiling('0.1', 3, 3, 10), 1)
  assert.equal(regionShareCeiling('0.1', 3, 3, 11), 2)
  assert.equal(regionShareCeiling('3.0', 0, 3, 11), 0)
})

test('what is no plain decimal is none', () => {
  for (const text of ['', '.5', '5.', '-1', '+1', '1e3', ' 1', '1 ', '0,5', 'NaN', '٣', '1'.repeat(19)]) {
    assert.equal(parseDecimal(text), undefined, text)
    assert.throws(
      () => regionCap(text, 10),
      (thrown) => thrown instanceof Fault && thrown.code === 'decimal-malformed',
    )
  }
})
