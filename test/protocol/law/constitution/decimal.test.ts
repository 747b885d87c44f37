import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { floorOfShare, millionths, ratioOfMillionths } from '../../../../protocol/law/constitution/decimal.ts'

describe('decimals as exact integers', () => {
  test('a decimal is read as its shortest form, not as the double behind it', () => {
    assert.deepEqual(
      [0.1, 0.7, 0.15, 0.29, 1e-6, 1e-5, 3, 36500, 0, -0.05].map(millionths),
      [100_000, 700_000, 150_000, 290_000, 1, 10, 3_000_000, 36_500_000_000, 0, -50_000],
    )
  })

  test('what is finer than a millionth has no value', () => {
    for (const fine of [1e-7, 0.0000005, 0.1234567, 1.0000001, 5e-324, 0.1 + 0.2]) {
      assert.equal(millionths(fine), undefined, String(fine))
    }
  })

  test('what is no number or beyond the safe integers has no value', () => {
    for (const wild of [NaN, Infinity, -Infinity, 1e21, 1e308, 9_007_199_255]) {
      assert.equal(millionths(wild), undefined, String(wild))
    }
    assert.equal(millionths(9_007_199_254), 9_007_199_254_000_000)
  })

  test('every number of millionths comes back from its decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), (whole) => {
        assert.equal(millionths(whole / 1_000_000), whole)
      }),
      { seed: 11, numRuns: 2000 },
    )
  })

  test('a share of a count is the floor of the exact product', () => {
    assert.equal(floorOfShare(ratioOfMillionths(290_000), 100), 29)
    assert.equal(floorOfShare(ratioOfMillionths(150_000), 20), 3)
    assert.deepEqual(
      [41, 61, 101].map((size) => floorOfShare(ratioOfMillionths(150_000), size)),
      [6, 9, 15],
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 0, max: 9_000_000_000 }),
        (share, count) => {
          const exact = (BigInt(share) * BigInt(count)) / 1_000_000n
          assert.equal(BigInt(floorOfShare(ratioOfMillionths(share), count)), exact)
        },
      ),
      { seed: 12, numRuns: 2000 },
    )
  })

  test('a ratio is in lowest terms', () => {
    assert.deepEqual(ratioOfMillionths(150_000), { numerator: 3, denominator: 20 })
    assert.deepEqual(ratioOfMillionths(0), { numerator: 0, denominator: 1 })
    assert.deepEqual(ratioOfMillionths(3_000_000), { numerator: 3, denominator: 1 })
  })
})
