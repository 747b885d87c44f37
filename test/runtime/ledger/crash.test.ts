import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  draws,
  fillTheDisk,
  killDuringLoad,
  planRound,
  requireAllThere,
  type Acknowledged,
} from '../../support/crash-round.ts'
import { temporaryFolder } from '../../support/folder.ts'

/** Five in every run of the tests; `node scripts/crash-rounds.ts` asks for a hundred. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 5)
const SEED = Number(process.env['CRASH_SEED'] ?? 1)
const ROUNDS_PER_LEDGER = 10

const draw = draws(SEED)

for (let first = 0; first < ROUNDS; first += ROUNDS_PER_LEDGER) {
  const last = Math.min(ROUNDS, first + ROUNDS_PER_LEDGER)
  test(`killed with SIGKILL under load, rounds ${first + 1} to ${last}: all that was acknowledged is there, whole and in order`, async (t) => {
    const folder = temporaryFolder(t)
    const acknowledged: Acknowledged[] = []
    let answered = false
    for (let run = first; run < last; run++) {
      const round = planRound(folder, run, draw)
      answered ||= round.from === 'first-answer'
      acknowledged.push(...(await killDuringLoad(round)))
      const size = await requireAllThere(folder, acknowledged)
      t.diagnostic(
        `round ${run + 1}: ${round.producers} producers, killed ${round.killAfterMs} ms after ${round.from}: ` +
          `${acknowledged.length} acknowledged so far, ${size} on disk`,
      )
    }
    assert.ok(!answered || acknowledged.length > 0)
  })
}

test('when the disk is full the ledger stops and says so; all that was acknowledged is there', async (t) => {
  if (process.platform === 'win32') return t.skip('no ulimit')
  const folder = temporaryFolder(t)
  const { acknowledged, complaint, exitCode } = await fillTheDisk(folder, 3072)
  assert.notEqual(exitCode, 0)
  assert.match(complaint, /ledger-stopped/)
  assert.ok(acknowledged.length > 0)
  assert.ok((await requireAllThere(folder, acknowledged)) >= acknowledged.length)
})
