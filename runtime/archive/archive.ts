/**
 * The archive: the released records as plain files that any static host can serve and anybody can read in twenty
 * years.
 *
 *     manifest.json                  canonical JSON: { deployment, files: [{ bytes, path, sha256 }], format }
 *     deployment.json                where the chains and contracts are
 *     epochs/00000000.jsonl.gz       the entries of an epoch, one canonical entry a line
 *     open.jsonl.gz                  the entries after the last close, the closing entry first
 *     certificates.json              the committee's certificates
 *     artifacts/<64 hex>             the evidence files that the ledger names
 *
 * `files` is sorted by path and names every file but the manifest, artifacts too. A manifest fixes a moment:
 * what it names can be fetched by path and digest while the moment is one of the last few, and epochs and
 * artifacts for ever. The same entries give the same bytes: the compressed form holds no time, no name and no
 * system.
 *
 * The folder is a cache. It is emptied at each start and can be thrown away at any time: nothing in it is
 * evidence, whoever verifies checks the entries themselves.
 *
 * Source: spec 7 (archive, manifest), spec 10.3.
 */
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeBytes, type Json } from '../../protocol/wire/canonical-json.ts'
import * as Sha256 from '../../protocol/wire/sha256.ts'
import type { Archive, ArchivedFile } from '../ports/archive.ts'
import type { ArtifactStore } from '../ports/artifact-store.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Enveloped } from '../ports/law.ts'
import { writeCompressed } from './compressed.ts'

export const FORMAT = 'genesis-archive-1'

export const MANIFEST = 'manifest.json'

/** Entries `firstSeq` to `lastSeq`, both included; an epoch without entries has `lastSeq` before `firstSeq`. */
export type EpochRange = { readonly epoch: number; readonly firstSeq: number; readonly lastSeq: number }

/** What the archive has to know of the state. Pure, like every question. */
export type Contents = {
  /** The deployment's id and its file; undefined before the genesis entry. */
  readonly deployment: { readonly id: Sha256.Digest; readonly file: Json } | undefined
  readonly epochs: readonly EpochRange[]
  /** Digests of all artifacts that the ledger names. */
  readonly artifacts: readonly Sha256.Digest[]
}

export type Parts<State, Command extends Enveloped> = {
  readonly ledger: Ledger<State, Command>
  readonly artifacts: ArtifactStore
  readonly contents: (state: State) => Contents
  readonly certificates: () => Promise<Json>
  /** A folder that is ours alone. */
  readonly folder: string
}

/** A file of the archive as the manifest names it. */
export type Listed = { readonly path: string; readonly bytes: number; readonly sha256: Sha256.Digest }

type Held = Listed & { read(): AsyncIterable<Uint8Array> }

/** All files of one moment, by path. */
type Moment = { readonly manifest: Uint8Array; readonly files: ReadonlyMap<string, Held>; readonly open: string }

/** Moments remembered besides the present one. */
const REMEMBERED = 4

export async function openArchive<State, Command extends Enveloped>(parts: Parts<State, Command>): Promise<Archive> {
  const { ledger, artifacts, folder } = parts
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'epochs'), { recursive: true, mode: 0o700 })
  const epochs = new Map<number, Held>()
  const moments: Moment[] = []
  let building: Promise<Moment> | undefined
  let count = 0

  /** One at a time: whoever asks while a moment is being fixed gets that one. */
  function present(): Promise<Moment> {
    building ??= fix().finally(() => {
      building = undefined
    })
    return building
  }

  async function fix(): Promise<Moment> {
    const [contents, size] = await ledger.ask((state): [Contents, number] => [
      parts.contents(state),
      ledger.head().size,
    ])
    const files: Held[] = []
    for (const range of contents.epochs) files.push(await epochFile(range))
    const firstOpen = (contents.epochs.at(-1)?.lastSeq ?? -1) + 1
    const open = join(folder, `open-${count++}.gz`)
    files.push(await entriesFile('open.jsonl.gz', open, firstOpen, size - 1))
    files.push(textFile('certificates.json', await parts.certificates()))
    if (contents.deployment !== undefined) files.push(textFile('deployment.json', contents.deployment.file))
    for (const digest of contents.artifacts) {
      const file = await artifactFile(artifacts, digest)
      if (file !== undefined) files.push(file)
    }
    files.sort((a, b) => (a.path < b.path ? -1 : 1))
    return remember({
      manifest: manifestOf(contents.deployment?.id ?? Sha256.ZERO_DIGEST, files),
      files: new Map(files.map((file) => [file.path, file])),
      open,
    })
  }

  async function remember(moment: Moment): Promise<Moment> {
    moments.unshift(moment)
    for (const past of moments.splice(1 + REMEMBERED)) await rm(past.open, { force: true })
    return moment
  }

  /** Made once: a closed epoch does not change. */
  async function epochFile({ epoch, firstSeq, lastSeq }: EpochRange): Promise<Held> {
    const known = epochs.get(epoch)
    if (known !== undefined) return known
    const path = `epochs/${String(epoch).padStart(8, '0')}.jsonl.gz`
    const made = await entriesFile(path, join(folder, path), firstSeq, lastSeq)
    epochs.set(epoch, made)
    return made
  }

  async function entriesFile(path: string, file: string, first: number, last: number): Promise<Held> {
    const written = await writeCompressed(file, linesOf(ledger, first, last))
    return { path, ...written, read: () => createReadStream(file) }
  }

  return {
    manifest: async () => (await present()).manifest,
    async open(path, digest): Promise<ArchivedFile | undefined> {
      if (digest === undefined) return (moments[0] ?? (await present())).files.get(path)
      for (const { files } of moments) {
        const file = files.get(path)
        if (file?.sha256 === digest) return file
      }
      return undefined
    },
  }
}

function manifestOf(deployment: Sha256.Digest, files: readonly Held[]): Uint8Array {
  const listed = files.map(({ path, bytes, sha256 }): Listed => ({ path, bytes, sha256 }))
  return encodeBytes({ deployment, files: listed, format: FORMAT })
}

/** Entries read at a time. */
const STRIDE = 200

async function* linesOf(
  ledger: Pick<Ledger<unknown, Enveloped>, 'read'>,
  first: number,
  last: number,
): AsyncGenerator<string> {
  for (let next = first; next <= last;) {
    const rows = ledger.read(next, Math.min(STRIDE, last - next + 1))
    next += rows.length
    yield rows.map((row) => row.text + '\n').join('')
  }
}

function textFile(path: string, value: Json): Held {
  const bytes = encodeBytes(value)
  return { path, bytes: bytes.length, sha256: Sha256.digest(bytes), read: () => once(bytes) }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Named by the ledger, but its bytes need not be here: an archive says what it has. */
async function artifactFile(store: ArtifactStore, digest: Sha256.Digest): Promise<Held | undefined> {
  const artifact = await store.get(digest)
  if (artifact === undefined) return undefined
  const path = `artifacts/${Sha256.digestHex(digest)}`
  return { path, bytes: artifact.bytes, sha256: digest, read: artifact.read }
}
