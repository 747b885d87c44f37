import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  draws,
  killDuringLoad,
  planRound,
  requireAllThere,
  type Acknowledged,
} from '../../support/crash-round.ts'
import { temporaryFolder } from '../../support/folder.ts'

test('killed with SIGKILL five times under load: all that was acknowledged is there, whole and in order', async (t) => {
  const folder = temporaryFolder(t)
  const draw = draws(1)
  const acknowledged: Acknowledged[] = []
  for (let run = 0; run < 5; run++) {
    acknowledged.push(...(await killDuringLoad(planRound(folder, run, draw))))
    const size = await requireAllThere(folder, acknowledged)
    assert.ok(size >= acknowledged.length)
  }
  assert.ok(acknowledged.length > 0)
})
