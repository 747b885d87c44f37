/**
 * Archives in memory, written here from the format's description and not by the runtime: entries, certificates,
 * artifacts, and a manifest over the raw bytes. A test takes one, changes it, and has the manifest made anew or not.
 */
import { gzipSync } from 'node:zlib'
import { encode, encodeBytes, type Json } from '../../../protocol/wire/canonical-json.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { deploymentView } from '../../../protocol/views.ts'
import { MANIFEST } from '../../../verifier/archive/manifest.ts'
import type { ArchiveSource } from '../../../verifier/archive/source.ts'
import type { Bench } from '../../support/law/world.ts'

export type Files = Map<string, Uint8Array>

export type Contents = {
  readonly deployment: string
  readonly deploymentFile: Json
  /** The entries of each closed epoch in order, those of the open one last. */
  readonly epochs: readonly (readonly string[])[]
  readonly certificates: readonly Json[]
  readonly artifacts: readonly Uint8Array[]
}

/** Cuts the bench's entries where its epochs were closed. */
export function contentsOf(bench: Bench, certificates: readonly Json[], artifacts: readonly Uint8Array[]): Contents {
  const { closed } = bench.state.epochs
  const epochs = closed.map(({ firstSeq, lastSeq }) => bench.texts.slice(firstSeq, lastSeq + 1))
  return {
    deployment: digest(bench.texts[0] ?? ''),
    deploymentFile: deploymentView(bench.state) ?? {},
    epochs: [...epochs, bench.texts.slice((closed.at(-1)?.lastSeq ?? -1) + 1)],
    certificates,
    artifacts,
  }
}

export function filesOf(contents: Contents): Files {
  const files: Files = new Map()
  contents.epochs.forEach((lines, i) => {
    const open = i === contents.epochs.length - 1
    const path = open ? 'open.jsonl.gz' : `epochs/${String(i).padStart(8, '0')}.jsonl.gz`
    files.set(path, zipped(lines.map((line) => `${line}\n`).join('')))
  })
  files.set('certificates.json', encodeBytes({ certificates: contents.certificates }))
  files.set('deployment.json', encodeBytes(contents.deploymentFile))
  for (const bytes of contents.artifacts) files.set(`artifacts/${digest(bytes).slice(7)}`, bytes)
  return withManifest(files, contents.deployment)
}

export function zipped(text: string | Uint8Array): Uint8Array {
  return Uint8Array.from(gzipSync(text))
}

/** The same files under a manifest that is true to them. */
export function withManifest(files: Files, deployment: string): Files {
  const all: Files = new Map(files)
  all.delete(MANIFEST)
  const listed = [...all].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: digest(bytes) }))
  listed.sort((a, b) => (a.path < b.path ? -1 : 1))
  all.set(MANIFEST, encodeBytes({ deployment, files: listed, format: 'genesis-archive-1' }))
  return all
}

export type MemoryOptions = { readonly live?: boolean; readonly chunk?: number }

export function memoryArchive(files: Files, { live = false, chunk = 1 << 20 }: MemoryOptions = {}): ArchiveSource {
  return {
    name: 'memory',
    live,
    manifest: async () => files.get(MANIFEST),
    open: async (path) => {
      const bytes = files.get(path)
      return bytes === undefined ? undefined : chunks(bytes, chunk)
    },
    list: async () => [...files.keys()],
  }
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export function flipped(files: Files, path: string, bit: number): Files {
  const bytes = Uint8Array.from(files.get(path) ?? [])
  bytes[bit >>> 3]! ^= 1 << (bit & 7)
  return new Map(files).set(path, bytes)
}

/** An archive's JSON file with another value. */
export function replaced(files: Files, path: string, value: Json): Files {
  return new Map(files).set(path, new TextEncoder().encode(encode(value)))
}
