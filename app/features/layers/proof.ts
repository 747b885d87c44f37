/**
 * That a record lies in its epoch's commitment: the tree of its domain is built anew from the epoch's entries, in this
 * browser, and the record's audit path is checked against the root that the commitment record names.
 *
 *     entries of the epoch ─▶ records of one domain ─▶ tree ─▶ root = the one under the commitment hash
 *                                     └─ a record ─▶ audit path ─▶ verified
 *
 * Pure. Loaded when somebody asks for it: it brings the law along, because a refusal leaves a record too.
 */
import { encode, type Json } from '../../../protocol/wire/canonical-json.ts'
import { parseRecord } from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { inclusionProof, verifyInclusion } from '../../../protocol/wire/merkle.ts'
import { recordTree, type OrderedRecord } from '../../../protocol/wire/record-tree.ts'
import { digest, digestBytes, digestOfHash, parseDigest } from '../../../protocol/wire/sha256.ts'
import { parseTimestamp, formatTimestamp } from '../../../protocol/wire/time.ts'
import { admit } from '../../../protocol/law/admission.ts'
import { domainOf, type Domain } from '../../../protocol/law/constraints/event.ts'
import { withheldEvent } from '../../../protocol/law/record.ts'
import { anything, fields, list, nullable, number, text } from '../../data/read.ts'

export type Proven = {
  readonly eventId: string
  readonly eventType: string
  readonly actor: string
  readonly seq: number
  readonly index: number
  readonly size: number
  /** Hashes on the way to the root. */
  readonly path: readonly string[]
  readonly root: string
  readonly holds: boolean
}

export type Epoch = { readonly record: unknown; readonly commitment: string }

type EventRecord = { readonly [key: string]: Json }
type Wanted = (record: OrderedRecord & EventRecord) => boolean

const ROOTS: { readonly [domain in Domain]: string } = {
  mission: 'mission_event_root',
  trust: 'trust_delta_root',
  governance: 'governance_ballot_root',
  review: 'review_decision_root',
}

const entryShape = fields({
  seq: number,
  recorded_at: text,
  command: anything,
  events: nullable(list(anything)),
  violations: nullable(list(anything)),
})

/** All wanted records of the epoch, each with its proof. `lines` are the canonical texts of all its entries. */
export function prove(lines: readonly string[], epoch: Epoch, wanted: Wanted): readonly Proven[] {
  const record = epoch.record as { readonly [field: string]: Json }
  const isSigned = digest(encode(record)) === epoch.commitment
  const byDomain = Map.groupBy(lines.flatMap(recordsIn), (one) => domainOf(textIn(one, 'event_type')))
  return [...byDomain].flatMap(([domain, records]) => {
    if (domain === undefined) return []
    const tree = recordTree(records)
    if (!tree.ok) throw new Fault('records-unreadable', { code: tree.error.code })
    const root = digestOfHash(tree.value.root)
    const named = record[ROOTS[domain]]
    return tree.value.ordered.flatMap((one, index) => {
      if (!wanted(one)) return []
      const { entries } = tree.value
      const path = inclusionProof(entries, index)
      const expected = parseDigest(named)
      const entry = entries[index]
      const holds =
        isSigned &&
        expected.ok &&
        entry !== undefined &&
        verifyInclusion(entry, index, entries.length, path, digestBytes(expected.value))
      return [
        {
          eventId: one.event_id,
          eventType: one.event_type,
          actor: one.actor_id,
          seq: Number(one.event_id.slice(0, 12)),
          index,
          size: entries.length,
          path: path.map((hash) => digestOfHash(hash)),
          root,
          holds,
        },
      ]
    })
  })
}

function textIn(record: EventRecord, field: string): string {
  const value = record[field]
  return typeof value === 'string' ? value : ''
}

function recordsIn(line: string): readonly EventRecord[] {
  const json = parseRecord(line)
  if (!json.ok) throw new Fault('records-unreadable', { code: json.error.code })
  const { seq, recorded_at, command, events, violations } = entryShape(json.value, '')
  if (events !== null) return events as readonly EventRecord[]
  const admitted = admit(encode(command))
  const at = parseTimestamp(recorded_at)
  if (!admitted.ok || !at.ok) throw new Fault('records-unreadable', { seq })
  const withheld = withheldEvent(admitted.value, (violations ?? []) as never, seq, formatTimestamp(at.value))
  return [withheld]
}
