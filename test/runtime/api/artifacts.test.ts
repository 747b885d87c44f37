import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import type { Api } from '../../../runtime/api/api.ts'
import { tinyApi, verdict } from './tiny-api.ts'

const REPORT = '<script>alert("not a page of ours")</script>'
const DIGEST = Sha256.digest(REPORT)

function put(api: Api, digest: string, body: string, type = 'application/octet-stream'): Promise<Response> {
  return fetch(`${api.url}/v1/artifacts/${digest}`, { method: 'PUT', body, headers: { 'content-type': type } })
}

test('an artifact is stored once and given back as bytes that no browser will run', async (t) => {
  const { api } = await tinyApi(t)
  const [first, second] = [await put(api, DIGEST, REPORT), await put(api, DIGEST, REPORT)]
  assert.deepEqual([first.status, second.status], [201, 200])
  assert.deepEqual(await first.json(), { bytes: REPORT.length, digest: DIGEST })
  for (const name of [DIGEST, Sha256.digestHex(DIGEST)]) {
    const got = await fetch(`${api.url}/v1/artifacts/${name}`)
    assert.equal(await got.text(), REPORT)
    assert.equal(got.headers.get('content-type'), 'application/octet-stream')
    assert.equal(got.headers.get('content-disposition'), 'attachment')
    assert.equal(got.headers.get('content-length'), String(REPORT.length))
    assert.match(got.headers.get('content-security-policy') ?? '', /sandbox/)
  }
  const head = await fetch(`${api.url}/v1/artifacts/${DIGEST}`, { method: 'HEAD' })
  assert.equal(head.headers.get('content-length'), String(REPORT.length))
})

test('wrong bytes, a wrong name and a wrong type are refused, and nothing is stored', async (t) => {
  const { api, artifacts } = await tinyApi(t)
  assert.deepEqual(await verdict(await put(api, DIGEST, 'other')), [422, 'artifact-digest-differs'])
  assert.deepEqual(await verdict(await put(api, 'sha256:XYZ', REPORT)), [400, 'parameter-invalid'])
  assert.deepEqual(await verdict(await put(api, DIGEST, REPORT, 'text/html')), [415, 'media-type-unsupported'])
  assert.equal(await artifacts.has(DIGEST), false)
  assert.deepEqual(await verdict(await fetch(`${api.url}/v1/artifacts/${DIGEST}`)), [404, 'artifact-unknown'])
})

test('an upload that breaks off stores nothing and troubles nobody', async (t) => {
  const { api, artifacts, faults } = await tinyApi(t)
  await new Promise<void>((resolve) => {
    const sent = request({
      port: api.port,
      path: `/v1/artifacts/${DIGEST}`,
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', 'content-length': '1000', host: 'localhost' },
    })
    sent.on('error', () => resolve())
    sent.write(REPORT)
    setTimeout(() => sent.destroy(), 50)
    sent.on('close', () => resolve())
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(await artifacts.has(DIGEST), false)
  assert.deepEqual(faults, [])
  assert.equal((await put(api, DIGEST, REPORT)).status, 201)
})
