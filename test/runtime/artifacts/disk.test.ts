import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { openArtifacts } from '../../../runtime/artifacts/stores/disk.ts'
import type { ArtifactStore } from '../../../runtime/ports/artifact-store.ts'
import { temporaryFolder } from '../../support/folder.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const REPORT = bytesOf('| year | emissions |\n| 2025 | 1204 |\n')
const DIGEST = Sha256.digest(REPORT)

async function* chunks(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield part
}

async function read(store: ArtifactStore, digest: Sha256.Digest): Promise<Uint8Array | undefined> {
  const artifact = await store.get(digest)
  if (artifact === undefined) return undefined
  const parts: Uint8Array[] = []
  for await (const part of artifact.read()) parts.push(part)
  assert.equal(
    parts.reduce((sum, part) => sum + part.length, 0),
    artifact.bytes,
  )
  return new Uint8Array(Buffer.concat(parts))
}

/** Every file in the folder, incoming ones too. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
}

test('what was put is found under its digest, byte for byte, after opening again too', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openArtifacts(folder)
  const put = await store.put(DIGEST, chunks(REPORT.subarray(0, 7), REPORT.subarray(7)))
  assert.deepEqual(put, { ok: true, value: { bytes: REPORT.length, created: true } })
  assert.deepEqual(await read(store, DIGEST), REPORT)
  assert.deepEqual(await read(await openArtifacts(folder), DIGEST), REPORT)
  const hex = Sha256.digestHex(DIGEST)
  assert.deepEqual(files(folder), [`${hex.slice(0, 2)}/${hex}`])
})

test('an empty artifact is an artifact', async (t) => {
  const store = await openArtifacts(temporaryFolder(t))
  const digest = Sha256.digest('')
  assert.equal((await store.put(digest, chunks())).ok, true)
  assert.deepEqual(await read(store, digest), new Uint8Array())
})

test('bytes that are not what the digest promises are refused, and nothing is left of them', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openArtifacts(folder)
  const wrong = await store.put(DIGEST, chunks(REPORT, bytesOf('!')))
  assert.deepEqual(wrong, { ok: false, error: { code: 'artifact-digest-differs' } })
  assert.equal(await store.has(DIGEST), false)
  assert.deepEqual(files(folder), [])
})

test('wrong bytes under a digest that is there already are refused, and the good ones stay', async (t) => {
  const store = await openArtifacts(temporaryFolder(t))
  await store.put(DIGEST, chunks(REPORT))
  const wrong = await store.put(DIGEST, chunks(bytesOf('something else')))
  assert.deepEqual(wrong, { ok: false, error: { code: 'artifact-digest-differs' } })
  assert.deepEqual(await read(store, DIGEST), REPORT)
})

test('putting the same bytes twice, or at once, stores them once', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openArtifacts(folder)
  const puts = await Promise.all([1, 2, 3].map(() => store.put(DIGEST, chunks(REPORT))))
  assert.ok(puts.every((put) => put.ok))
  assert.deepEqual(await store.put(DIGEST, chunks(REPORT)), {
    ok: true,
    value: { bytes: REPORT.length, created: false },
  })
  assert.equal(files(folder).length, 1)
})

test('an upload that breaks off leaves nothing', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openArtifacts(folder)
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield REPORT
    throw new Error('the line went dead')
  }
  await assert.rejects(store.put(DIGEST, broken()), /line went dead/)
  assert.deepEqual(files(folder), [])
})

test('an artifact may be as large as the limit and not one byte larger', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openArtifacts(folder, { artifactBytes: 10, totalBytes: 1000 })
  for (const [length, accepted] of [
    [9, true],
    [10, true],
    [11, false],
  ] as const) {
    const bytes = new Uint8Array(length)
    const put = await store.put(Sha256.digest(bytes), chunks(bytes))
    assert.equal(put.ok, accepted)
    if (!put.ok) assert.equal(put.error.code, 'artifact-too-large')
  }
  assert.equal(files(folder).length, 2)
})

test('a full store takes no more and keeps what it has; refused bytes do not count', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openArtifacts(folder, { artifactBytes: 100, totalBytes: 25 })
  const put = async (text: string) => store.put(Sha256.digest(text), chunks(bytesOf(text)))
  assert.equal((await put('a'.repeat(20))).ok, true)
  for (let i = 0; i < 3; i++) {
    const full = await put('b'.repeat(6))
    assert.equal(!full.ok && full.error.code, 'artifact-store-full')
  }
  assert.equal((await put('b'.repeat(5))).ok, true)
  const again = await openArtifacts(folder, { artifactBytes: 100, totalBytes: 25 })
  const full = await again.put(Sha256.digest('c'), chunks(bytesOf('c')))
  assert.equal(!full.ok && full.error.code, 'artifact-store-full')
})

test('what a killed process left half-way is removed at the next start', async (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'incoming'))
  writeFileSync(join(folder, 'incoming', 'half'), 'half of someth')
  await openArtifacts(folder)
  assert.equal(existsSync(join(folder, 'incoming', 'half')), false)
})

test('an unknown digest is not there', async (t) => {
  const store = await openArtifacts(temporaryFolder(t))
  assert.equal(await store.get(DIGEST), undefined)
  assert.equal(await store.has(DIGEST), false)
})

test('a name that is no digest is a mistake of the program, never a path', async (t) => {
  const store = await openArtifacts(temporaryFolder(t))
  await assert.rejects(store.has('../../etc/passwd' as Sha256.Digest), { code: 'artifact-store-failed' })
})
