/**
 * The archive itself: the manifest, and that every file is there, whole, and what it should be.
 *
 * Source: spec 7 (a canonical manifest hashes the raw bytes of every file).
 */
import { encodeBytes } from '../../protocol/wire/canonical-json.ts'
import { equal } from '../../protocol/wire/bytes.ts'
import { deploymentView } from '../../protocol/views.ts'
import { MANIFEST, readManifest, type Listed, type Manifest } from '../archive/manifest.ts'
import { readCertificates, type ArchivedCertificate } from '../archive/certificates.ts'
import type { Inquiry } from '../inquiry.ts'
import type { ReadLedger } from '../ledger.ts'
import type { Question } from '../question.ts'

/** A source that forgot a moment while we read it: whoever asks begins again. */
export class MomentForgotten extends Error {}

/** The manifest, once every file that it names is there and no other. */
export async function openManifest({ archive }: Question, inquiry: Inquiry): Promise<Manifest | undefined> {
  const bytes = await archive.manifest()
  if (bytes === undefined) {
    inquiry.fault('archive', 'manifest-missing', { path: MANIFEST })
    return undefined
  }
  const manifest = readManifest(bytes)
  if (!manifest.ok) {
    const { code, path = '' } = manifest.error
    inquiry.fault('archive', 'manifest-malformed', { path: MANIFEST }, { reason: code, at: path })
    return undefined
  }
  const there = await archive.list()
  return there === undefined || namesExactly(manifest.value, there, inquiry) ? manifest.value : undefined
}

function namesExactly(manifest: Manifest, there: readonly string[], inquiry: Inquiry): boolean {
  const named = new Set([MANIFEST, ...manifest.files.map((file) => file.path)])
  const found = new Set(there)
  for (const path of named) {
    if (!found.has(path)) inquiry.fault('archive', 'file-missing', { path })
  }
  for (const path of found) {
    if (!named.has(path)) inquiry.fault('archive', 'file-unexpected', { path })
  }
  return !inquiry.hasFaults()
}

/** The raw bytes of a file; a fault where there is none. */
export async function openFile(
  { archive }: Question,
  file: Listed,
  inquiry: Inquiry,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const raw = await archive.open(file.path, file.sha256)
  if (raw !== undefined) return raw
  if (archive.live) throw new MomentForgotten(file.path)
  inquiry.fault('archive', 'file-missing', { path: file.path })
  return undefined
}

export function sameBytes(
  file: Listed,
  read: { readonly sha256: string; readonly bytes: number },
  inquiry: Inquiry,
): boolean {
  if (read.sha256 === file.sha256 && read.bytes === file.bytes) return true
  const evidence = { manifest: file.sha256, found: read.sha256, bytes: file.bytes, bytes_found: read.bytes }
  inquiry.fault('archive', 'file-differs', { path: file.path }, evidence)
  return false
}

/** A file's bytes, hashed as they come; undefined with a fault where they are not those of the manifest. */
export async function fetchFile(question: Question, file: Listed, inquiry: Inquiry): Promise<Uint8Array | undefined> {
  const raw = await openFile(question, file, inquiry)
  if (raw === undefined) return undefined
  const hasher = question.engine.hasher()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of raw) {
    hasher.update(chunk)
    bytes += chunk.length
    // A file that is longer than it should be is not kept: it is at fault already.
    if (bytes <= file.bytes) chunks.push(chunk)
  }
  return sameBytes(file, { sha256: hasher.digest(), bytes }, inquiry) ? joined(chunks, bytes) : undefined
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

/** What stands beside the entries: the deployment's file, the certificates, the artifacts. */
export async function checkFiles(
  question: Question,
  manifest: Manifest,
  ledger: ReadLedger,
  inquiry: Inquiry,
): Promise<readonly ArchivedCertificate[] | undefined> {
  const file = await fetchFile(question, manifest.deploymentFile, inquiry)
  if (file === undefined) return undefined
  const view = deploymentView(ledger.state)
  if (view === undefined || !equal(file, encodeBytes(view))) {
    inquiry.fault('archive', 'deployment-file-differs', { path: manifest.deploymentFile.path })
  }
  const certificates = await checkCertificatesFile(question, manifest, inquiry)
  await checkArtifacts(question, manifest, ledger, inquiry)
  inquiry.looked('archive', {
    source: question.archive.name,
    files: manifest.files.length,
    bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
    artifacts_read: question.artifacts === 'all',
  })
  return certificates
}

async function checkCertificatesFile(
  question: Question,
  manifest: Manifest,
  inquiry: Inquiry,
): Promise<readonly ArchivedCertificate[] | undefined> {
  const { certificates: listed } = manifest
  const bytes = await fetchFile(question, listed, inquiry)
  if (bytes === undefined) return undefined
  const certificates = readCertificates(bytes)
  if (certificates.ok) return certificates.value
  const { code, path = '' } = certificates.error
  inquiry.fault('archive', 'certificates-malformed', { path: listed.path }, { reason: code, at: path })
  return undefined
}

async function checkArtifacts(
  question: Question,
  { artifacts }: Manifest,
  ledger: ReadLedger,
  inquiry: Inquiry,
): Promise<void> {
  for (const [i, file] of artifacts.entries()) {
    if (!ledger.artifacts.has(file.sha256)) inquiry.fault('archive', 'artifact-unnamed', { path: file.path })
    if (question.artifacts === 'all') await fetchFile(question, file, inquiry)
    inquiry.progress({ step: 'archive', done: i + 1, total: artifacts.length, unit: 'files' })
  }
}
