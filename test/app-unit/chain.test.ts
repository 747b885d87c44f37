/** A deployment of which nobody says how its chain is reached can be read all the same. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createClient } from 'viem'
import { getBlockNumber } from 'viem/actions'
import { transportTo } from '../../app/chain/transport.ts'
import { faultOf } from '../../app/chain/final-gate.ts'
import { codeOf } from '../../app/errors/words.ts'

it('without an address the chain is unreachable, and nothing else', async () => {
  const client = createClient({ transport: transportTo(null) })
  const cause = await getBlockNumber(client).catch((error: unknown) => error)
  assert.equal(codeOf(faultOf(cause)), 'chain-unreachable')
})

it('with an address it is asked there', () => {
  const { transport } = createClient({ transport: transportTo('http://127.0.0.1:1/') })
  assert.equal(transport.type, 'http')
})
