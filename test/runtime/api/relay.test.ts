import assert from 'node:assert/strict'
import { test } from 'node:test'
import { post, tinyApi, verdict } from './tiny-api.ts'

test('a certificate share is brought to the desk, and the desk’s answer comes back', async (t) => {
  const { api, brought } = await tinyApi(t)
  const taken = await post(api, '/v1/certificates/0/shares', '{"member":3,"signature":"ab"}')
  assert.deepEqual([taken.status, await taken.json()], [202, { shares: 1 }])
  assert.deepEqual(brought, [{ member: 3, signature: 'ab' }])
  assert.deepEqual(await verdict(await post(api, '/v1/certificates/1/shares', '{}')), [409, 'epoch-not-closed'])
  assert.deepEqual(await verdict(await post(api, '/v1/certificates/x/shares', '{}')), [400, 'parameter-invalid'])
  assert.equal(brought.length, 1)
})

test('an approval is relayed, and can be asked about', async (t) => {
  const { api } = await tinyApi(t)
  const taken = await post(api, '/v1/approvals', '{"mission":"m-1"}')
  assert.deepEqual([taken.status, await taken.json()], [202, { state: 'sent' }])
  const get = async (path: string): Promise<unknown> => (await fetch(api.url + path)).json()
  assert.deepEqual(await get('/v1/approvals?mission=m-1'), [{ mission: 'm-1' }])
  assert.deepEqual(await get('/v1/approvals'), [{ mission: 'all' }])
  assert.deepEqual(await get('/v1/outbox'), [{ epoch: 0, state: 'closed' }])
})

test('what is brought has to be JSON, in JSON’s type, and small', async (t) => {
  const { api, brought } = await tinyApi(t)
  for (const path of ['/v1/approvals', '/v1/certificates/0/shares']) {
    assert.deepEqual(await verdict(await post(api, path, '{')), [400, 'json-malformed'])
    assert.deepEqual(await verdict(await post(api, path, '{"a":1,"a":2}')), [400, 'json-duplicate-key'])
    assert.deepEqual(await verdict(await post(api, path, '{}', 'text/plain')), [415, 'media-type-unsupported'])
    const large = JSON.stringify('x'.repeat(70_000))
    assert.deepEqual(await verdict(await post(api, path, large)), [413, 'body-too-large'])
  }
  assert.equal(brought.length, 0)
})
