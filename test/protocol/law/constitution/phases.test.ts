import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { canonicalConstitution } from '../../../../protocol/law/constitution/canonical-constitution.ts'
import {
  amendmentsArePossible,
  PHASE_ORDER,
  phaseOfHumans,
  stepsFrom,
  stewardshipOf,
  tierIsOpen,
} from '../../../../protocol/law/constitution/phases.ts'

const constitution = canonicalConstitution()
const DAY = 86_400_000

describe('genesis phases', () => {
  test('thresholds are half-open', () => {
    const at = (humans: number) => phaseOfHumans(constitution, humans)
    assert.deepEqual([0, 1].map(at), ['G0', 'G0'])
    assert.deepEqual([49, 50, 51].map(at), ['G0', 'G1', 'G1'])
    assert.deepEqual([499, 500, 501].map(at), ['G1', 'G2', 'G2'])
    assert.deepEqual([1999, 2000, 2001].map(at), ['G2', 'G3', 'G3'])
    assert.equal(at(1_000_000), 'G3')
  })

  test('every count of humans has a phase, and where one ends the next begins (I-09)', () => {
    const { rules } = constitution.phases
    for (const [i, phase] of PHASE_ORDER.entries()) {
      const next = PHASE_ORDER[i + 1]
      assert.equal(rules[phase].untilHumans, next === undefined ? undefined : rules[next].fromHumans)
    }
    assert.equal(rules.G0.fromHumans, 0)
  })

  test('a jump of humans is several steps in order, a fall is none', () => {
    assert.deepEqual(stepsFrom(constitution, 'G0', 49), [])
    assert.deepEqual(stepsFrom(constitution, 'G0', 50), ['G1'])
    assert.deepEqual(stepsFrom(constitution, 'G0', 600), ['G1', 'G2'])
    assert.deepEqual(stepsFrom(constitution, 'G0', 2000), ['G1', 'G2', 'G3'])
    assert.deepEqual(stepsFrom(constitution, 'G2', 3), [])
    assert.deepEqual(stepsFrom(constitution, 'G3', 10_000), [])
  })

  test('no step ever leads back (I-13)', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PHASE_ORDER), fc.nat({ max: 5000 }), (phase, humans) => {
        const path = [phase, ...stepsFrom(constitution, phase, humans)].map((step) => PHASE_ORDER.indexOf(step))
        path.slice(1).forEach((step, i) => assert.equal(step, (path[i] ?? 0) + 1))
      }),
      { seed: 17 },
    )
  })

  test('in founder stewardship nothing is amended and constitutional missions are locked', () => {
    assert.deepEqual(
      (['R0', 'R1', 'R2', 'R3'] as const).map((tier) => tierIsOpen(constitution, 'G0', tier)),
      [true, true, true, false],
    )
    assert.deepEqual(
      PHASE_ORDER.map((phase) => amendmentsArePossible(constitution, phase)),
      [false, true, true, true],
    )
    assert.ok(PHASE_ORDER.slice(1).every((phase) => tierIsOpen(constitution, phase, 'R3')))
    assert.deepEqual(
      PHASE_ORDER.map((phase) => constitution.phases.rules[phase].founderVeto),
      [true, false, false, false],
    )
    assert.equal(constitution.phases.rules.G0.chambers, undefined)
  })

  test('limits are reached at equality', () => {
    const at = (ms: number, extended: boolean) => stewardshipOf(constitution, ms, extended)
    const around = (days: number, extended: boolean) => [-1, 0, 1].map((ms) => at(days * DAY + ms, extended))
    assert.deepEqual(around(365, false), ['open', 'awaiting-report', 'awaiting-report'])
    assert.deepEqual(around(365, true), ['open', 'open', 'open'])
    assert.deepEqual(around(545, true), ['open', 'over', 'over'])
    assert.deepEqual(around(545, false), ['awaiting-report', 'over', 'over'])
    assert.equal(at(0, false), 'open')
  })

  test('the rules of each phase are those of the table of spec 5.1', () => {
    const rows = PHASE_ORDER.slice(1).map((phase) => {
      const { chambers, geography, elevation, limitMs } = constitution.phases.rules[phase]
      assert.ok(chambers && geography && elevation)
      const { proposal, ratification, challenge } = chambers
      return [
        [proposal, ratification, challenge].map(({ size, passThreshold }) => `${size} (${passThreshold})`).join(' / '),
        geography.minRegions,
        geography.regionCap.numerator / geography.regionCap.denominator,
        `${elevation.humans}/${elevation.regions}/${elevation.organizations}`,
        limitMs === undefined ? undefined : limitMs / DAY,
      ]
    })
    assert.deepEqual(rows, [
      ['11 (8) / 17 (12) / 25 (15)', 3, 0.4, '7/2/2', 730],
      ['21 (14) / 31 (21) / 51 (31)', 5, 0.25, '15/3/3', undefined],
      ['41 (28) / 61 (41) / 101 (61)', 8, 0.15, '30/3/3', undefined],
    ])
  })
})
