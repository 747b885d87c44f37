/** `GET /v1/trust`: the population, the cap and the limits of this epoch, as the state of the ledger has them. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { trustOverviewView } from '../../../protocol/views/trust.ts'
import { publishAll } from '../../support/law/flow.ts'
import { completed } from '../../support/law/trust.ts'
import { realApi } from './real-api.ts'

it('answers with what a fold of the same ledger says, without naming anybody', async (t) => {
  const { api, bench } = await realApi(t, (prepared) => {
    completed(prepared, 'm-1')
    publishAll(prepared)
  })
  const response = await fetch(`${api.url}/v1/trust`)
  assert.equal(response.status, 200)
  const answer = (await response.json()) as { epoch: number; cap_micro: number }
  assert.deepEqual(answer, trustOverviewView(bench.state))
  assert.equal(answer.epoch, 1)
  assert.ok(answer.cap_micro > 0)
})
