/**
 * One step of trust (spec 4.2, 4.3; D-03, D-04, D-11, D-14, D-21): clip, limit, guard. Boundaries in threes, and the
 * whole against what the words say.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { step, type Limits, type Standing } from '../../../../protocol/law/trust/rules/step.ts'

const LIMITS: Limits = { floor: 100_000, cap: 860_000, perEpoch: 50_000, perWindow: 120_000, fast: 20_000 }
const at = (trust: number, more: Partial<Standing> = {}): Standing => ({ trust, risen: 0, grown: 0, ...more })
const cause = (gain: number, penalty = 0, decay = 0) => ({ gain, penalty, decay })

describe('the delta guard', () => {
  for (const [gain, held] of [
    [19_999, 0],
    [20_000, 0],
    [20_001, 20_001],
  ] as const) {
    it(`${held === 0 ? 'lets' : 'holds'} a rise of ${gain} µT`, () => {
      const { to, held: waits, applied } = step(at(500_000), cause(gain), LIMITS)
      assert.deepEqual([to, waits, applied], [500_000 + gain - held, held, gain - held])
    })
  }

  it('adds up what has risen in the epoch: the one that exceeds it is held, a smaller one still fits', () => {
    assert.equal(step(at(500_000, { risen: 15_000 }), cause(5_001), LIMITS).held, 5_001)
    assert.equal(step(at(500_000, { risen: 15_000 }), cause(5_000), LIMITS).held, 0)
  })

  it('holds the gain and not the penalty that came with it', () => {
    assert.deepEqual(step(at(500_000), cause(60_000, 20_000), { ...LIMITS, perEpoch: 100_000 }), {
      to: 480_000,
      held: 60_000,
      applied: 0,
      cut: { cap: 0, epoch: 0, window: 0 },
    })
  })

  it('holds no gain that makes good for decay and raises nothing, however much has risen before', () => {
    const { to, held, applied } = step(at(500_000, { risen: 30_000 }), cause(10, 0, 10), LIMITS)
    assert.deepEqual([to, held, applied], [500_000, 0, 10])
    assert.equal(step(at(500_000, { risen: 30_000 }), cause(11, 0, 10), LIMITS).held, 11)
  })

  it('holds nothing that humans have validated', () => {
    assert.equal(step(at(500_000, { risen: 20_000 }), cause(30_000), LIMITS, false).to, 530_000)
  })
})

describe('the limits', () => {
  it('D-11: no gain leads above the cap, and what is above comes down to it', () => {
    assert.deepEqual(step(at(855_000), cause(10_000), LIMITS), {
      to: 860_000,
      held: 0,
      applied: 5_000,
      cut: { cap: 5_000, epoch: 0, window: 0 },
    })
    assert.equal(step(at(900_000), cause(0), LIMITS).to, 860_000)
    assert.equal(step(at(900_000), cause(9_000), LIMITS).to, 860_000)
  })

  it('D-14: no penalty leads below the floor', () => {
    assert.equal(step(at(110_000), cause(0, 200_000), LIMITS).to, 100_000)
    assert.equal(step(at(100_000), cause(0, 1), LIMITS).to, 100_000)
  })

  it('clips the rise of an epoch and of the window, and says so', () => {
    const free = { ...LIMITS, fast: 1_000_000 }
    assert.deepEqual(step(at(500_000, { risen: 45_000 }), cause(10_000), free).cut, { cap: 0, epoch: 5_000, window: 0 })
    assert.deepEqual(step(at(500_000, { grown: 119_000 }), cause(10_000), free), {
      to: 501_000,
      held: 0,
      applied: 1_000,
      cut: { cap: 0, epoch: 0, window: 9_000 },
    })
    assert.equal(step(at(500_000, { grown: 120_000 }), cause(10_000), free).to, 500_000)
  })

  it('never limits a fall, whatever has been used up', () => {
    assert.equal(step(at(500_000, { risen: 50_000, grown: 120_000 }), cause(0, 200_000), LIMITS).to, 300_000)
  })

  it('measures the rise after penalty and decay: what only makes good for them is no rise', () => {
    assert.equal(step(at(500_000, { risen: 20_000 }), cause(10_000, 5_000, 5_000), LIMITS).held, 0)
    assert.equal(step(at(500_000, { risen: 20_000 }), cause(10_001, 5_000, 5_000), LIMITS).held, 10_001)
  })
})

describe('any step', () => {
  const micro = fc.integer({ min: 0, max: 1_000_000 })
  const small = fc.integer({ min: 0, max: 150_000 })

  it('stays within floor and cap, rises by no more than its gain, and by no more than is left', () => {
    fc.assert(
      fc.property(
        micro,
        small,
        small,
        small,
        small,
        small,
        fc.boolean(),
        (trust, risen, grown, gain, penalty, decay, guarded) => {
          const before = Math.max(LIMITS.floor, trust)
          const made = step({ trust: before, risen, grown }, { gain, penalty, decay }, LIMITS, guarded)
          assert.ok(made.to >= LIMITS.floor && made.to <= LIMITS.cap)
          const rise = Math.max(0, made.to - before)
          assert.ok(rise <= gain)
          assert.ok(rise <= Math.max(0, LIMITS.perEpoch - risen) && rise <= Math.max(0, LIMITS.perWindow - grown))
          if (guarded && rise > 0) assert.ok(risen + rise <= LIMITS.fast)
          if (gain === 0) assert.ok(made.to <= before && made.held === 0 && made.applied === 0)
          assert.ok(made.held === 0 || made.applied === 0)
          assert.ok(made.held + made.applied <= gain)
          assert.equal(
            made.to,
            step({ trust: before, risen, grown }, { gain: 0, penalty, decay }, LIMITS).to + made.applied,
          )
        },
      ),
      { seed: 20_260_213, numRuns: 2_000 },
    )
  })

  it('D-07: no sequence in one epoch rises by more than delta_fast unheld, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(small, small), { maxLength: 30 }), (causes) => {
        let standing: Standing = at(500_000)
        let rises = 0
        for (const [gain, penalty] of causes) {
          const { to } = step(standing, cause(gain, penalty), LIMITS)
          const rise = Math.max(0, to - standing.trust)
          rises += rise
          standing = { trust: to, risen: standing.risen + rise, grown: standing.grown + rise }
        }
        assert.ok(rises <= LIMITS.fast)
      }),
      { seed: 20_260_213, numRuns: 500 },
    )
  })
})
