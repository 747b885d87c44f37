/**
 * The blueprint's plain walk and the draw: identical wherever the walk ends in a valid chamber.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { draw, regionCap, type Candidate, type DrawInput } from '../../../../protocol/wire/draw.ts'
import { isValid, plainWalk } from './oracle.ts'
import { cases, CHAMBER, numbers, seedOf } from './pools.ts'

const PHASES = [
  { size: 11, cMax: '0.40', regions: 3, organizations: 3 },
  { size: 17, cMax: '0.40', regions: 3, organizations: 3 },
  { size: 21, cMax: '0.25', regions: 5, organizations: 5 },
]

test('where the plain walk succeeds the draw seats the same members in the same order', () => {
  const below = numbers(7)
  let succeeded = 0
  let ahead = 0
  for (let i = 0; i < cases(20_000); i++) {
    const { size, cMax, regions, organizations } = PHASES[below(PHASES.length)]!
    const spread = regions + 1 + below(4)
    const thin = below(3) === 0
    const pool = Array.from({ length: 2 * size + below(20) }, (_, n): Candidate => {
      const region = thin && n > 1 ? below(spread - 1) : below(spread)
      return { id: `a${n}`, region: `r${region}`, organization: `o${Math.min(below(12), below(12), below(12))}` }
    })
    const input: DrawInput = {
      pool,
      rules: {
        ...CHAMBER,
        size,
        regionCap: regionCap(cMax, size),
        minRegions: thin ? spread : regions,
        minOrganizations: organizations,
      },
      seed: seedOf(i),
      recused: new Set(pool.filter(() => below(10) === 0).map(({ id }) => id)),
    }
    const walked = plainWalk(input)
    const drawn = draw(input)
    assert.ok(drawn.ok)
    if (walked !== undefined) {
      succeeded++
      assert.equal(drawn.value.outcome, 'seated')
      assert.equal(drawn.value.outcome === 'seated' && drawn.value.members.map(({ id }) => id).join(), walked.join())
    } else if (drawn.value.outcome === 'seated') {
      ahead++
      assert.ok(isValid(input, drawn.value.members))
    }
  }
  assert.ok(succeeded > cases(8000), `${succeeded}`)
  assert.ok(ahead > cases(500), `${ahead}`)
})

test('two thousand members with one region at one percent always seat forty-one', () => {
  const below = numbers(8)
  const pool = Array.from({ length: 2000 }, (_, n): Candidate => {
    const region = n < 20 ? 'OC' : ['AF', 'APAC', 'EU', 'LATAM', 'ME', 'NA', 'SA'][n % 7]!
    return { id: `human-${n}`, region, organization: `org-${below(120)}` }
  })
  const rules = { ...CHAMBER, size: 41, regionCap: regionCap('0.15', 41), minRegions: 8, minOrganizations: 8 }
  let plain = 0
  for (let i = 0; i < 50; i++) {
    const input = { pool, rules, seed: seedOf(i), recused: new Set<string>() }
    const drawn = draw(input)
    assert.ok(drawn.ok && drawn.value.outcome === 'seated')
    assert.ok(isValid(input, drawn.value.members))
    if (plainWalk(input) !== undefined) plain++
  }
  assert.ok(plain > 5 && plain < 45, `${plain}`)
})
