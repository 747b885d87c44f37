/** The bound of the search: where it lies, and that it lies in the same place for everybody. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { takeCensus } from '../../../../protocol/wire/draw/census.ts'
import { completionOf, minimumsOf } from '../../../../protocol/wire/draw/infeasibility.ts'
import { checkPool } from '../../../../protocol/wire/draw/pool.ts'
import { inRankOrder } from '../../../../protocol/wire/draw/ranking.ts'
import { MAX_STEPS } from '../../../../protocol/wire/draw/search.ts'
import { checkInfeasibility, draw, type Candidate, type DrawInput } from '../../../../protocol/wire/draw.ts'
import { CHAMBER, numbers, seedOf, type Below } from './pools.ts'

/** Members that have to differ in (nearly) everything, from a pool that shows just enough. */
function entangled(below: Below, size: number, candidates: number, minimum: number): DrawInput {
  const pool = Array.from({ length: candidates }, (_, i): Candidate => ({
    id: `m${i}`,
    operator: `p${below(size + 1)}`,
    region: `r${below(size)}`,
    organization: `o${below(size)}`,
    modelFamily: `f${below(size)}`,
    methodType: `t${below(size)}`,
  }))
  const rules = {
    size,
    regionCap: 2,
    minRegions: minimum,
    minOrganizations: minimum,
    minModelFamilies: minimum,
    minMethodTypes: minimum,
    distinctOperators: true,
  }
  return { pool, rules, seed: seedOf(below(1000)), recused: new Set() }
}

function stepsOf(input: DrawInput): number {
  const pool = checkPool(input)
  assert.ok(pool.ok)
  const budget = { steps: MAX_STEPS }
  const completion = completionOf(takeCensus(pool.value), minimumsOf(input.rules), budget)
  if (completion.feasible()) for (const index of inRankOrder(pool.value)) completion.takes(index)
  return MAX_STEPS - budget.steps
}

test('sets of up to eight that differ in everything stay far below the bound', () => {
  const below = numbers(11)
  for (let i = 0; i < 60; i++) {
    const size = 5 + below(4)
    const input = entangled(below, size, size * (2 + below(6)), size - below(2))
    assert.ok(stepsOf(input) < MAX_STEPS / 4)
  }
})

test('the steps taken do not depend on the order of the pool', () => {
  const below = numbers(12)
  for (let i = 0; i < 30; i++) {
    const input = entangled(below, 7, 30, 6)
    const seated =
      below(2) === 0
        ? []
        : input.pool.slice(0, 2).filter(({ operator }, at) => at === 0 || operator !== input.pool[0]!.operator)
    const steps = stepsOf({ ...input, seated })
    assert.equal(stepsOf({ ...input, seated: seated.toReversed(), pool: input.pool.toReversed() }), steps)
    assert.equal(stepsOf({ ...input, seated, pool: input.pool.toSorted(() => below(3) - 1) }), steps)
  }
})

test('a review like a tier asks for takes tens of steps from a pool of two thousand', () => {
  const below = numbers(13)
  const pool = Array.from({ length: 2000 }, (_, i): Candidate => {
    const operator = below(600)
    const [modelFamily, methodType] = [i === 77 ? 'f1' : 'f0', i === 1234 ? 't1' : 't0']
    return {
      id: `m${i}`,
      operator: `p${operator}`,
      region: `r${operator % 7}`,
      organization: `o${operator % 40}`,
      modelFamily,
      methodType,
    }
  })
  const rules = {
    ...CHAMBER,
    size: 5,
    minRegions: 3,
    minOrganizations: 3,
    minModelFamilies: 2,
    minMethodTypes: 2,
    distinctOperators: true,
  }
  for (let i = 0; i < 5; i++) {
    const input = { pool, rules, seed: seedOf(i), recused: new Set<string>() }
    assert.ok(stepsOf(input) < 200)
    const drawn = draw(input)
    assert.ok(drawn.ok && drawn.value.outcome === 'seated')
    const ids = drawn.value.members.map(({ id }) => id)
    assert.ok(ids.includes('m77') && ids.includes('m1234'))
  }
})

test('past the bound the pool is refused, by the draw and by the check of a certificate', () => {
  const below = numbers(14)
  let input = entangled(below, 16, 112, 15)
  for (;;) {
    const drawn = draw(input)
    if (!drawn.ok) {
      assert.deepEqual(drawn.error, { code: 'draw-too-hard', params: { steps: MAX_STEPS } })
      break
    }
    input = entangled(below, 16, 112, 15)
  }
  const counts = { size: 16, seated: 0, eligible: 112, required: 15, reachable: 14 }
  const checked = checkInfeasibility(input, { reason: 'joint_diversity', constraint: 'method_types', counts })
  assert.equal(checked.ok, false)
})
