/** The scripted month in its small form: a day of it is enough to see that it is repeatable and verifies. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { readOptions } from '../../scripts/scenario/options.ts'
import { runMonth, type Run } from '../../scripts/scenario/run.ts'
import { temporaryFolder } from '../support/folder.ts'

const SMALL = { days: 1, missions: 6, chainPort: undefined }

function played(t: TestContext, seed: string, verify: boolean): Promise<Run> {
  return runMonth({ ...SMALL, seed, verify, out: join(temporaryFolder(t), 'month') }, () => {})
}

let first: Run | undefined

test('a month verifies from its archive and its chain alone', async (t) => {
  const run = await played(t, 'one', true)
  first = run
  assert.equal(run.fault, null)
  assert.equal(run.verdict, 'verified')
  assert.equal(run.epochs, 24)
  assert.equal(run.summary['epochs']?.['on_chain'], 24)
  // A language model reviewed, and an agent over MCP worked, on missions that were completed.
  assert.ok((run.summary['taking part']?.['completed_with_a_model_reviewing'] ?? 0) > 0)
  assert.ok((run.summary['taking part']?.['completed_with_work_over_mcp'] ?? 0) > 0)
  const written = JSON.parse(await readFile(join(run.archive, '..', 'run.json'), 'utf8')) as Run
  assert.deepEqual(written, run)
})

test('the same seed gives the same ledger head and the same commitments', async (t) => {
  const again = await played(t, 'one', false)
  assert.ok(first !== undefined)
  assert.deepEqual({ ...again, archive: '', verdict: '' }, { ...first, archive: '', verdict: '' })
})

test('another seed gives another', async (t) => {
  const other = await played(t, 'two', false)
  assert.notEqual(other.head, first?.head)
  assert.notEqual(other.commitment, first?.commitment)
  assert.notEqual(other.deployment, first?.deployment)
})

test('a folder that holds anything else is never replaced', async (t) => {
  const out = temporaryFolder(t)
  await assert.rejects(
    runMonth({ ...SMALL, seed: 'one', verify: false, out }, () => {}),
    { code: 'out-not-a-scenario' },
  )
})

test('options that make no sense are refused', () => {
  for (const args of [
    ['month', '--days', '0'],
    ['month', '--days', '1.5'],
    ['month', '--missions', '-1'],
    ['month', '--missions', '1e3'],
    ['month', '--chain-port', '70000'],
    ['month', 'more'],
    ['year'],
    ['month', '--seeds', '1'],
  ]) {
    assert.throws(() => readOptions(args), { code: /^option-(?:invalid|unknown)$/ }, args.join(' '))
  }
  assert.equal(readOptions([]).what, 'help')
})
