/** A chain as its endpoint tells it: what it answers beyond the question is not believed (spec 2.2). */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import { openChain } from '../../verifier/chain/reader.ts'
import { closed, listening } from './support/rpc.ts'

const HASH = `0x${'0a'.repeat(32)}`
const ADDRESS = `0x${'80'.repeat(20)}`

type Call = { readonly id: number; readonly method: string }

/** An endpoint that answers one log, of this block, whatever blocks are asked for. */
async function telling(t: TestContext, blockNumber: string | null) {
  const block = { number: '0x0', hash: HASH, timestamp: '0x1', transactions: [], baseFeePerGas: null }
  const transfer = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
  const log = {
    address: ADDRESS,
    topics: [transfer, `0x${'00'.repeat(32)}`, `0x${'00'.repeat(32)}`, `0x${'00'.repeat(31)}07`],
    data: '0x',
    blockNumber,
    blockHash: HASH,
    transactionHash: HASH,
    transactionIndex: '0x0',
    logIndex: '0x0',
    removed: false,
  }
  const answers: { readonly [method: string]: unknown } = { eth_chainId: '0x7a69', eth_getLogs: [log] }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      const { id, method } = JSON.parse(text) as Call
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] ?? block }))
    })
  })
  const url = `http://127.0.0.1:${await listening(server)}`
  t.after(() => closed(server))
  const addresses = { commitment_log: '0x01', committee_registry: '0x02', final_gate: '0x03' }
  return openChain({ url, chainId: 31_337, genesisHash: HASH, addresses })
}

const AGENT = [{ contract: ADDRESS, agentId: '7' }]

describe('an endpoint', () => {
  it('is believed where it answers logs of the blocks that were asked for', async (t) => {
    const chain = await telling(t, '0x5')
    assert.deepEqual(await chain.logs(0, 9), [], 'it is none of our contracts')
    const [seen] = await chain.agentLogs(AGENT, 0, 9)
    assert.deepEqual([seen?.block_number, seen?.log.event], [5, 'AgentTransferred'])
  })

  for (const [what, block] of [
    ['a later block, which may not be final', '0xa'],
    ['no block yet', null],
  ] as const) {
    it(`that answers a log of ${what} is not believed`, async (t) => {
      const chain = await telling(t, block)
      await assert.rejects(chain.logs(0, 9), { code: 'chain-log-unreadable' })
      await assert.rejects(chain.agentLogs(AGENT, 0, 9), { code: 'chain-log-unreadable' })
    })
  }
})
