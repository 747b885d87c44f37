/**
 * A snapshot on disk: one file beside the ledger, whole or not there.
 *
 *     GENESIS-SNAPSHOT-1 ⏎ {"entries":…,"head":"sha256:…","version":"…"} ⏎ the state (V8's own form) ‖ SHA-256 of all that
 *
 * The version names the law's source and the engine, so that a state made by other code is never read. The checksum
 * finds damage, not malice: who can write here can write a checksum too, and what finds that is the second fold
 * (`keeper.ts`).
 *
 * What is true if we die: before the rename the earlier file (or none) is there, after it this one.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Deserializer, Serializer } from 'node:v8'
import { digest } from '../../../protocol/wire/identifiers.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import * as Shape from '../../../protocol/wire/shape.ts'
import type { SnapshotLaw } from '../../ports/law.ts'

const MAGIC = 'GENESIS-SNAPSHOT-1'
const CHECKSUM = 32
/** Longer first lines are not ours. */
const LABEL_MAX = 4096
/** Bytes read or written by one call of the system. */
const STRIDE = 67_108_864

const labelShape = Shape.object({ entries: Shape.integer({ min: 1 }), head: digest, version: Shape.string() })

type Label = Shape.Infer<typeof labelShape>

/** What the file says it is, and its bytes' own name. */
export type Written = { readonly entries: number; readonly checksum: string; readonly bytes: number }

/** Why a snapshot is not used. */
export type Unfit =
  | 'snapshot-absent'
  | 'snapshot-damaged'
  | 'snapshot-of-another-version'
  | 'snapshot-beyond-the-ledger'
  | 'snapshot-of-another-ledger'
  | 'snapshot-unreadable'
  /** The entries after it do not follow from it. */
  | 'snapshot-does-not-lead-on'

export type Loaded<State> = { readonly state: State; readonly head: Digest } & Written

export function snapshotFile(folder: string): string {
  return join(folder, 'snapshot')
}

/** On disk when it returns. The folder must exist. */
export function writeSnapshot<State>(file: string, version: string, law: SnapshotLaw<State>, state: State): Written {
  const { size, hash } = law.positionOf(state)
  const label: Label = { entries: size, head: hash, version }
  const serializer = new Serializer()
  serializer.writeHeader()
  serializer.writeValue(law.saveState(state))
  const body = serializer.releaseBuffer()
  const beside = `${file}.new`
  const handle = openSync(beside, 'w', 0o600)
  let bytes = 0
  const checksum = createHash('sha256')
  try {
    for (const part of [Buffer.from(`${MAGIC}\n${JSON.stringify(label)}\n`), body]) {
      checksum.update(part)
      bytes += writeAll(handle, part)
    }
    const last = checksum.digest()
    bytes += writeAll(handle, last)
    fsyncSync(handle)
    renameSync(beside, file)
    syncFolder(dirname(file))
    return { entries: size, checksum: last.toString('hex'), bytes }
  } finally {
    closeSync(handle)
  }
}

/** The snapshot, or why there is none to use. `requires` is the checksum of the only file that will do. */
export function readSnapshot<State>(
  file: string,
  version: string,
  law: SnapshotLaw<State>,
  requires?: string,
): Loaded<State> | Unfit {
  let content: Buffer
  try {
    content = readAll(file)
  } catch (cause) {
    return (cause as { code?: string }).code === 'ENOENT' ? 'snapshot-absent' : 'snapshot-unreadable'
  }
  const end = content.length - CHECKSUM
  if (end <= MAGIC.length) return 'snapshot-damaged'
  const stated = content.subarray(end).toString('hex')
  if (createHash('sha256').update(content.subarray(0, end)).digest('hex') !== stated) return 'snapshot-damaged'
  if (requires !== undefined && stated !== requires) return 'snapshot-damaged'
  const at = content.indexOf('\n', MAGIC.length + 1)
  const label = at < 0 || at > LABEL_MAX ? undefined : labelOf(content.toString('utf8', 0, at))
  if (label === undefined || label.version !== version) return 'snapshot-of-another-version'
  try {
    const deserializer = new Deserializer(content.subarray(at + 1, end))
    deserializer.readHeader()
    const state = law.restoreState(deserializer.readValue() as never)
    const { size, hash } = law.positionOf(state)
    if (size !== label.entries || hash !== label.head) return 'snapshot-unreadable'
    return { state, head: hash, entries: size, checksum: stated, bytes: content.length }
  } catch {
    return 'snapshot-unreadable'
  }
}

export function removeSnapshot(file: string): void {
  rmSync(file, { force: true })
}

function labelOf(text: string): Label | undefined {
  const [magic, json] = text.split('\n')
  if (magic !== MAGIC || json === undefined) return undefined
  try {
    const parsed = Shape.parse(labelShape, JSON.parse(json))
    return parsed.ok ? parsed.value : undefined
  } catch {
    return undefined
  }
}

/** More than two gigabytes are no single write. */
function writeAll(handle: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at, Math.min(STRIDE, bytes.length - at))
  return bytes.length
}

function readAll(file: string): Buffer {
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.allocUnsafeSlow(fstatSync(handle).size)
    for (let at = 0; at < bytes.length;) {
      const read = readSync(handle, bytes, at, Math.min(STRIDE, bytes.length - at), null)
      if (read === 0) return bytes.subarray(0, at)
      at += read
    }
    return bytes
  } finally {
    closeSync(handle)
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
