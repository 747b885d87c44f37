/**
 * The arithmetic of trust against what its words say (spec 4.1, 4.2; D-25): exact, in any order, to the last µT.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { loadConstitution } from '../../../../protocol/law/constitution/load.ts'
import { emptyColumns, enter, type Columns } from '../../../../protocol/law/trust/columns.ts'
import { capOf, deviationOf, meanOf, populationOf, squareRoot } from '../../../../protocol/law/trust/rules/cap.ts'
import { aged, decayDue, dormantDays, drifted, idleHours } from '../../../../protocol/law/trust/rules/decay.ts'
import { gain, gateOpens } from '../../../../protocol/law/trust/rules/gain.ts'
import { settle, settleAndClose } from '../../../../protocol/law/trust/rules/settle.ts'
import { median, share } from '../../../../protocol/law/trust/rules/share.ts'
import { step } from '../../../../protocol/law/trust/rules/step.ts'
import { pushed, shareOf, spoiled } from '../../../../protocol/law/trust/twenty.ts'
import { drop, emptyWindow, push, sumAt } from '../../../../protocol/law/trust/window.ts'
import { DAY, HOUR, millis } from '../../../../protocol/wire/time.ts'
import { readConfig } from '../../../support/law/world.ts'

const loaded = loadConstitution({
  params: readConfig('constitutional_params'),
  policy: readConfig('runtime_policy'),
  genome: readConfig('genome'),
  texts: {},
})
assert.ok(loaded.ok)
const { trust: dynamics } = loaded.value
const RUNS = { seed: 20_260_213, numRuns: 300 } as const

const WORTH = {
  weights: { quality: 750_000, reliability: 200_000, volume: 50_000 },
  qualityGate: 800_000,
  alpha: 10_000,
  perProof: 10_000,
  tierGain: 1_000_000,
}
const ONE = share(1, 1)

describe('a share', () => {
  for (const [n, d] of [
    [-1, 2],
    [3, 2],
    [1, 0],
    [0.5, 1],
    [Number.NaN, 1],
    [1, Infinity],
    [2 ** 53, 2 ** 53],
  ] as const) {
    it(`is not ${n} of ${d}`, () => {
      assert.throws(() => share(n, d), { code: 'share-malformed' })
    })
  }

  it('is the median of others: the middle one, or what lies halfway between the middle two', () => {
    assert.equal(median([], 300), undefined)
    assert.deepEqual(median([270], 300), { n: 540, d: 600 })
    assert.deepEqual(median([300, 0, 240], 300), { n: 480, d: 600 })
    assert.deepEqual(median([300, 0, 240, 250], 300), { n: 490, d: 600 })
  })
})

describe('a gain', () => {
  it('opens at the gate exactly, however fine the share', () => {
    assert.equal(gateOpens(share(7_999_999_999, 10_000_000_000), 800_000), false)
    assert.equal(gateOpens(share(8, 10), 800_000), true)
    assert.equal(gateOpens(share(8_000_000_001, 10_000_000_000), 800_000), true)
  })

  it('D-25, I-02: no volume and no reliability make up for quality below the gate', () => {
    assert.equal(gain({ quality: share(799_999, 1_000_000), reliability: ONE, volume: ONE }, WORTH), 0)
    assert.ok(gain({ quality: share(800_000, 1_000_000), reliability: share(0, 1), volume: share(0, 1) }, WORTH) > 0)
  })

  it('is rounded once, to µT towards zero', () => {
    // 10 000 · (0.75 · 2/3 + 0.2 · 1/3 + 0.05 · 1/20) = 5 691.66…
    const merit = { quality: share(2, 3), reliability: share(1, 3), volume: share(1, 20) }
    assert.equal(gain(merit, { ...WORTH, qualityGate: 500_000 }), 5_691)
    assert.equal(gain(merit, { ...WORTH, qualityGate: 500_000, tierGain: 250_000 }), 1_422)
  })

  it('is at most u_max, scaled by the tier like the rest', () => {
    const merit = { quality: ONE, reliability: ONE, volume: ONE }
    assert.equal(gain(merit, { ...WORTH, alpha: 90_000 }), 10_000)
    assert.equal(gain(merit, { ...WORTH, alpha: 90_000, tierGain: 250_000 }), 2_500)
    assert.equal(gain(merit, { ...WORTH, tierGain: 0 }), 0)
  })
})

describe('the cap', () => {
  const rule = { max: 950_000, deviations: { numerator: 3, denominator: 1 }, minSpread: 120_000 }
  const column = (values: readonly number[]) => populationOf(Uint32Array.from(values), values.length)

  it('is above the mean by the smallest spread where everybody is equal', () => {
    assert.equal(capOf(column([500_000, 500_000, 500_000]), rule), 860_000)
    assert.equal(capOf(column([500_000]), { ...rule, minSpread: 0 }), 500_000)
  })

  it('is the absolute maximum where there is nobody, and where the formula is above it', () => {
    assert.equal(capOf(column([]), rule), 950_000)
    assert.equal(capOf(column([700_000]), rule), 950_000)
  })

  it('counts those who are active and nobody else', () => {
    const values = Uint32Array.from([900_000, 500_000, 900_000])
    const lastAct = Float64Array.from([6, 7, 6])
    assert.equal(meanOf(populationOf(values, 3, lastAct, 7)), 500_000)
    assert.equal(populationOf(values, 3, lastAct, 6).count, 3)
    assert.equal(populationOf(values, 2).count, 2)
  })

  it('is exact: the same in any order, and to the µT what big numbers say', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 }), (values) => {
        const one = column(values)
        const other = column(values.toReversed())
        assert.deepEqual(one, other)
        const n = values.length
        const mean = values.reduce((sum, value) => sum + value, 0) / n
        const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
        assert.ok(Math.abs(meanOf(one) - mean) <= 1)
        assert.ok(Math.abs(deviationOf(one) - deviation) <= 1)
        const literal = Math.min(950_000, mean + 3 * Math.max(deviation, 120_000))
        assert.ok(Math.abs(capOf(one, rule) - literal) <= 1)
        assert.ok(capOf(one, rule) <= literal + 1e-6)
      }),
      RUNS,
    )
  })

  it('takes roots towards zero, of squares exactly and beside them', () => {
    for (const root of [0n, 1n, 2n, 3n, 999_999n, 2n ** 64n + 13n, 10n ** 40n]) {
      assert.equal(squareRoot(root * root), root)
      if (root > 1n) assert.equal(squareRoot(root * root - 1n), root - 1n)
      if (root > 0n) assert.equal(squareRoot(root * root + 1n), root)
    }
  })

  it('carries squares over before they lose a bit', () => {
    const values = new Uint32Array(20_000).fill(1_000_000)
    assert.equal(populationOf(values, values.length).squares, 20_000n * 10n ** 12n)
  })

  it('counts everybody once where a long column is taken in parts', () => {
    for (const length of [4_095, 4_096, 4_097, 8_192, 8_193]) {
      const values = Uint32Array.from({ length: length + 1 }, (_, i) => 999_983 - i)
      const lastAct = Float64Array.from(values, (_, i) => i % 3)
      const active = [...values.subarray(0, length)].filter((_, i) => i % 3 > 0).map(BigInt)
      assert.deepEqual(populationOf(values, length, lastAct, 1), {
        count: active.length,
        sum: active.reduce((sum, value) => sum + value, 0n),
        squares: active.reduce((sum, value) => sum + value * value, 0n),
      })
    }
  })
})

describe('decay', () => {
  it('telescopes: hour by hour comes to what it comes to at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 1_000_000 }), (hours, perDay) => {
        let sum = 0
        for (let h = 0; h < hours; h++) sum += aged(h + 1, perDay) - aged(h, perDay)
        assert.equal(sum, aged(hours, perDay))
        assert.equal(aged(24 * hours, perDay), hours * perDay)
      }),
      RUNS,
    )
  })

  it('of a human begins one day after the time of grace, and takes one day at a time', () => {
    const grace = dynamics.dormancyGraceMs
    for (const [rest, days] of [
      [grace, 0],
      [grace + DAY - 1, 0],
      [grace + DAY, 1],
      [grace + 2 * DAY - 1, 1],
      [grace + 2 * DAY, 2],
    ] as const) {
      assert.equal(dormantDays(0, rest, grace), days)
    }
  })

  it('of a machine counts whole hours since its last verified result, and never backwards', () => {
    assert.deepEqual(
      [0, HOUR - 1, HOUR, 2 * HOUR - 1].map((at) => idleHours(0, at)),
      [0, 0, 1, 1],
    )
    assert.equal(idleHours(HOUR, 0), 0)
  })

  it('of drift charges the increase alone', () => {
    assert.equal(drifted(0, 1_000_000, 100_000), 100_000)
    assert.equal(drifted(400_000, 1_000_000, 100_000), 60_000)
    assert.equal(drifted(1_000_000, 0, 100_000), 0)
    assert.equal(drifted(0, 9, 100_000), 0)
  })
})

describe('the settlement', () => {
  const actor = fc.record({
    trust: fc.integer({ min: 0, max: 950_000 }),
    rest: fc.integer({ min: 0, max: 400 * DAY }),
    charged: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 9_600 })),
    owed: fc.integer({ min: 0, max: 5_000 }),
    drift: fc.constantFrom(0, 300_001, 1_000_000),
    driftCharged: fc.constantFrom(0, 300_000),
  })
  /** The last rate makes an hour's product larger than integers of 32 bits. */
  const rates = fc.constantFrom(dynamics.agePerDay, 1, 999_999)
  const AT = 1_000 * DAY

  for (const kind of ['human', 'machine'] as const) {
    it(`of every ${kind} is the step of one without gain and penalty`, () => {
      const cap = fc.integer({ min: 100_000, max: 950_000 })
      fc.assert(
        fc.property(fc.array(actor, { maxLength: 12 }), cap, rates, (actors, cap, agePerDay) => {
          const rates = { ...dynamics, agePerDay }
          const columns = columnsOf(actors)
          const expected = actors.map((_, i) => stepOf(kind, columns, i, cap, rates))
          const before = structuredClone(columns)
          const out = new Uint32Array(16)
          const charge = settle(kind, columns, actors.length, AT, rates, cap, out)
          assert.deepEqual([...out.subarray(0, actors.length)], expected)
          assert.deepEqual(columns, before, 'only `out` was written')
          assert.equal(
            charge.fell,
            expected.reduce((sum, to, i) => sum + Math.max(0, before.value[i]! - to), 0),
          )
          assert.equal(charge.charged, expected.filter((to, i) => to < before.value[i]!).length)
          assert.deepEqual(
            charge.atZero,
            kind === 'machine' ? expected.flatMap((to, i) => (to === 0 && before.value[i]! > 0 ? [i] : [])) : [],
          )
        }),
        RUNS,
      )
    })

    it(`charges every ${kind} once and begins a new epoch’s movements, in columns of any length`, () => {
      for (const length of [0, 1, 4_095, 4_096, 4_097, 8_193]) {
        const [actors] = fc.sample(fc.array(actor, { minLength: length + 1, maxLength: length + 1, size: 'max' }), {
          seed: length + 1,
          numRuns: 1,
        })
        const columns = columnsOf(actors!)
        columns.risen.fill(7)
        const before = structuredClone(columns)
        const out = new Uint32Array(length)
        const foreseen = settle(kind, columns, length, AT, dynamics, 600_000, out)
        assert.deepEqual(settleAndClose(kind, columns, length, AT, dynamics, 600_000), foreseen)
        const expected = structuredClone(before)
        for (let i = 0; i < length; i++) {
          expected.value[i] = stepOf(kind, before, i, 600_000, dynamics)
          expected.charged[i] = Math.max(before.charged[i]!, unitsOf(kind, before.renewed[i]!))
          expected.owed[i] = expected.risen[i] = 0
          if (kind === 'machine') expected.driftCharged[i] = before.drift[i]!
        }
        assert.deepEqual(columns, expected)
        assert.equal(settle(kind, columns, length, AT, dynamics, 950_000, out).fell, 0, 'charged once')
      }
    })
  }

  const ACTIVE = { trust: 900_000, rest: 0, charged: 0, owed: 0, drift: 0, driftCharged: 0 } as const

  it('of a human takes the first day in the moment in which it is full', () => {
    const full = dynamics.dormancyGraceMs + DAY
    const columns = columnsOf([full - 1, full, full + 1].map((rest) => ({ ...ACTIVE, rest })))
    const out = new Uint32Array(3)
    const cost = dynamics.dormancyPerDay
    settle('human', columns, 3, AT, dynamics, 950_000, out)
    assert.deepEqual([...out], [900_000, 900_000 - cost, 900_000 - cost])
  })

  it('of a machine keeps its sign where a product leaves the integers of 32 bits', () => {
    const hours = 2 ** 14
    const columns = columnsOf([hours - 1, hours, hours + 1].map((rest) => ({ ...ACTIVE, rest: rest * HOUR })))
    const out = new Uint32Array(3)
    settle('machine', columns, 3, AT, { ...dynamics, agePerDay: 2 ** 17 }, 950_000, out)
    assert.deepEqual([...out], [0, 0, 0])
  })

  type Actor = typeof actor extends fc.Arbitrary<infer T> ? T : never

  function columnsOf(actors: readonly Actor[]): Columns {
    const columns = emptyColumns(Math.max(16, actors.length))
    actors.forEach(({ trust, rest, charged, owed, drift, driftCharged }, i) => {
      enter(columns, i, trust, millis(AT - rest))
      columns.charged[i] = charged
      columns.owed[i] = owed
      columns.drift[i] = drift
      columns.driftCharged[i] = driftCharged
    })
    return columns
  }

  function unitsOf(kind: 'human' | 'machine', renewed: number): number {
    return kind === 'human' ? dormantDays(renewed, AT, dynamics.dormancyGraceMs) : idleHours(renewed, AT)
  }

  /** The plain rule, one actor at a time. */
  function stepOf(kind: 'human' | 'machine', columns: Columns, i: number, cap: number, rates: typeof dynamics): number {
    const rest = {
      renewed: columns.renewed[i]!,
      charged: columns.charged[i]!,
      owed: columns.owed[i]!,
      drift: columns.drift[i]!,
      driftCharged: columns.driftCharged[i]!,
    }
    const decay = decayDue(kind, rest, AT, rates)
    const top = kind === 'human' ? cap : rates.max.machine
    const limits = { floor: rates.floor[kind], cap: top, perEpoch: 0, perWindow: 0, fast: 0 }
    return step({ trust: columns.value[i]!, risen: 0, grown: 0 }, { gain: 0, penalty: 0, decay }, limits).to
  }
})

describe('the last twenty', () => {
  it('are what a list of them says, and one can be spoiled while it is among them', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.nat(70), (list, place) => {
        let twenty = { bits: 0, count: 0 }
        for (const good of list) twenty = pushed(twenty, good)
        const last = list.slice(-20)
        assert.deepEqual(shareOf(twenty), { n: last.filter(Boolean).length, d: last.length })
        const spoiltList = [...list]
        if (place >= 1 && place <= list.length) spoiltList[place - 1] = false
        const expected = spoiltList.slice(-20).filter(Boolean).length
        assert.equal(shareOf(spoiled(twenty, place)).n, expected)
      }),
      { ...RUNS, examples: [[[true], 1]] },
    )
  })
})

describe('a window', () => {
  it('holds what lies no further back than its length, its last moment included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.nat(2), fc.integer({ min: 1, max: 9 })), { maxLength: 40 }),
        fc.nat(20),
        fc.nat(30),
        (steps, later, length) => {
          const window = emptyWindow()
          const sums = new Uint32Array(3)
          const all: { at: number; index: number; amount: number }[] = []
          let now = 0
          for (const [ms, index, amount] of steps) {
            now += ms
            push(window, sums, index, amount, now)
            all.push({ at: now, index, amount })
            if (amount % 3 === 0) drop(window, sums, now, length)
          }
          now += later
          for (const index of [0, 1, 2]) {
            const expected = all
              .filter((one) => one.index === index && one.at >= now - length)
              .reduce((sum, one) => sum + one.amount, 0)
            assert.equal(sumAt(window, sums, index, now, length), expected)
          }
          drop(window, sums, now, length)
          assert.equal(
            sums.reduce((sum, one) => sum + one, 0),
            all.filter(({ at }) => at >= now - length).reduce((sum, { amount }) => sum + amount, 0),
          )
        },
      ),
      RUNS,
    )
  })
})
