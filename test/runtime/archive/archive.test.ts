import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { encode, parseRecord, type Json } from '../../../protocol/wire/canonical-json.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { openArchive, type EpochRange, type Listed } from '../../../runtime/archive/archive.ts'
import { openArtifacts } from '../../../runtime/artifacts/stores/disk.ts'
import type { Archive } from '../../../runtime/ports/archive.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { person } from '../../support/tiny-law.ts'
import { openTiny, record, type TinyLedger } from '../ledger/tiny-ledger.ts'

const ada = person(1)
const DEPLOYMENT = Sha256.digest('tiny')
const EVIDENCE = new TextEncoder().encode('evidence')

type Released = {
  readonly archive: Archive
  readonly ledger: TinyLedger
  readonly folder: string
  readonly epochs: EpochRange[]
  readonly certificates: Json[]
}

/** Ten entries, of which epoch 0 holds the first four and epoch 1 the next three. */
async function released(t: TestContext): Promise<Released> {
  const folder = temporaryFolder(t)
  const ledger = await openTiny(folder)
  t.after(() => ledger.close())
  await write(ledger, 10)
  const artifacts = await openArtifacts(join(folder, 'artifacts'))
  await artifacts.put(
    Sha256.digest(EVIDENCE),
    (async function* () {
      yield EVIDENCE
    })(),
  )
  const epochs = [
    { epoch: 0, firstSeq: 0, lastSeq: 3 },
    { epoch: 1, firstSeq: 4, lastSeq: 6 },
  ]
  const certificates: Json[] = []
  const archive = await openArchive({
    ledger,
    artifacts,
    folder: join(folder, 'archive'),
    certificates: async () => [...certificates],
    contents: () => ({
      deployment: { id: DEPLOYMENT, file: { chain_id: 31337 } },
      epochs: [...epochs],
      artifacts: [Sha256.digest(EVIDENCE), Sha256.digest('never brought')],
    }),
  })
  return { archive, ledger, folder, epochs, certificates }
}

async function write(ledger: TinyLedger, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await record(ledger, ada.command(`n-${ledger.head().size}`, 1))
}

async function bytesOf(archive: Archive, path: string, digest?: Sha256.Digest): Promise<Buffer | undefined> {
  const file = await archive.open(path, digest)
  if (file === undefined) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of file.read()) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  assert.equal(bytes.length, file.bytes)
  return bytes
}

async function listed(archive: Archive): Promise<readonly Listed[]> {
  const text = new TextDecoder().decode(await archive.manifest())
  const parsed = parseRecord(text)
  assert.ok(parsed.ok)
  return (parsed.value as unknown as { files: readonly Listed[] }).files
}

/** Every file of a manifest, fetched the way a copy is made. */
async function copy(archive: Archive, files: readonly Listed[]): Promise<Map<string, Buffer>> {
  const copied = new Map<string, Buffer>()
  for (const { path, bytes, sha256 } of files) {
    const got = await bytesOf(archive, path, sha256)
    assert.ok(got, path)
    assert.deepEqual([got.length, Sha256.digest(got)], [bytes, sha256], path)
    copied.set(path, got)
  }
  return copied
}

const linesOf = (file: Buffer): string[] => gunzipSync(file).toString('utf8').split('\n').slice(0, -1)

test('the manifest is canonical and names every file, sorted, with size and digest', async (t) => {
  const { archive } = await released(t)
  const text = new TextDecoder().decode(await archive.manifest())
  const manifest = parseRecord(text)
  assert.ok(manifest.ok)
  const { deployment, files, format } = manifest.value as unknown as {
    deployment: string
    files: Listed[]
    format: string
  }
  assert.equal(encode(manifest.value), text)
  assert.deepEqual([deployment, format], [DEPLOYMENT, 'genesis-archive-1'])
  assert.deepEqual(
    files.map((file) => file.path),
    [
      `artifacts/${Sha256.digestHex(Sha256.digest(EVIDENCE))}`,
      'certificates.json',
      'deployment.json',
      'epochs/00000000.jsonl.gz',
      'epochs/00000001.jsonl.gz',
      'open.jsonl.gz',
    ],
  )
})

test('the files hold every entry once, in order, byte for byte', async (t) => {
  const { archive, ledger } = await released(t)
  const files = await copy(archive, await listed(archive))
  const lines = ['epochs/00000000.jsonl.gz', 'epochs/00000001.jsonl.gz', 'open.jsonl.gz'].map((path) =>
    linesOf(files.get(path)!),
  )
  assert.deepEqual(
    lines.map((of) => of.length),
    [4, 3, 3],
  )
  assert.deepEqual(
    lines.flat(),
    ledger.read(0, 99).map((row) => row.text),
  )
  assert.equal(files.get('deployment.json')!.toString(), '{"chain_id":31337}')
  assert.equal(files.get('certificates.json')!.toString(), '[]')
})

test('the compressed files name no time, no file and no system', async (t) => {
  const { archive } = await released(t)
  for (const path of ['epochs/00000000.jsonl.gz', 'open.jsonl.gz']) {
    const file = await bytesOf(archive, path)
    assert.deepEqual([...file!.subarray(0, 10)], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
  }
})

test('the same entries give the same bytes, after opening again too', async (t) => {
  const { archive, ledger, folder } = await released(t)
  const first = await copy(archive, await listed(archive))
  const contents = {
    deployment: { id: DEPLOYMENT, file: { chain_id: 31337 } },
    epochs: [
      { epoch: 0, firstSeq: 0, lastSeq: 3 },
      { epoch: 1, firstSeq: 4, lastSeq: 6 },
    ],
    artifacts: [Sha256.digest(EVIDENCE)],
  }
  const again = await openArchive({
    ledger,
    artifacts: await openArtifacts(join(folder, 'artifacts')),
    folder: join(folder, 'archive'),
    certificates: async () => [],
    contents: () => contents,
  })
  assert.deepEqual(await copy(again, await listed(again)), first)
})

test('a copy is of one piece although the ledger goes on while it is made', async (t) => {
  const { archive, ledger, epochs, certificates } = await released(t)
  const before = await listed(archive)
  await write(ledger, 5)
  epochs.push({ epoch: 2, firstSeq: 7, lastSeq: 11 })
  certificates.push({ epoch: 0 })
  const after = await listed(archive)
  const [old, present] = [await copy(archive, before), await copy(archive, after)]
  assert.equal(linesOf(old.get('open.jsonl.gz')!).length, 3)
  assert.equal(linesOf(present.get('epochs/00000002.jsonl.gz')!).length, 5)
  assert.equal(linesOf(present.get('open.jsonl.gz')!).length, 3)
  assert.equal(present.get('certificates.json')!.toString(), '[{"epoch":0}]')
})

test('without a digest a file is that of the last manifest', async (t) => {
  const { archive, ledger } = await released(t)
  await archive.manifest()
  await write(ledger, 1)
  assert.equal(linesOf((await bytesOf(archive, 'open.jsonl.gz'))!).length, 3)
  await archive.manifest()
  assert.equal(linesOf((await bytesOf(archive, 'open.jsonl.gz'))!).length, 4)
})

test('a moment long past is forgotten, and says so', async (t) => {
  const { archive, ledger } = await released(t)
  const before = await listed(archive)
  const open = before.find((file) => file.path === 'open.jsonl.gz')!
  for (let i = 0; i < 5; i++) {
    await write(ledger, 1)
    await archive.manifest()
  }
  assert.equal(await archive.open(open.path, open.sha256), undefined)
  const epoch = before.find((file) => file.path === 'epochs/00000000.jsonl.gz')!
  assert.ok(await archive.open(epoch.path, epoch.sha256))
})

test('only what the manifest names can be opened', async (t) => {
  const { archive } = await released(t)
  for (const path of ['manifest.json', '../ledger.sqlite', 'epochs/../../ledger.sqlite', '', 'constructor']) {
    assert.equal(await archive.open(path, undefined), undefined, path)
  }
  assert.equal(await archive.open('open.jsonl.gz', Sha256.digest('other')), undefined)
})

test('an empty ledger has an archive too', async (t) => {
  const folder = temporaryFolder(t)
  const ledger = await openTiny(folder)
  t.after(() => ledger.close())
  const archive = await openArchive({
    ledger,
    artifacts: await openArtifacts(join(folder, 'artifacts')),
    folder: join(folder, 'archive'),
    certificates: async () => [],
    contents: () => ({ deployment: undefined, epochs: [], artifacts: [] }),
  })
  const files = await copy(archive, await listed(archive))
  assert.deepEqual([...files.keys()], ['certificates.json', 'open.jsonl.gz'])
  assert.deepEqual(linesOf(files.get('open.jsonl.gz')!), [])
})
