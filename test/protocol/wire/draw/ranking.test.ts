import assert from 'node:assert/strict'
import test from 'node:test'
import { checkPool, type Pool } from '../../../../protocol/wire/draw/pool.ts'
import { rankWords } from '../../../../protocol/wire/draw/rank-words.ts'
import { inRankOrder } from '../../../../protocol/wire/draw/ranking.ts'
import { rankKey } from '../../../../protocol/wire/draw.ts'
import { CHAMBER, seedOf } from './pools.ts'

function poolOf(ids: readonly string[], size = 1): Pool {
  const pool = ids.map((id) => ({ id, region: 'EU', organization: 'acme' }))
  const checked = checkPool({ pool, rules: { ...CHAMBER, size }, seed: seedOf(1), recused: new Set() })
  assert.ok(checked.ok)
  return checked.value
}

test('everybody comes once, by the whole key', () => {
  const ids = Array.from({ length: 5000 }, (_, i) => `h${i}`)
  const order = [...inRankOrder(poolOf(ids))].map((index) => ids[index]!)
  const expected = ids.toSorted((a, b) => Buffer.compare(rankKey(seedOf(1), a), rankKey(seedOf(1), b)))
  assert.deepEqual(order, expected)
})

test('equal first words are told apart by the rest of the key', () => {
  const word = rankWords(seedOf(1))
  const first = new Map<number, string>()
  const pairs: [string, string][] = []
  for (let i = 0; pairs.length < 4; i++) {
    const id = `h${i}`
    const other = first.get(word(id))
    if (other !== undefined) pairs.push([other, id])
    first.set(word(id), id)
  }
  for (const pair of pairs) {
    const expected = pair.toSorted((a, b) => Buffer.compare(rankKey(seedOf(1), a), rankKey(seedOf(1), b)))
    for (const ids of [pair, pair.toReversed()]) {
      assert.deepEqual(
        [...inRankOrder(poolOf(ids))].map((index) => ids[index]),
        expected,
      )
    }
  }
})

test('who stands on the edge of a band comes once, in its place', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `h${i}`)
  const edge = Math.ceil((64 / ids.length) * 2 ** 32)
  const words = Uint32Array.from(ids, (_, i) => edge - 500 + i)
  words[0] = 2 ** 32 - 1
  words[1] = 0
  const order = [...inRankOrder({ ...poolOf(ids), words })]
  assert.deepEqual(
    order,
    ids.map((_, i) => i).sort((a, b) => words[a]! - words[b]!),
  )
})
