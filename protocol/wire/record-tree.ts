/**
 * The tree of a set of event records: each record's hash is an entry, and the records stand in one order whoever
 * received them in which.
 *
 *     entry = SHA-256(canonical JSON of the record)
 *     order = (event_type, event_id, event_timestamp, actor_id), compared as UTF-8 bytes
 *
 * Two records with the same four fields would leave the order open, so the second is refused.
 *
 * Errors: `record-order-repeated`, and the codes of shape for a record without the four fields.
 * Source: spec 2.1; readings X3, X4, X5.
 */
import { compareUtf8 } from './bytes.ts'
import { encodeBytes, type Json } from './canonical-json.ts'
import { describe, malformed, under, type Malformed } from './malformed.ts'
import { root } from './merkle.ts'
import { err, ok, type Result } from './result.ts'
import { hash } from './sha256.ts'

const ORDER = ['event_type', 'event_id', 'event_timestamp', 'actor_id'] as const

export type OrderedRecord = { readonly [field in (typeof ORDER)[number]]: string }

export type RecordTree<R> = {
  readonly ordered: readonly R[]
  /** One entry of 32 bytes for each record of `ordered`. */
  readonly entries: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** Signed like the comparison functions of the language; 0 only for equal order, not for equal records. */
export function compareRecords(a: OrderedRecord, b: OrderedRecord): number {
  for (const field of ORDER) {
    const order = compareUtf8(a[field], b[field])
    if (order !== 0) return order
  }
  return 0
}

/** The 32 bytes by which a record stands in its tree. */
export function entryOf(record: unknown): Uint8Array {
  return hash(encodeBytes(record))
}

export function recordTree<R extends { readonly [key: string]: Json }>(
  records: readonly R[],
): Result<RecordTree<R & OrderedRecord>, Malformed> {
  const sound: (R & OrderedRecord)[] = []
  for (const [i, record] of records.entries()) {
    const lacking = ORDER.find((field) => !Object.hasOwn(record, field) || typeof record[field] !== 'string')
    if (lacking !== undefined) return err(under(i, under(lacking, describe('field-missing'))))
    sound.push(record as R & OrderedRecord)
  }
  const ordered = sound.toSorted(compareRecords)
  const repeated = ordered.find((record, i) => i > 0 && compareRecords(ordered[i - 1]!, record) === 0)
  if (repeated !== undefined) return malformed('record-order-repeated', { event_id: repeated.event_id })
  const entries = ordered.map(entryOf)
  return ok({ ordered, entries, root: root(entries) })
}
