import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { millis, type Millis } from '../../protocol/wire/time.ts'
import { schedule, type Story } from '../../scripts/scenario/schedule.ts'
import { seedOf } from '../../scripts/scenario/seed.ts'

test('stories go on in the order of their moments, and of those with one moment who asked first', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { maxLength: 12 }), async (all) => {
      const told: [at: number, who: number][] = []
      const plan = schedule()
      async function* story(who: number, waits: readonly number[]): Story {
        let at = 0
        told.push([at, who])
        for (const wait of waits) {
          at += wait
          yield millis(at)
          told.push([at, who])
        }
      }
      for (const [who, waits] of all.entries()) plan.add(millis(0), story(who, waits))
      let now: Millis | undefined
      for (let next = plan.next(); next !== undefined; next = plan.next()) {
        assert.ok(now === undefined || next >= now)
        now = next
        await plan.step()
      }
      assert.deepEqual(
        told.map(([at]) => at),
        told.map(([at]) => at).toSorted((a, b) => a - b),
      )
      assert.equal(
        told.length,
        all.reduce((sum, waits) => sum + waits.length + 1, 0),
      )
      assert.deepEqual(
        told.slice(0, all.length).map(([, who]) => who),
        all.map((_, who) => who),
      )
    }),
  )
})

test('keys and chance belong to the seed and the name, in whatever order they are asked', () => {
  const [one, again, other] = [seedOf('one'), seedOf('one'), seedOf('two')]
  const first = one.chance.number('a', 1_000_000)
  one.chance.number('b', 1_000_000)
  again.chance.number('b', 1_000_000)
  assert.equal(again.chance.number('a', 1_000_000), first)
  assert.notEqual(other.chance.number('a', 1_000_000), first)
  assert.equal(one.identity('ada').publicKey, again.identity('ada').publicKey)
  assert.notEqual(one.identity('ada').publicKey, other.identity('ada').publicKey)
  assert.equal(one.bls('0').key, again.bls('0').key)
  assert.notEqual(one.wallet('ada').address, one.wallet('bea').address)
})
