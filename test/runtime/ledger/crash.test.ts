import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draws, killDuringLoad, planRound, requireAllThere, type Acknowledged } from '../../support/crash-round.ts'
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
    for (let run = first; run < last; run++) {
      const round = planRound(folder, run, draw)
      acknowledged.push(...(await killDuringLoad(round)))
      const size = await requireAllThere(folder, acknowledged)
      t.diagnostic(
        `round ${run + 1}: ${round.producers} producers, killed ${round.killAfterMs} ms after ${round.from}: ` +
          `${acknowledged.length} acknowledged so far, ${size} on disk`,
      )
    }
    assert.ok(acknowledged.length > 0)
  })
}
