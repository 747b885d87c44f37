/** Who is renewed by what, and the last twenty that quality and reliability look at (spec 4.2). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { act, restAt } from '../../../../protocol/law/trust/act.ts'
import { admit, placeOf } from '../../../../protocol/law/trust/state.ts'
import { evolveTrust } from '../../../../protocol/law/trust/evolve.ts'
import { mended, pushed, shareOf, spoiled, type Twenty } from '../../../../protocol/law/trust/twenty.ts'
import { millis } from '../../../../protocol/wire/time.ts'
import { fork } from '../../../support/law/fork.ts'
import { NOOR, WORKER } from '../../../support/law/people.ts'
import { founded } from '../../../support/law/world.ts'

const DAY = 86_400_000
const base = founded()
const { trust: dynamics } = base.state.founded!.constitution

function restAfterActing(id: string, after: number) {
  const { trust } = fork(base).state
  const { cohort, index } = placeOf(trust, id)!
  const before = restAt(cohort.columns, index)
  const at = millis(before.renewed + after)
  act(trust, id, at, dynamics)
  return { before, at, rest: restAt(cohort.columns, index), lastAct: cohort.columns.lastAct[index] }
}

describe('a signed act', () => {
  it('renews a human, who still owes what dormancy has cost before it', () => {
    const { rest, at, lastAct } = restAfterActing(NOOR.id, dynamics.dormancyGraceMs + 3 * DAY)
    assert.ok(dynamics.dormancyPerDay > 0)
    assert.deepEqual([rest.renewed, rest.charged, rest.owed, lastAct], [at, 0, 3 * dynamics.dormancyPerDay, at])
  })

  it('within the time of grace costs nothing', () => {
    assert.equal(restAfterActing(NOOR.id, dynamics.dormancyGraceMs).rest.owed, 0)
  })

  it('does not renew a machine: saying something is no verified result', () => {
    const { before, rest, at, lastAct } = restAfterActing(WORKER.id, 5 * DAY)
    assert.deepEqual(rest, before)
    assert.equal(lastAct, at)
  })
})

describe('a movement of trust', () => {
  const moved = (id: string, steps: readonly (readonly [from: number, to: number])[]) => {
    const { trust } = fork(base).state
    const { cohort, index } = placeOf(trust, id)!
    cohort.columns.owed[index] = 700
    steps.forEach(([from, to], i) => {
      const cut = { cap: 0, epoch: 0, window: 0 }
      const figures = { gain: Math.max(0, to - from), penalty: Math.max(0, from - to), decay: 0, held: 0, cut }
      const data = { from, to, cause: 'proof', ...figures, renews: false } as const
      const entry = { seq: 100 + i, at: base.now() }
      evolveTrust(trust, { event_type: 'trust.changed', subject: id, data }, entry, base.state.founded!.constitution)
    })
    const { risen, grown, owed, value } = cohort.columns
    return { value: value[index], risen: risen[index], grown: grown[index], owed: owed[index] }
  }

  it('up is counted in the epoch, from entry to entry; down is not taken off again', () => {
    const steps = [
      [500_000, 510_000],
      [510_000, 504_000],
      [504_000, 507_000],
    ] as const
    const { value, risen } = moved(WORKER.id, steps)
    assert.deepEqual([value, risen], [507_000, 13_000])
  })

  it('up is counted in the slow window of a human, and of no machine', () => {
    assert.equal(moved(NOOR.id, [[500_000, 510_000]]).grown, 10_000)
    assert.equal(moved(WORKER.id, [[500_000, 510_000]]).grown, 0)
  })

  it('has charged what was owed, which is not owed a second time', () => {
    assert.equal(moved(NOOR.id, [[500_000, 499_300]]).owed, 0)
  })
})

describe('an account of trust', () => {
  it('is opened once: who is there keeps what they have, and nobody gets a second place', () => {
    const { trust } = fork(base).state
    const { cohort, index } = placeOf(trust, NOOR.id)!
    const before = [cohort.ids.length, cohort.columns.value[index]]
    admit(cohort, NOOR.id, 950_000, { seq: 99, at: base.now() })
    assert.deepEqual([cohort.ids.length, cohort.columns.value[index]], before)
    assert.equal(placeOf(trust, NOOR.id)?.index, index)
  })
})

describe('the last twenty', () => {
  const of = (...good: readonly boolean[]): Twenty => good.reduce<Twenty>(pushed, { bits: 0, count: 0 })
  const many = (count: number, good: boolean) => Array.from({ length: count }, () => good)

  it('are all there are, until there are twenty; then what is older has left', () => {
    assert.deepEqual(shareOf(of(true, false, true)), { n: 2, d: 3 })
    assert.deepEqual(shareOf(of(...many(19, true))), { n: 19, d: 19 })
    assert.deepEqual(shareOf(of(...many(20, true))), { n: 20, d: 20 })
    assert.deepEqual(shareOf(of(...many(21, true))), { n: 20, d: 20 })
    assert.deepEqual(shareOf(of(...many(5, false), ...many(20, true))), { n: 20, d: 20 })
    assert.deepEqual(shareOf(of(...many(5, true), ...many(20, false))), { n: 0, d: 20 })
  })

  it('are corrected by their number as long as they are among them', () => {
    const full = of(...many(25, true))
    assert.deepEqual(
      [5, 6, 25, 26].map((place) => shareOf(spoiled(full, place)).n),
      [20, 19, 19, 20],
    )
    const none = of(...many(25, false))
    assert.deepEqual(
      [5, 6, 25, 26].map((place) => shareOf(mended(none, place)).n),
      [0, 1, 1, 0],
    )
  })
})
