import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { MOST, person } from '../../support/tiny-law.ts'
import { post, raw, tinyApi, verdict } from './tiny-api.ts'

const ada = person(1)
const ben = person(2)
const COMMANDS = '/v1/commands'

test('a committed command is 201 with the entry as it is on disk, and where to find it', async (t) => {
  const { api, ledger } = await tinyApi(t)
  const response = await post(api, COMMANDS, ada.command('n-1', 3))
  const text = await response.text()
  const [row] = ledger.read(0, 1)
  assert.equal(response.status, 201)
  assert.equal(response.headers.get('content-type'), 'application/json')
  assert.equal(response.headers.get('location'), '/v1/entries?from=0&limit=1')
  assert.equal(text, `{"entry":${row!.text},"hash":"${row!.hash}"}`)
})

test('the same command again is the same answer, byte for byte', async (t) => {
  const { api, ledger } = await tinyApi(t)
  const envelope = ada.command('n-1', 3)
  const answers = await Promise.all([1, 2, 3].map(async () => (await post(api, COMMANDS, envelope)).text()))
  assert.equal(new Set(answers).size, 1)
  assert.equal(ledger.head().size, 1)
})

test('a withheld command is 409 with its violations, and on record', async (t) => {
  const { api, ledger } = await tinyApi(t)
  const response = await post(api, COMMANDS, ada.command('n-1', MOST + 1))
  const body = (await response.json()) as Record<string, unknown>
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  assert.deepEqual([response.status, body['status'], body['code'], body['seq']], [409, 409, 'withheld', 0])
  assert.deepEqual(body['violations'], [{ constraint: 'too-much', level: 'physical', params: { most: MOST } }])
  assert.equal(body['hash'], ledger.read(0, 1)[0]!.hash)
})

test('what cannot be read is 4xx with its code and place, and leaves no entry', async (t) => {
  const { api, ledger } = await tinyApi(t)
  const good = ada.command('n-1', 3)
  const deep = '['.repeat(70) + ']'.repeat(70)
  for (const [body, status, code] of [
    ['', 400, 'json-malformed'],
    ['{', 400, 'json-malformed'],
    ['{"payload":"","payload":""}', 400, 'json-duplicate-key'],
    [deep, 400, 'json-too-deep'],
    [good.replace(',', ', '), 400, 'json-not-canonical'],
    [good.replace('{', '{"extra":1,'), 400, 'field-unknown'],
    [good.replace(/"sig":"[^"]*"/, '"sig":"AAAA"'), 400, 'envelope-signature-length'],
    [good.replace('}]}', '},{"keyid":"","sig":""}]}'), 400, 'field-range'],
    [`{"payload":"${'A'.repeat(1_100_000)}"}`, 413, 'body-too-large'],
  ] as const) {
    assert.deepEqual(await verdict(await post(api, COMMANDS, body)), [status, code], body.slice(0, 60))
  }
  assert.equal(ledger.head().size, 0)
})

test('bytes that are no UTF-8 are refused', async (t) => {
  const { api } = await tinyApi(t)
  const response = await fetch(api.url + COMMANDS, {
    method: 'POST',
    body: new Uint8Array([0x22, 0xff, 0x22]),
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(response.status, 400)
})

test('a body without end is cut off at the limit', async (t) => {
  const { api } = await tinyApi(t)
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield new Uint8Array(65_536).fill(0x20)
  }
  const sent = fetch(api.url + COMMANDS, {
    method: 'POST',
    body: ReadableStream.from(endless()),
    duplex: 'half',
    headers: { 'content-type': 'application/json' },
  })
  const outcome = await sent.then(
    (response) => response.status,
    () => 'cut',
  )
  assert.ok(outcome === 413 || outcome === 'cut', String(outcome))
})

test('a sender that leaves in the middle troubles nobody', async (t) => {
  const { api, ledger, faults } = await tinyApi(t)
  await new Promise<void>((resolve) => {
    const headers = { host: 'localhost', 'content-type': 'application/json', 'content-length': '1000' }
    const sent = request({ port: api.port, path: COMMANDS, method: 'POST', headers })
    sent.on('error', () => resolve())
    sent.write('{"payload":')
    setTimeout(() => sent.destroy(), 50)
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.deepEqual(faults, [])
  assert.equal(ledger.head().size, 0)
})

test('a wrong signature, an unknown key and a nonce used twice are refused with their codes', async (t) => {
  const { api, ledger } = await tinyApi(t)
  const signature = /"sig":"[^"]*"/
  const wrong = ada.command('n-1', 3).replace(signature, ada.command('n-2', 3).match(signature)![0])
  const stranger = ada.command('n-1', 3).replace(/"keyid":"[^"]*"/, ben.command('n', 1).match(/"keyid":"[^"]*"/)![0])
  await post(api, COMMANDS, ben.command('n-1', 1))
  assert.deepEqual(await verdict(await post(api, COMMANDS, wrong)), [403, 'signature-invalid'])
  assert.deepEqual(await verdict(await post(api, COMMANDS, stranger)), [403, 'unknown-key'])
  assert.deepEqual(await verdict(await post(api, COMMANDS, ben.command('n-1', 2))), [422, 'nonce-reused'])
  assert.equal(ledger.head().size, 1)
})

test('only JSON is taken: a form that a page could send without asking is not', async (t) => {
  const { api } = await tinyApi(t)
  const envelope = ada.command('n-1', 3)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    assert.deepEqual(await verdict(await post(api, COMMANDS, envelope, type)), [415, 'media-type-unsupported'])
  }
  const bare = await raw(api, COMMANDS, { method: 'POST', body: envelope })
  assert.equal(bare.status, 415)
  const named = await post(api, COMMANDS, envelope, 'Application/JSON; charset=utf-8')
  assert.equal(named.status, 201)
})

test('a simulation says what would be recorded, at which place and time, and records nothing', async (t) => {
  const { api, ledger } = await tinyApi(t)
  await post(api, COMMANDS, ada.command('n-0', 1))
  const assumed = { recorded_at: '2026-02-13T09:05:07.042Z', seq: 1 }
  const signed = await post(api, `${COMMANDS}?simulate=true`, ada.command('n-1', 3))
  const unsigned = await post(
    api,
    `${COMMANDS}?simulate=true`,
    JSON.stringify({ payload: { actor: ada.id, nonce: 'n-1', add: MOST + 1 } }),
  )
  assert.equal(signed.status, 200)
  assert.deepEqual(await signed.json(), { assumed, outcome: 'committed', events: [{ data: { add: 3 } }] })
  const withheld = (await unsigned.json()) as { outcome: string }
  assert.deepEqual([unsigned.status, withheld.outcome], [200, 'withheld'])
  assert.equal(ledger.head().size, 1)
  assert.equal((await post(api, COMMANDS, ada.command('n-1', 3))).status, 201)
})

test('a simulation for nobody known is refused', async (t) => {
  const { api } = await tinyApi(t)
  const body = JSON.stringify({ payload: { actor: 'nobody', nonce: 'n', add: 1 } })
  assert.deepEqual(await verdict(await post(api, `${COMMANDS}?simulate=true`, body)), [403, 'unknown-actor'])
})

test('a command that names an artifact is taken in only when its bytes are there', async (t) => {
  const { api, ledger } = await tinyApi(t)
  const digest = Sha256.digest('evidence')
  const envelope = ada.command('n-1', 3, digest)
  assert.deepEqual(await verdict(await post(api, COMMANDS, envelope)), [422, 'artifact-missing'])
  assert.equal(ledger.head().size, 0)
  await fetch(`${api.url}/v1/artifacts/${digest}`, {
    method: 'PUT',
    body: 'evidence',
    headers: { 'content-type': 'application/octet-stream' },
  })
  assert.equal((await post(api, COMMANDS, envelope)).status, 201)
})

test('a full queue is 503 with the time to wait', async (t) => {
  const { api, store } = await tinyApi(t, { ledgerLimits: { commands: 2, batchCommands: 1 } })
  const open = store.hold()
  const waiting = [0, 1, 2].map((i) => post(api, COMMANDS, ada.command(`n-${i}`, 1)))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const busy = await post(api, COMMANDS, ada.command('n-9', 1))
  assert.equal(busy.headers.get('retry-after'), '1')
  assert.deepEqual(await verdict(busy), [503, 'ledger-busy'])
  open()
  assert.deepEqual(
    (await Promise.all(waiting)).map((response) => response.status),
    [201, 201, 201],
  )
})

test('after the disk has failed every answer says so', async (t) => {
  const { api, store } = await tinyApi(t)
  store.failNext('not-persisted')
  assert.deepEqual(await verdict(await post(api, COMMANDS, ada.command('n-1', 1))), [503, 'ledger-stopped'])
  assert.deepEqual(await verdict(await post(api, COMMANDS, ada.command('n-2', 1))), [503, 'ledger-stopped'])
  for (const path of ['/v1/overview', '/health', '/ready', '/v1/actions?subject=x']) {
    assert.deepEqual(await verdict(await fetch(api.url + path)), [503, 'ledger-stopped'], path)
  }
})

test('a key has its share of commands, and only what it really signed counts', async (t) => {
  const { api } = await tinyApi(t, { limits: { commandsOfKey: { burst: 2, perSecond: 0.001 } } })
  const forged = ada.command('n-9', 1).replace(/"sig":"[^"]{4}/, '"sig":"AAAA')
  for (let i = 0; i < 5; i++) assert.notEqual((await post(api, COMMANDS, forged)).status, 429)
  assert.equal((await post(api, COMMANDS, ada.command('n-1', 1))).status, 201)
  assert.equal((await post(api, COMMANDS, ada.command('n-2', 1))).status, 201)
  const limited = await post(api, COMMANDS, ada.command('n-3', 1))
  assert.ok(Number(limited.headers.get('retry-after')) >= 1)
  assert.deepEqual(await verdict(limited), [429, 'rate-limited'])
  assert.equal((await post(api, COMMANDS, ben.command('n-1', 1))).status, 201)
})

test('what a key really signed above its share is counted, a forgery of its name is not', async (t) => {
  const { api, refused, ledger } = await tinyApi(t, { limits: { commandsOfKey: { burst: 1, perSecond: 0.001 } } })
  assert.equal((await post(api, COMMANDS, ada.command('n-1', 1))).status, 201)
  const size = ledger.head().size
  for (const nonce of ['n-2', 'n-3']) assert.equal((await post(api, COMMANDS, ada.command(nonce, 1))).status, 429)
  const forged = ada.command('n-4', 1).replace(/"sig":"[^"]{4}/, '"sig":"AAAA')
  assert.equal((await post(api, COMMANDS, forged)).status, 429)
  assert.equal(ledger.head().size, size)
  assert.deepEqual([...refused.take().values()], [2])
  assert.deepEqual([...refused.take()], [])
})

test('a command sent again uses up nobody’s share: whoever has read the ledger can send it', async (t) => {
  const { api, refused } = await tinyApi(t, { limits: { commandsOfKey: { burst: 2, perSecond: 0.001 } } })
  for (let i = 0; i < 5; i++) assert.equal((await post(api, COMMANDS, ada.command('n-1', 1))).status, 201)
  assert.equal((await post(api, COMMANDS, ada.command('n-2', 1))).status, 201)
  assert.deepEqual(await verdict(await post(api, COMMANDS, ada.command('n-1', 1))), [429, 'rate-limited'])
  assert.deepEqual([...refused.take()], [], 'and makes nobody’s count')
})
