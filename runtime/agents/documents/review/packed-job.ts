/** A review job as files: everything but the bytes in one, the bytes under their digests. */
import type { NamedBytes, ReviewJob } from '../../skill.ts'

type Named = Pick<NamedBytes, 'name' | 'digest'>

type Lists = 'inputs' | 'artifacts' | 'intermediate'

export type PackedJob = Omit<ReviewJob, Lists | 'reproduction'> & {
  readonly [list in Lists]: readonly Named[]
} & { readonly reproduction: Omit<ReviewJob['reproduction'], 'inputs'> & { readonly inputs: readonly Named[] } }

export function packJob(job: ReviewJob): { readonly packed: PackedJob; readonly files: readonly NamedBytes[] } {
  const files = new Map<string, NamedBytes>()
  const named = (items: readonly NamedBytes[]): readonly Named[] =>
    items.map(({ name, digest, bytes }) => {
      files.set(digest, { name: pathOf(digest), digest, bytes })
      return { name, digest }
    })
  const packed = {
    ...job,
    inputs: named(job.inputs),
    artifacts: named(job.artifacts),
    intermediate: named(job.intermediate),
    reproduction: { ...job.reproduction, inputs: named(job.reproduction.inputs) },
  }
  return { packed, files: [...files.values()] }
}

export function unpackJob(packed: PackedJob, read: (path: string) => Uint8Array): ReviewJob {
  const filled = (items: readonly Named[]): readonly NamedBytes[] =>
    items.map((item) => ({ ...item, bytes: read(pathOf(item.digest)) }))
  return {
    ...packed,
    inputs: filled(packed.inputs),
    artifacts: filled(packed.artifacts),
    intermediate: filled(packed.intermediate),
    reproduction: { ...packed.reproduction, inputs: filled(packed.reproduction.inputs) },
  }
}

function pathOf(digest: string): string {
  return `artifacts/${digest.slice('sha256:'.length)}`
}
