/** Names of files by their digests, so that a reference of a review reads as the file it means. Pure. */
import type { EvidenceStatement } from '../../../protocol/wire/evidence.ts'
import type { Mission } from '../../data/missions.ts'

export type Named = { readonly name: string; readonly digest: string; readonly mediaType?: string }

export function filesOf(mission: Mission, statements: readonly EvidenceStatement[]): ReadonlyMap<string, Named> {
  const files = new Map<string, Named>()
  const add = (name: string, digest: string, mediaType?: string) => {
    if (!files.has(digest)) files.set(digest, mediaType === undefined ? { name, digest } : { name, digest, mediaType })
  }
  for (const { name, digest, media_type } of [...(mission.scope?.inputs ?? []), ...(mission.gate?.outputs ?? [])]) {
    add(name, digest, media_type)
  }
  for (const task of mission.tasks) for (const { name, digest } of task.evidence?.artifacts ?? []) add(name, digest)
  for (const { predicate } of statements) {
    const { reproduction, intermediate } = predicate
    for (const { name, digest } of [...reproduction.inputs, ...reproduction.outputs, ...intermediate]) add(name, digest)
  }
  return files
}
