/** The closing line adds up what the runners say; misread, a failure would look like a success. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countMocha, countMutants, countNodeTests, countPlaywright, countSolidity } from '../../scripts/test/counts.ts'

const NODE = (fail: number, cancelled = 0) => `
✔ a test that says "ℹ pass 99" in its name (0.1ms)
ℹ tests 9
ℹ suites 0
ℹ pass 5
ℹ fail ${fail}
ℹ cancelled ${cancelled}
ℹ skipped 1
ℹ todo 1
ℹ duration_ms 12.5
`

test("node's test runner", () => {
  assert.deepEqual(countNodeTests(NODE(0)), { passed: 5, failed: 0, skipped: 2 })
  assert.deepEqual(countNodeTests(NODE(2)), { passed: 5, failed: 2, skipped: 2 })
})

test('a cancelled test has failed', () => {
  assert.deepEqual(countNodeTests(NODE(1, 3)), { passed: 5, failed: 4, skipped: 2 })
})

test('a runner that did not come to its end has no counts', () => {
  assert.equal(countNodeTests('ℹ tests 9\nℹ pass 5\n'), undefined)
  assert.equal(countMocha('Error: cannot compile\n'), undefined)
  assert.equal(countSolidity('Error: cannot compile\n'), undefined)
  assert.equal(countPlaywright('Error: no tests found\n'), undefined)
})

test('Mocha leaves out what there is none of', () => {
  assert.deepEqual(countMocha('  12 passing (3s)\n'), { passed: 12, failed: 0, skipped: 0 })
  assert.deepEqual(countMocha('  0 passing (3ms)\n  1 pending\n  2 failing\n'), { passed: 0, failed: 2, skipped: 1 })
})

test('Solidity tests', () => {
  assert.deepEqual(countSolidity('  2 passing\n  1 failing\n  3 skipped\n'), { passed: 2, failed: 1, skipped: 3 })
})

test('Playwright: whatever did not pass at the first try has failed', () => {
  assert.deepEqual(countPlaywright('  7 passed (8.1s)\n'), { passed: 7, failed: 0, skipped: 0 })
  const all =
    '  1 failed\n    [a] › b.test.ts:3:1 › c\n  1 flaky\n  2 interrupted\n  3 did not run\n  4 skipped\n  5 passed (1m)\n'
  assert.deepEqual(countPlaywright(all), { passed: 5, failed: 7, skipped: 4 })
})

test('mutants: a survivor has failed, and a run that was broken off has no counts', () => {
  const line = 'killed   a\n\n31 of 347 mutants tried, 30 killed, 1 survived, 2 equivalent\n'
  assert.deepEqual(countMutants(line), { passed: 30, failed: 1, skipped: 0 })
  assert.equal(countMutants('killed   a\n'), undefined)
})
