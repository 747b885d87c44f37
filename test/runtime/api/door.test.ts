/** Who is let in, and what every answer carries. */
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../support/folder.ts'
import { person } from '../../support/tiny-law.ts'
import { post, raw, tinyApi, verdict } from './tiny-api.ts'

const ada = person(1)

function codeOf(text: string): unknown {
  return (JSON.parse(text) as { code: unknown }).code
}

test('a request for another host name is turned away: DNS rebinding leads nowhere', async (t) => {
  const { api } = await tinyApi(t)
  for (const host of ['evil.example', `evil.example:${api.port}`, '127.0.0.1.evil.example', '0.0.0.0', ':80']) {
    const { status, text } = await raw(api, '/health', { headers: { host } })
    assert.ok(status === 421 || status === 400, `${host}: ${status}`)
    if (status === 421) assert.equal(codeOf(text), 'host-not-allowed')
  }
  for (const host of ['localhost', `LOCALHOST:${api.port}`, '127.0.0.1', `[::1]:${api.port}`]) {
    assert.equal((await raw(api, '/health', { headers: { host } })).status, 200, host)
  }
})

test('a host name that was named is answered for', async (t) => {
  const { api } = await tinyApi(t, { hosts: ['genesis.example'] })
  assert.equal((await raw(api, '/health', { headers: { host: 'genesis.example:4600' } })).status, 200)
})

test('a page of another origin can neither write nor read', async (t) => {
  const { api, ledger } = await tinyApi(t)
  const headers = { origin: 'https://evil.example', 'content-type': 'application/json' }
  const body = ada.command('n-1', 1)
  const written = await raw(api, '/v1/commands', { method: 'POST', headers, body })
  assert.deepEqual([written.status, codeOf(written.text)], [403, 'origin-not-allowed'])
  const asked = await raw(api, '/v1/commands', { method: 'OPTIONS', headers })
  assert.equal(asked.status, 403)
  const read = await raw(api, '/v1/overview', { headers: { origin: 'null' } })
  assert.equal(read.status, 403)
  assert.equal(read.headers['access-control-allow-origin'], undefined)
  assert.equal(ledger.head().size, 0)
})

test('a page of this very server may do everything', async (t) => {
  const { api } = await tinyApi(t)
  const headers = { origin: api.url, 'content-type': 'application/json' }
  const written = await raw(api, '/v1/commands', { method: 'POST', headers, body: ada.command('n-1', 1) })
  assert.equal(written.status, 201)
})

test('an origin that was named may read and write, and is told so', async (t) => {
  const origin = 'https://app.example'
  const { api } = await tinyApi(t, { origins: [origin] })
  const asked = await raw(api, '/v1/commands', { method: 'OPTIONS', headers: { origin } })
  assert.equal(asked.status, 204)
  assert.equal(asked.headers['access-control-allow-origin'], origin)
  const read = await raw(api, '/v1/overview', { headers: { origin } })
  assert.equal(read.headers['access-control-allow-origin'], origin)
  assert.equal((await raw(api, '/v1/overview')).headers['access-control-allow-origin'], undefined)
})

test('an address has its share of reads and of writes', async (t) => {
  const slow = { burst: 2, perSecond: 0.001 }
  const { api } = await tinyApi(t, { limits: { reads: slow, writes: slow } })
  const reads = []
  for (let i = 0; i < 3; i++) reads.push((await fetch(`${api.url}/health`)).status)
  const writes = []
  for (let i = 0; i < 3; i++) writes.push((await post(api, '/v1/commands', ada.command(`n-${i}`, 1))).status)
  assert.deepEqual(
    [reads, writes],
    [
      [200, 200, 429],
      [201, 201, 429],
    ],
  )
})

test('what does not exist is 404, what cannot be done is 405 and says what can', async (t) => {
  const { api } = await tinyApi(t)
  for (const path of ['/v1/nothing', '/v1/missions/m-1', '/v1/epochs/7', '/v1/actors/nobody', '/nothing']) {
    assert.deepEqual(await verdict(await fetch(api.url + path)), [404, 'not-found'], path)
  }
  const wrong = await fetch(`${api.url}/v1/commands`)
  assert.equal(wrong.headers.get('allow'), 'POST')
  assert.deepEqual(await verdict(wrong), [405, 'method-not-allowed'])
  const deleted = await fetch(`${api.url}/v1/artifacts/x`, { method: 'DELETE' })
  assert.equal(deleted.headers.get('allow'), 'PUT, GET')
})

test('parameters are read strictly', async (t) => {
  const { api } = await tinyApi(t)
  for (const path of [
    '/v1/epochs/-1',
    '/v1/epochs/1.0',
    '/v1/epochs/01',
    '/v1/epochs/99999999999999999999',
    '/v1/entries?from=x',
    '/v1/entries?limit=10001',
    '/v1/stream?from=-1',
    '/v1/actions',
    '/v1/artifacts/abc',
    '/v1/archive/open.jsonl.gz?sha256=abc',
  ]) {
    assert.deepEqual(await verdict(await fetch(api.url + path)), [400, 'parameter-invalid'], path)
  }
})

test('questions are answered from the state', async (t) => {
  const { api } = await tinyApi(t)
  await post(api, '/v1/commands', ada.command('n-1', 3))
  const get = async (path: string): Promise<unknown> => (await fetch(api.url + path)).json()
  assert.deepEqual(await get('/v1/deployment'), { name: 'tiny' })
  assert.deepEqual(await get('/v1/overview'), { entries: 1, seq: 1, recordedAt: 1_770_973_507_042 })
  assert.deepEqual(await get('/v1/actors'), [ada.id])
  assert.equal(await get(`/v1/actors/${ada.id}`), 3)
  assert.deepEqual(await get('/v1/epochs/0'), { number: 0 })
  assert.deepEqual(await get('/v1/actions?subject=m-1&actor=ada'), { subject: 'm-1', actor: 'ada' })
  assert.deepEqual(await get('/v1/actions?subject=m-1'), { subject: 'm-1', actor: 'anybody' })
})

test('a mistake of ours is 500 without a word about our insides, and is told to whoever runs the server', async (t) => {
  const { api, faults } = await tinyApi(t)
  const response = await fetch(`${api.url}/v1/missions/thrower`)
  const text = await response.text()
  assert.deepEqual([response.status, codeOf(text)], [500, 'fault'])
  assert.doesNotMatch(text, /mistake of ours/)
  assert.equal((faults[0] as Error).message, 'a mistake of ours')
})

test('ready says what is missing', async (t) => {
  const { api, missing } = await tinyApi(t)
  assert.equal((await fetch(`${api.url}/ready`)).status, 200)
  missing.push('chain')
  const response = await fetch(`${api.url}/ready`)
  const body = (await response.json()) as { code: string; params: unknown }
  assert.deepEqual([response.status, body.code, body.params], [503, 'not-ready', { missing: 'chain' }])
  assert.equal((await fetch(`${api.url}/health`)).status, 200)
})

test('every answer of the API is sealed: not to be guessed at, framed, run or kept', async (t) => {
  const { api } = await tinyApi(t)
  for (const path of ['/v1/overview', '/v1/nothing', '/health', '/v1/entries']) {
    const { headers } = await fetch(api.url + path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/, path)
    assert.equal(headers.get('cache-control'), 'no-store', path)
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
  }
})

test('the built app is served with a policy of its own; unknown pages are its own business, unknown files are not', async (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Genesis</title>')
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'console.log("hello")\n'.repeat(200))
  const { api } = await tinyApi(t, { app: folder, connect: ['http://127.0.0.1:8545'] })
  for (const path of ['/', '/missions/m-1', '/index.html']) {
    const page = await fetch(api.url + path)
    assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
    assert.match(page.headers.get('content-security-policy') ?? '', /connect-src 'self' http:\/\/127\.0\.0\.1:8545/)
    assert.match(await page.text(), /Genesis/)
  }
  const script = await fetch(`${api.url}/assets/index-abc.js`)
  assert.equal(script.headers.get('content-encoding'), 'gzip')
  assert.match(script.headers.get('cache-control') ?? '', /immutable/)
  assert.equal((await script.text()).length, 21 * 200)
  const etag = script.headers.get('etag')!
  const again = await raw(api, '/assets/index-abc.js', { headers: { 'if-none-match': etag } })
  assert.equal(again.status, 304)
  assert.equal((await fetch(`${api.url}/assets/other.js`)).status, 404)
  assert.equal((await fetch(`${api.url}/v1/nothing`)).status, 404)
  assert.equal((await raw(api, '/../package.json')).status, 404)
  assert.equal((await raw(api, '/%2e%2e/%2e%2e/etc/passwd.txt')).status, 404)
})

test('only a development deployment shows wallets to play with', async (t) => {
  const development = { stack: { rpc: 'http://127.0.0.1:8545' }, wallets: { wallets: [] } }
  const playground = await tinyApi(t, { development })
  const earnest = await tinyApi(t)
  for (const [path, shown] of [
    ['/v1/development/stack', development.stack],
    ['/v1/development/wallets', development.wallets],
  ] as const) {
    assert.deepEqual(await (await fetch(playground.api.url + path)).json(), shown)
    assert.equal((await fetch(earnest.api.url + path)).status, 404)
  }
})

test('a taken port is a fault that names it', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  t.after(() => other.close())
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  await assert.rejects(tinyApi(t, { port }), { code: 'port-taken', params: { address: '127.0.0.1', port } })
})
