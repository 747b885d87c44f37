/**
 * The draw against brute force: on pools small enough to try every set, the chamber is the first valid one in rank
 * order, and "infeasible" is said exactly when there is none.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { checkInfeasibility, checkSeating, draw } from '../../../../protocol/wire/draw.ts'
import { firstChamber } from './oracle.ts'
import { cases, numbers, randomInput } from './pools.ts'

const runs = [
  { kind: 'chamber', tension: 'loose', count: 10_000 },
  { kind: 'chamber', tension: 'tight', count: 30_000 },
  { kind: 'reviewers', tension: 'loose', count: 10_000 },
  { kind: 'reviewers', tension: 'tight', count: 20_000 },
] as const

for (const [run, { kind, tension, count }] of runs.entries()) {
  test(`${tension} pools: ${kind} are the first valid set of all sets`, () => {
    const below = numbers(1000 + run)
    const seen = new Set<string>()
    for (let i = 0; i < cases(count); i++) {
      const input = randomInput(below, kind, tension)
      const expected = firstChamber(input)
      const drawn = draw(input)
      const context = (): string => JSON.stringify({ case: i, ...input, recused: [...input.recused] })
      if (!drawn.ok) {
        assert.ok(['draw-seated-over-cap', 'draw-seated-operator'].includes(drawn.error.code), drawn.error.code)
        assert.equal(expected, undefined, context())
        seen.add(drawn.error.code)
      } else if (drawn.value.outcome === 'seated') {
        const members = drawn.value.members.map(({ id }) => id)
        if (members.join() !== expected?.join()) assert.deepEqual(members, expected, context())
        assert.ok(i % 10 > 0 || checkSeating(input, members).ok)
        seen.add('seated')
      } else {
        if (expected !== undefined) assert.deepEqual(drawn.value.certificate, expected, context())
        assert.ok(i % 10 > 0 || checkInfeasibility(input, drawn.value.certificate).ok)
        seen.add(drawn.value.certificate.reason)
      }
    }
    const always = ['seated', 'insufficient_eligible', 'region_diversity', 'organization_diversity', 'joint_diversity']
    const reviewersOnly = ['model_family_diversity', 'method_type_diversity', 'draw-seated-operator']
    for (const answer of kind === 'chamber' ? always : [...always, ...reviewersOnly]) {
      assert.ok(seen.has(answer), `no case of ${answer}`)
    }
  })
}
