/**
 * manifest.json: the one file from which every other byte of an archive follows.
 *
 *     {"deployment":"sha256:…","files":[{"bytes":512,"path":"certificates.json","sha256":"sha256:…"},…],
 *      "format":"genesis-archive-1"}
 *
 * No free bit: canonical JSON, exactly these fields, files strictly ascending by path, only paths that an archive
 * has, epochs without a gap, artifacts named by their digest. The deployment is the hash of the genesis entry, which
 * whoever reads the entries compares.
 *
 * Errors: those of canonical JSON and shape; manifest-order, manifest-path-unknown, manifest-epoch-gap,
 * manifest-artifact-name, manifest-file-absent.
 * Source: spec 7.
 */
import { parseRecord } from '../../protocol/wire/canonical-json.ts'
import { count, digest } from '../../protocol/wire/identifiers.ts'
import { malformed, type Malformed } from '../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../protocol/wire/result.ts'
import * as Shape from '../../protocol/wire/shape.ts'

export const MANIFEST = 'manifest.json'
export const DEPLOYMENT = 'deployment.json'
export const CERTIFICATES = 'certificates.json'
export const OPEN_ENTRIES = 'open.jsonl.gz'

const FORMAT = 'genesis-archive-1'

/** Enough for a century of hourly epochs with as many artifacts. */
const CAPS = { bytes: 512 * 1024 * 1024, depth: 8 }

const listed = Shape.object({ bytes: count, path: Shape.string({ min: 1, max: 128 }), sha256: digest })

const manifest = Shape.object({
  deployment: digest,
  files: Shape.array(listed, { max: 10_000_000 }),
  format: Shape.literal(FORMAT),
})

export type Listed = Shape.Infer<typeof listed>

export type Manifest = {
  readonly deployment: string
  /** The files of the epochs in order, the open one last. */
  readonly entries: readonly Listed[]
  readonly artifacts: readonly Listed[]
  readonly certificates: Listed
  readonly deploymentFile: Listed
  readonly files: readonly Listed[]
}

const EPOCH_FILE = /^epochs\/(\d{8})\.jsonl\.gz$/
const ARTIFACT_FILE = /^artifacts\/([0-9a-f]{64})$/

export function readManifest(bytes: Uint8Array): Result<Manifest, Malformed> {
  const json = parseRecord(bytes, CAPS)
  if (!json.ok) return json
  const parsed = Shape.parse(manifest, json.value)
  if (!parsed.ok) return parsed
  const { files, deployment } = parsed.value
  for (let i = 1; i < files.length; i++) {
    if (!(files[i - 1]!.path < files[i]!.path)) return malformed('manifest-order', undefined, `/files/${i}/path`)
  }
  return sorted(deployment, files)
}

function sorted(deployment: string, files: readonly Listed[]): Result<Manifest, Malformed> {
  const entries: Listed[] = []
  const artifacts: Listed[] = []
  const single = new Map<string, Listed>()
  for (const [i, file] of files.entries()) {
    const place = `/files/${i}`
    const epoch = EPOCH_FILE.exec(file.path)?.[1]
    const artifact = ARTIFACT_FILE.exec(file.path)?.[1]
    if (epoch !== undefined) {
      // Ascending paths: the numbers come in order, so each must be the next.
      if (Number(epoch) !== entries.length) return malformed('manifest-epoch-gap', { epoch: Number(epoch) }, place)
      entries.push(file)
    } else if (artifact !== undefined) {
      if (file.sha256 !== `sha256:${artifact}`) return malformed('manifest-artifact-name', undefined, place)
      artifacts.push(file)
    } else if ([DEPLOYMENT, CERTIFICATES, OPEN_ENTRIES].includes(file.path)) {
      single.set(file.path, file)
    } else {
      return malformed('manifest-path-unknown', { path: file.path }, place)
    }
  }
  const [deploymentFile, certificates, open] = [DEPLOYMENT, CERTIFICATES, OPEN_ENTRIES].map((path) => single.get(path))
  if (deploymentFile === undefined) return malformed('manifest-file-absent', { path: DEPLOYMENT })
  if (certificates === undefined) return malformed('manifest-file-absent', { path: CERTIFICATES })
  if (open === undefined) return malformed('manifest-file-absent', { path: OPEN_ENTRIES })
  return ok({ deployment, entries: [...entries, open], artifacts, certificates, deploymentFile, files })
}
