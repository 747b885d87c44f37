/**
 * Bad input over HTTP, under the real law: each with its stable code, and nothing changed by it. What is malformed or
 * not ours leaves no entry; what a registered actor may not do is withheld, on record, and leaves the state as it was.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base64, fromBase64, hex } from '../../../protocol/wire/bytes.ts'
import { encode, type Json } from '../../../protocol/wire/canonical-json.ts'
import { seal, type Envelope } from '../../../protocol/wire/dsse.ts'
import { COMMAND_CAPS, COMMAND_PAYLOAD_TYPE } from '../../../protocol/genesis.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { person } from '../../support/tiny-law.ts'
import { NOOR, OPERATORS, PLANNER, WORKER } from '../../support/law/people.ts'
import { scopeBody } from '../../support/law/flow.ts'
import type { Bench } from '../../support/law/world.ts'
import { realApi, type RealApi } from './real-api.ts'
import { post } from './tiny-api.ts'

const COMMANDS = '/v1/commands'
const [BEA] = OPERATORS
const MISSION = { title: 'A report', summary: 'We need it.' }

type Problem = {
  readonly status: number
  readonly code: string
  readonly violations?: readonly { constraint: string }[]
}

async function refusedWith({ api }: RealApi, envelope: string): Promise<[number, string]> {
  const { status, code } = (await (await post(api, COMMANDS, envelope)).json()) as Problem
  return [status, code]
}

/** Everything of the state but the books, where a refusal leaves its trace. */
function subjects(real: RealApi): Promise<unknown> {
  return real.ledger.ask(({ books: _books, founded: _founded, ...rest }) => structuredClone(rest))
}

/** Sends what must not be recorded at all. */
async function leavesNothing(real: RealApi, cases: readonly (readonly [string, number, string])[]): Promise<void> {
  const head = real.ledger.head()
  for (const [envelope, status, code] of cases) {
    assert.deepEqual(await refusedWith(real, envelope), [status, code], envelope.slice(0, 80))
  }
  assert.deepEqual(real.ledger.head(), head)
}

/** Sends what is recorded as withheld, for these reasons, and changes no subject. */
async function isWithheld(real: RealApi, envelope: string, constraints: readonly string[]): Promise<void> {
  const [before, { size }] = [await subjects(real), real.ledger.head()]
  const response = await post(real.api, COMMANDS, envelope)
  const { code, violations } = (await response.json()) as Problem
  assert.deepEqual([response.status, code], [409, 'withheld'])
  const found = (violations ?? []).map(({ constraint }) => constraint)
  for (const constraint of constraints) assert.ok(found.includes(constraint), `${constraint} in ${found.join(', ')}`)
  assert.equal(real.ledger.head().size, size + 1)
  assert.deepEqual(await subjects(real), before)
}

function create(bench: Bench, id = 'm-1', options: Parameters<Bench['envelope']>[4] = {}): string {
  return bench.envelope(NOOR, 'mission.create', id, MISSION, options)
}

/** The envelope, its one signature made into another. */
function resigned(envelope: string, change: (signature: Uint8Array) => Uint8Array): string {
  const parsed = JSON.parse(envelope) as Envelope
  const [{ keyid, sig }] = parsed.signatures as unknown as [{ keyid: string; sig: string }]
  const bytes = fromBase64(sig)
  assert.ok(bytes.ok)
  return encode({ ...parsed, signatures: [{ keyid, sig: base64(change(bytes.value)) }] })
}

/** The payload changed and signed as it should be. */
function repacked(bench: Bench, change: (payload: { [key: string]: Json }) => object): string {
  const { payload } = JSON.parse(create(bench)) as Envelope
  const text = Buffer.from(payload, 'base64').toString()
  return encode(seal(COMMAND_PAYLOAD_TYPE, change(JSON.parse(text) as { [key: string]: Json }) as Json, NOOR.signer))
}

test('text that is not a canonical envelope', async (t) => {
  const real = await realApi(t)
  const good = create(real.bench)
  await leavesNothing(real, [
    ['not json', 400, 'json-malformed'],
    [good.replace('{', '{"payload":"",'), 400, 'json-duplicate-key'],
    ['['.repeat(65) + ']'.repeat(65), 400, 'json-too-deep'],
    [`"${'x'.repeat(COMMAND_CAPS.bytes)}"`, 413, 'json-too-large'],
    [` ${good}`, 400, 'json-not-canonical'],
    [good.replace('{', '{"a":1,'), 400, 'field-unknown'],
    [good.replace(/}$/, ',"zzz":1.5}'), 400, 'json-number'],
    [good.replace('"payloadType":"', '"payloadType":"x'), 400, 'payload-type-unknown'],
  ])
})

test('payloads that are not canonical, not complete or of no known type', async (t) => {
  const real = await realApi(t)
  const { bench } = real
  const spaced = { ...(JSON.parse(create(bench)) as Envelope), payload: Buffer.from('{ }').toString('base64') }
  await leavesNothing(real, [
    [encode(spaced), 400, 'json-not-canonical'],
    [repacked(bench, ({ nonce: _nonce, ...rest }) => rest), 400, 'field-missing'],
    [repacked(bench, (payload) => ({ ...payload, force: true })), 400, 'field-unknown'],
    [repacked(bench, (payload) => ({ ...payload, type: 'mission.force' })), 400, 'command-type-unknown'],
    [repacked(bench, (payload) => ({ ...payload, issued: '2026-02-30T00:00:00.000Z' })), 400, 'time-malformed'],
    [repacked(bench, (payload) => ({ ...payload, nonce: '' })), 400, 'field-pattern'],
    [repacked(bench, (payload) => ({ ...payload, actor: 'Noor' })), 400, 'field-pattern'],
    [repacked(bench, (payload) => ({ ...payload, actor: '__proto__' })), 403, 'key-of-another'],
    [repacked(bench, ({ deployment: _deployment, ...rest }) => rest), 400, 'deployment-missing'],
    [repacked(bench, (payload) => ({ ...payload, body: { ...MISSION, title: ' ' } })), 400, 'field-blank'],
  ])
})

test('signatures that are wrong, malleable, of small order, one too many or by another key', async (t) => {
  const real = await realApi(t)
  const good = create(real.bench)
  const { signatures } = JSON.parse(good) as Envelope
  const twice = encode({ ...(JSON.parse(good) as object), signatures: [...signatures, ...signatures] })
  const byNobody = good.replace(/"keyid":"[^"]*"/, /"keyid":"[^"]*"/.exec(person(1).command('n', 1))![0])
  await leavesNothing(real, [
    [resigned(good, flipped), 403, 'signature-invalid'],
    [resigned(good, plusGroupOrder), 403, 'signature-invalid'],
    [resigned(good, smallOrder), 403, 'signature-invalid'],
    [resigned(good, (signature) => signature.subarray(1)), 400, 'envelope-signature-length'],
    [twice, 400, 'field-range'],
    [byNobody, 403, 'unknown-key'],
    [real.bench.envelope({ id: NOOR.id, signer: BEA.signer }, 'mission.create', 'm-1', MISSION), 403, 'key-of-another'],
  ])
})

function flipped(signature: Uint8Array): Uint8Array {
  return signature.map((byte, i) => (i === 40 ? byte ^ 1 : byte))
}

/** S + L: the same signature to a verifier that does not reduce. */
function plusGroupOrder(signature: Uint8Array): Uint8Array {
  const order = (1n << 252n) + 27_742_317_777_372_353_535_851_937_790_883_648_493n
  const s = BigInt(`0x${hex(signature.subarray(32).toReversed())}`) + order
  const moved = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()
  return new Uint8Array([...signature.subarray(0, 32), ...moved])
}

/** R is the neutral point and S is zero. */
function smallOrder(signature: Uint8Array): Uint8Array {
  return signature.map((_, i) => (i === 0 ? 1 : 0))
}

test('nobody known, another deployment, a second founding', async (t) => {
  const real = await realApi(t)
  const { bench } = real
  const other = Sha256.digest('another deployment')
  await leavesNothing(real, [
    [bench.envelope({ id: 'zoe', signer: person(1).signer }, 'mission.create', 'm-1', MISSION), 403, 'unknown-actor'],
    [create(bench, 'm-1', { deployment: other }), 409, 'other-deployment'],
  ])
})

test('the same command is the same answer; its nonce is spent for any other', async (t) => {
  const real = await realApi(t)
  const first = create(real.bench, 'm-1', { nonce: 'once' })
  const [a, b] = [await post(real.api, COMMANDS, first), await post(real.api, COMMANDS, first)]
  assert.deepEqual([a.status, b.status], [201, 201])
  assert.equal(await a.text(), await b.text())
  await isWithheld(real, create(real.bench, 'm-2', { nonce: 'once' }), ['nonce-is-new'])
})

test('commands that have expired, or come from a clock far off', async (t) => {
  const real = await realApi(t)
  const { bench } = real
  const now = bench.now()
  await isWithheld(real, create(bench, 'm-1', { issued: millis(now - 120_000), expires: millis(now - 1) }), [
    'command-within-its-time',
  ])
  await isWithheld(real, create(bench, 'm-1', { issued: millis(now + 301_000), expires: millis(now + 400_000) }), [
    'command-within-its-time',
  ])
})

test('an old revision, a machine where a human has to sign, and urgency without a ground', async (t) => {
  const real = await realApi(t)
  const { api, bench } = real
  assert.equal((await post(api, COMMANDS, create(bench))).status, 201)
  const scope = scopeBody('documentation_update', { inputs: [] })
  await isWithheld(real, bench.envelope(NOOR, 'mission.scope', 'm-1', scope, { expects: 7 }), ['subject-at-revision'])
  await isWithheld(real, bench.envelope(WORKER, 'mission.create', 'm-2', MISSION), ['signed-by-the-right-kind'])
  await isWithheld(real, create(bench, 'm-3', { urgent: true }), ['urgency-is-not-a-ground'])
})

test('a command that names bytes nobody brought is not taken in until they are there', async (t) => {
  const real = await realApi(t)
  const { api, bench } = real
  const data = 'site,year,tonnes\n'
  const digest = Sha256.digest(data)
  await post(api, COMMANDS, create(bench))
  const inputs = [{ name: 'data.csv', digest, bytes: data.length, media_type: 'text/csv' }]
  const scope = bench.envelope(NOOR, 'mission.scope', 'm-1', scopeBody('documentation_update', { inputs }))
  await leavesNothing(real, [[scope, 422, 'artifact-missing']])
  const wrong = await put(real, digest, 'site,year,tons\n')
  assert.equal(wrong.status, 422)
  await leavesNothing(real, [[scope, 422, 'artifact-missing']])
  assert.equal((await put(real, digest, data)).status, 201)
  assert.equal((await post(api, COMMANDS, scope)).status, 201)
})

test('classes nobody mapped, and a task graph that is empty or goes in a circle', async (t) => {
  const real = await realApi(t)
  const { api, bench } = real
  const send = async (envelope: string): Promise<number> => (await post(api, COMMANDS, envelope)).status
  assert.equal(await send(create(bench)), 201)
  const unmapped = bench.envelope(NOOR, 'mission.scope', 'm-1', scopeBody('anything_goes', { inputs: [] }))
  await isWithheld(real, unmapped, ['class-is-mapped'])
  const scope = scopeBody('documentation_update', { inputs: [] })
  assert.equal(await send(bench.envelope(NOOR, 'mission.scope', 'm-1', scope)), 201)
  const task = (id: string, depends_on: string[]): object => ({
    id,
    title: 'Report',
    instructions: 'Compute it.',
    domain_type: 'objective',
    depends_on,
    worker: WORKER.id,
  })
  const circle = { tasks: [task('a', ['b']), task('b', ['a'])] }
  await isWithheld(real, bench.envelope(PLANNER, 'mission.plan', 'm-1', circle), ['task-graph-is-sound'])
  await isWithheld(real, bench.envelope(PLANNER, 'mission.plan', 'm-1', { tasks: [] }), ['task-graph-is-sound'])
})

test('a simulated command is decided as it would be, and spends nothing', async (t) => {
  const real = await realApi(t)
  const { api, bench, ledger } = real
  const head = ledger.head()
  const envelope = create(bench, 'm-1', { nonce: 'once' })
  const payload = JSON.parse(Buffer.from((JSON.parse(envelope) as Envelope).payload, 'base64').toString()) as Json
  for (const body of [envelope, JSON.stringify({ payload })]) {
    const simulated = await post(api, `${COMMANDS}?simulate=true`, body)
    const { assumed, outcome } = (await simulated.json()) as { assumed: object; outcome: string }
    assert.deepEqual([simulated.status, outcome], [200, 'committed'])
    assert.deepEqual(assumed, { recorded_at: formatTimestamp(bench.now()), seq: head.size })
  }
  assert.deepEqual(ledger.head(), head)
  assert.equal((await post(api, COMMANDS, envelope)).status, 201)
})

function put({ api }: RealApi, digest: string, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream' }
  return fetch(`${api.url}/v1/artifacts/${digest}`, { method: 'PUT', body, headers })
}
