/** Pools so large that only their front is sorted, and constraints that send the draw far behind the front. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { draw, rankKey, regionCap, type Candidate } from '../../../../protocol/wire/draw.ts'
import { CHAMBER, seedOf } from './pools.ts'

const SIZE = 60_000
const ranked = (seed: Uint8Array, pool: readonly Candidate[]): Candidate[] =>
  pool
    .map((candidate) => ({ candidate, key: Buffer.from(rankKey(seed, candidate.id)).toString('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ candidate }) => candidate)

test('the front of a large pool is the front of the whole ranking', () => {
  const pool = Array.from({ length: SIZE }, (_, i) => ({
    id: `h${i}`,
    region: `r${i % 11}`,
    organization: `o${i % 700}`,
  }))
  for (const size of [1, 101, 1024]) {
    const drawn = draw({ pool, rules: { ...CHAMBER, size }, seed: seedOf(3), recused: new Set() })
    assert.ok(drawn.ok && drawn.value.outcome === 'seated')
    assert.deepEqual(drawn.value.members, ranked(seedOf(3), pool).slice(0, size))
  }
})

test('a region that holds nearly everybody is capped, and the others are found behind it', () => {
  const pool = Array.from({ length: SIZE }, (_, i) => {
    const region = i % 500 === 0 ? `r${(i / 500) % 7}` : 'EU'
    return { id: `h${i}`, region, organization: `o${i}` }
  })
  const cap = regionCap('0.15', 41)
  const rules = { ...CHAMBER, size: 41, regionCap: cap, minRegions: 8, minOrganizations: 8 }
  const drawn = draw({ pool, rules, seed: seedOf(4), recused: new Set() })
  assert.ok(drawn.ok && drawn.value.outcome === 'seated')
  const seats = new Map<string, number>()
  const expected = ranked(seedOf(4), pool).filter(({ region }) => {
    const held = seats.get(region) ?? 0
    seats.set(region, held + 1)
    return held < cap
  })
  assert.deepEqual(drawn.value.members, expected.slice(0, 41))
})

test('one member of a missing region is found among all, and takes the last seat', () => {
  const pool = Array.from({ length: SIZE }, (_, i) => ({
    id: `h${i}`,
    region: `r${i % 7}`,
    organization: `o${i % 90}`,
  }))
  pool[31_337] = { ...pool[31_337]!, region: 'OC' }
  const rules = { ...CHAMBER, size: 41, minRegions: 8, minOrganizations: 8 }
  const drawn = draw({ pool, rules, seed: seedOf(5), recused: new Set() })
  assert.ok(drawn.ok && drawn.value.outcome === 'seated')
  assert.deepEqual(drawn.value.members, [...ranked(seedOf(5), pool).slice(0, 40), pool[31_337]])
})
