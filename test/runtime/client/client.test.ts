import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { digest } from '../../../protocol/wire/sha256.ts'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { clientOf, send, type Client } from '../../../runtime/client/client.ts'
import { NOOR, OPERATORS } from '../../support/law/people.ts'
import { apiBench } from '../../support/runtime/api-bench.ts'
import { begun } from '../../support/runtime/desk-bench.ts'

/** Something that answers on a port, and is no runtime. */
async function stranger(t: TestContext, answer: RequestListener): Promise<Client> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

test('a command is signed, sent and answered; the same draft sent twice is two commands', async (t) => {
  const bench = await apiBench(t, begun())
  const draft = { type: 'mission.create', subject: 'm-1', body: { title: 'T', summary: 'S' } }
  const first = await send(bench.client, bench.deployment, NOOR, bench.clock, draft)
  assert.ok(first.ok)
  assert.equal(bench.entries().at(-1)?.outcome, 'committed')
  const second = await send(bench.client, bench.deployment, NOOR, bench.clock, draft)
  assert.ok(!second.ok)
  assert.deepEqual([second.problem.status, second.problem.code], [409, 'withheld'])
  assert.ok((second.problem.violations ?? []).length > 0)
})

test('a refusal is an answer with its code, a missing page too', async (t) => {
  const bench = await apiBench(t, begun())
  const elsewhere = await send(bench.client, `sha256:${'0'.repeat(64)}`, NOOR, bench.clock, {
    type: 'mission.create',
    subject: 'm-1',
    body: { title: 'T', summary: 'S' },
  })
  assert.deepEqual([elsewhere.ok, elsewhere.ok ? '' : elsewhere.problem.code], [false, 'other-deployment'])
  const absent = await bench.client.get('/v1/missions/nobody')
  assert.deepEqual([absent.ok, absent.ok ? '' : absent.problem.code], [false, 'not-found'])
  const actor = await bench.client.get(`/v1/actors/${OPERATORS[0].id}`)
  assert.equal(actor.ok, true)
})

test('artifacts go up and come down, and are hashed on the way', async (t) => {
  const bench = await apiBench(t, begun())
  const bytes = utf8('a report')
  assert.deepEqual(await bench.client.upload(bytes), { ok: true, value: digest(bytes) })
  assert.deepEqual(await bench.client.download(digest(bytes)), bytes)
  assert.equal(await bench.client.download(digest('nothing')), undefined)
})

test('entries are read by number, exactly as they stand', async (t) => {
  const bench = await apiBench(t, begun())
  const { size } = bench.ledger.head()
  assert.equal(await bench.client.entry(0), bench.bench.texts[0])
  assert.equal(await bench.client.entry(size - 1), bench.bench.texts[size - 1])
  assert.equal(await bench.client.entry(size), undefined)
})

test('bytes that are not what their digest says are a fault', async (t) => {
  const client = await stranger(t, (_incoming, outgoing) => outgoing.end('something else'))
  await assert.rejects(client.download(digest('a report')), { code: 'artifact-differs' })
})

test('a server that is down for a moment does not make an artifact missing', async (t) => {
  for (const status of [429, 500, 503]) {
    const client = await stranger(t, (_incoming, outgoing) => outgoing.writeHead(status).end('{}'))
    await assert.rejects(client.download(digest('a report')), { code: 'artifact-not-had' })
    await assert.rejects(client.entry(0), { code: 'runtime-answer-unreadable' })
  }
})

test('what is no runtime is told apart from one that says no', async (t) => {
  const page = '<html>Welcome</html>'
  const website = await stranger(t, (_incoming, outgoing) => outgoing.end(page))
  await assert.rejects(website.get('/v1/missions'), { code: 'runtime-answer-unreadable' })
  const proxy = await stranger(t, (_incoming, outgoing) => outgoing.writeHead(502).end(page))
  assert.deepEqual(await proxy.get('/v1/missions'), { ok: false, problem: { code: 'http-502', status: 502 } })
  const lying = await stranger(t, (_incoming, outgoing) => outgoing.writeHead(500).end('{"status":200,"code":"fine"}'))
  assert.deepEqual(await lying.get('/'), { ok: false, problem: { code: 'fine', status: 500 } })
})

test('nobody there, and an answer that breaks off, are one fault', async (t) => {
  const nobody = clientOf('http://127.0.0.1:1')
  await assert.rejects(nobody.get('/v1/missions'), { code: 'runtime-unreachable' })
  await assert.rejects(nobody.download(digest('x')), { code: 'runtime-unreachable' })
  const half = await stranger(t, (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-length': '100' })
    outgoing.write('half')
    setTimeout(() => outgoing.destroy(), 20)
  })
  await assert.rejects(half.get('/v1/missions'), { code: 'runtime-unreachable' })
  await assert.rejects(half.download(digest('x')), { code: 'runtime-unreachable' })
})

test('a slash at the end of an address does not matter', () => {
  assert.equal(clientOf('http://127.0.0.1:4600/').url, 'http://127.0.0.1:4600')
})
