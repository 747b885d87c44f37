/**
 * A state as one digest, so that «bit for bit» is a comparison of two texts.
 *
 * Every subject with its revision, in the order in which the fold holds it. The ledger's own books (what was
 * answered, how far it has come, the records of the open epoch) are left out: a withheld command writes there and
 * nowhere else. The reviewers' pool is a cache of the registry.
 */
import { hex } from '../wire/bytes.ts'
import { digest, type Digest } from '../wire/sha256.ts'
import type { State } from '../law/state.ts'

export function digestOfSubjects({ pool: _cache, founded, books, ...subjects }: State): Digest {
  const deployment = founded === undefined ? null : { id: founded.deployment.id, hash: founded.constitution.hash }
  return digest(JSON.stringify(picture({ ...subjects, deployment, revisions: books.revisions })))
}

/** Maps and sets keep the order of their entries: it shows in views and in records. */
function picture(value: unknown): unknown {
  if (value === undefined) return { undefined: true }
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) {
    return { bytes: hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) }
  }
  if (value instanceof Map)
    return { map: [...(value as Map<unknown, unknown>)].map(([key, item]) => [key, picture(item)]) }
  if (value instanceof Set) return { set: [...(value as Set<unknown>)].map(picture) }
  if (Array.isArray(value)) return value.map(picture)
  const fields = value as { readonly [name: string]: unknown }
  return Object.fromEntries(
    Object.keys(fields)
      .toSorted()
      .map((name) => [name, picture(fields[name])]),
  )
}
