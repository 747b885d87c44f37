import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { canonicalConstitution } from '../../../../protocol/law/constitution/canonical-constitution.ts'
import {
  COMMITMENT_TIER_ORDER,
  commitmentTierAfter,
  commitmentTierOf,
} from '../../../../protocol/law/constitution/tiers.ts'

const constitution = canonicalConstitution()
const HOUR = 3_600_000

describe('commitment tiers', () => {
  test('thresholds are half-open: the stricter tier has the edge', () => {
    const at = (humans: number) => commitmentTierOf(constitution, humans)
    assert.deepEqual([0, 1].map(at), ['C0', 'C0'])
    assert.deepEqual([499, 500, 501].map(at), ['C0', 'C1', 'C1'])
    assert.deepEqual([4999, 5000, 5001].map(at), ['C1', 'C2', 'C2'])
  })

  test('a tier never falls and may jump', () => {
    assert.equal(commitmentTierAfter(constitution, 'C0', 5000), 'C2')
    assert.equal(commitmentTierAfter(constitution, 'C2', 0), 'C2')
    assert.equal(commitmentTierAfter(constitution, 'C1', 499), 'C1')
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 8000 })), (counts) => {
        let tier = commitmentTierOf(constitution, 0)
        for (const humans of counts) {
          const after = commitmentTierAfter(constitution, tier, humans)
          assert.ok(COMMITMENT_TIER_ORDER.indexOf(after) >= COMMITMENT_TIER_ORDER.indexOf(tier))
          tier = after
        }
        assert.equal(tier, commitmentTierOf(constitution, Math.max(0, ...counts)))
      }),
      { seed: 18 },
    )
  })

  test('anchors come every 24 hours, every 6, every epoch', () => {
    assert.deepEqual(
      COMMITMENT_TIER_ORDER.map((tier) => constitution.commitmentTiers[tier].anchorEveryMs / HOUR),
      [24, 6, 1],
    )
  })
})
