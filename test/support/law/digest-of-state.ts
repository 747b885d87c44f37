/**
 * A state as one digest, so that «nothing changed» is a comparison of two texts.
 *
 * `subjectsOf` is every subject with its revision, in the order in which the fold holds it; the ledger's own books
 * (what was answered, how far it has come, the records of the open epoch) are left out, because a withheld command
 * writes there and nowhere else. `wholeOf` has the books too. The reviewers' pool is a cache of the registry.
 */
import { createHash } from 'node:crypto'
import type { State } from '../../../protocol/genesis.ts'

export function digestOfSubjects(state: State): string {
  return digestOf(subjectsOf(state))
}

export function digestOfWhole(state: State): string {
  return digestOf(picture(wholeOf(state)))
}

/** For `deepEqual`, where a test should say what changed. */
export function subjectsOf(state: State): unknown {
  const { books, ...subjects } = wholeOf(state)
  return picture({ ...subjects, revisions: books.revisions })
}

function wholeOf({ pool: _cache, founded, ...rest }: State) {
  return { ...rest, founded: founded && { deployment: founded.deployment, constitution: founded.constitution.hash } }
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

/** Maps and sets keep the order of their entries: it shows in views and in records. */
function picture(value: unknown): unknown {
  if (value === undefined) return { undefined: true }
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) {
    return { bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') }
  }
  if (value instanceof Map)
    return { map: [...(value as Map<unknown, unknown>)].map(([key, item]) => [key, picture(item)]) }
  if (value instanceof Set) return { set: [...value].map(picture) }
  if (Array.isArray(value)) return value.map(picture)
  const names = Object.keys(value).toSorted()
  return Object.fromEntries(names.map((name) => [name, picture((value as { [name: string]: unknown })[name])]))
}
