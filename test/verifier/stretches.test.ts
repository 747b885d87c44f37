/** How much of a chain is asked for at a time, and what is done where an endpoint refuses that (spec 2.2). */
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import { describe, it } from 'node:test'
import { HttpRequestError, LimitExceededRpcError } from 'viem'
import { agentLogs } from '../../verifier/chain/agents.ts'
import { client } from '../../verifier/chain/reader.ts'
import { inStretches } from '../../verifier/chain/stretches.ts'
import { closed, listening } from './support/rpc.ts'

/** An endpoint that answers so many logs at most; one of them lies in each block. */
function limited(most: number) {
  const asked: (readonly [number, number])[] = []
  const ask = (from: number, to: number): Promise<readonly number[]> => {
    asked.push([from, to])
    const logs = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    return logs.length > most ? Promise.reject(new LimitExceededRpcError(new Error('too many'))) : Promise.resolve(logs)
  }
  return { ask, asked }
}

const upTo = (end: number): readonly number[] => Array.from({ length: end + 1 }, (_, i) => i)

describe('a stretch of blocks', () => {
  it('is no longer than endpoints answer', async () => {
    const { ask, asked } = limited(2_000)
    const ends: number[] = []
    assert.deepEqual(await inStretches(0, 4_100, ask, (end) => ends.push(end)), upTo(4_100))
    assert.deepEqual(asked, [
      [0, 1_999],
      [2_000, 3_999],
      [4_000, 4_100],
    ])
    assert.deepEqual(ends, [1_999, 3_999, 4_100])
  })

  it('that somebody filled with logs is read in halves, whole and in order', async () => {
    for (const most of [1, 7, 900]) {
      assert.deepEqual(await inStretches(0, 2_500, limited(most).ask), upTo(2_500), String(most))
    }
  })

  it('of one block that is refused is refused, and nothing is left out', async () => {
    await assert.rejects(inStretches(5, 9, limited(0).ask), LimitExceededRpcError)
  })

  it('is asked for once where nobody answers', async () => {
    let asked = 0
    const silent = () => {
      asked += 1
      return Promise.reject(new HttpRequestError({ url: 'http://127.0.0.1' }))
    }
    await assert.rejects(inStretches(0, 1_000, silent), HttpRequestError)
    assert.equal(asked, 1)
  })
})

describe('the agents of a registry', () => {
  it('are named in as many calls as endpoints take words, each agent once for each event', async () => {
    const words: string[][] = []
    const server = createServer((request, response) => {
      void bodyOf(request).then((call) => {
        words.push(call.params[0].topics.flatMap((topic, i) => (i > 0 && topic !== null ? topic : [])))
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, result: [] }))
      })
    })
    const rpc = client(`http://127.0.0.1:${await listening(server)}`)
    const contract = `0x${'80'.repeat(20)}`
    const agents = upTo(1_200).map((id) => ({ contract, agentId: String(id) }))
    await agentLogs(rpc, agents, 0n, 9n)
    await closed(server)
    assert.deepEqual(
      words.filter((some) => some.length > 1_000),
      [],
    )
    const named = words.flat().map((word) => Number(BigInt(word)))
    assert.deepEqual(
      named.toSorted((a, b) => a - b),
      upTo(1_200).flatMap((id) => [id, id]),
    )
  })
})

type Call = {
  readonly id: number
  readonly params: readonly [{ readonly topics: readonly (string | string[] | null)[] }]
}

async function bodyOf(request: IncomingMessage): Promise<Call> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text) as Call
}
