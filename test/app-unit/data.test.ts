import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { ask, get } from '../../app/data/http.ts'
import { fields, list, nullable, number, oneOf, text } from '../../app/data/read.ts'
import { offsetOf } from '../../app/data/use-now.ts'
import { Fault } from '../../protocol/wire/fault.ts'

const withCode =
  (code: string, params: object = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof Fault)
    assert.equal(error.code, code)
    assert.partialDeepStrictEqual(error.params, params)
    return true
  }

describe('reading an answer', () => {
  const seat = fields({ id: text, score: nullable(number), verdict: oneOf('yes', 'no') })

  it('takes what it needs and leaves the rest', () => {
    assert.deepEqual(seat({ id: 'a', score: null, verdict: 'no', later: true }, ''), {
      id: 'a',
      score: null,
      verdict: 'no',
    })
  })

  it('says where something is not as it must be', () => {
    const seats = fields({ seats: list(seat) })
    const at = (value: unknown) => () => seats(value, '')
    assert.throws(at({ seats: [{ id: 1, verdict: 'no' }] }), withCode('answer-unreadable', { at: '/seats/0/id' }))
    assert.throws(
      at({ seats: [{ id: 'a', verdict: 'perhaps' }] }),
      withCode('answer-unreadable', { at: '/seats/0/verdict' }),
    )
    assert.throws(at([]), withCode('answer-unreadable', { at: '' }))
  })

  it('looks at own fields only', () => {
    assert.throws(() => fields({ constructor: text })({}, ''), withCode('answer-unreadable', { at: '/constructor' }))
  })
})

describe('asking', () => {
  let server: Server
  let base = ''
  before(async () => {
    server = createServer((request, response) => {
      const problem = { code: 'rate-limited', params: { max: 3, list: [] }, title: 'words of the server' }
      const answers: { readonly [path: string]: readonly [number, string] } = {
        '/good': [200, '{"value":"yes"}'],
        '/problem': [429, JSON.stringify(problem)],
        '/proxy': [502, '<html>'],
        '/half': [200, '{"value":'],
      }
      const [status, body] = answers[request.url ?? ''] ?? [404, '{}']
      response.writeHead(status).end(body)
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve())
    })
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => server.close())

  it('gives what was asked for', async () => {
    assert.deepEqual(await get(`${base}/good`, fields({ value: text })), { value: 'yes' })
  })

  it('turns every other answer into a fault with a code', async () => {
    await assert.rejects(ask(`${base}/problem`), withCode('rate-limited', { status: 429, max: 3 }))
    await assert.rejects(ask(`${base}/proxy`), withCode('server-failed', { status: 502 }))
    await assert.rejects(get(`${base}/half`, text), withCode('answer-unreadable'))
    await assert.rejects(ask(`${base}/nothing`), withCode('refused', { status: 404 }))
    await assert.rejects(ask('http://127.0.0.1:1/'), withCode('offline'))
  })
})

describe('the deployment’s clock', () => {
  it('is the browser’s, unless that is plainly off', () => {
    const received = Date.UTC(2026, 2, 1)
    const at = (ms: number) => offsetOf({ at: new Date(received + ms).toISOString(), receivedAt: received })
    assert.equal(at(3_000), 0)
    assert.equal(at(-3_000), 0)
    assert.equal(at(3_001), 3_001)
    assert.equal(at(-86_400_000), -86_400_000)
    assert.equal(offsetOf(undefined), 0)
  })
})
