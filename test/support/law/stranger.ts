/**
 * A stranger's own reading of a ledger, from the texts of its entries and nothing else: no law, no wire, other
 * libraries (canonicalize, merkletreejs, node:crypto). What the law computes has to come out of it too.
 */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { MerkleTree } from 'merkletreejs'

export type StrangerEvent = {
  readonly actor_id: string
  readonly data: { readonly [name: string]: unknown }
  readonly event_id: string
  readonly event_timestamp: string
  readonly event_type: string
  readonly subject: string
}

export type StrangerEntry = {
  readonly seq: number
  readonly hash: string
  readonly previous: string
  readonly recordedAt: string
  readonly payload: { readonly type: string; readonly actor: string; readonly subject: string }
  readonly events: readonly StrangerEvent[]
}

type EntryJson = {
  readonly command: { readonly payload: string }
  readonly events?: readonly StrangerEvent[]
  readonly previous: string
  readonly recorded_at: string
  readonly seq: number
  readonly violations?: unknown
}

export function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const state = createHash('sha256')
  for (const part of parts) state.update(part)
  return state.digest()
}

export function digestOf(...parts: readonly (Uint8Array | string)[]): string {
  return `sha256:${sha256(...parts).toString('hex')}`
}

export function readLedger(texts: readonly string[]): readonly StrangerEntry[] {
  return texts.map((text) => {
    const entry = JSON.parse(text) as EntryJson
    const bytes = Buffer.from(entry.command.payload, 'base64')
    const payload = JSON.parse(bytes.toString()) as StrangerEntry['payload']
    const refusal: StrangerEvent = {
      actor_id: payload.actor,
      data: { command: payload.type, payload: digestOf(bytes), violations: entry.violations },
      event_id: `${String(entry.seq).padStart(12, '0')}-000`,
      event_timestamp: entry.recorded_at,
      event_type: `${domainOf(payload.type)}.withheld`,
      subject: payload.subject,
    }
    return {
      seq: entry.seq,
      hash: digestOf(text),
      previous: entry.previous,
      recordedAt: entry.recorded_at,
      payload,
      events: entry.events ?? [refusal],
    }
  })
}

/** By spec 2.2: identities, phases, council and constitution are governance, machine lifecycle is trust. */
function domainOf(type: string): string {
  const [subject = ''] = type.split('.')
  return { mission: 'mission', review: 'review', machine: 'trust' }[subject] ?? 'governance'
}

/** RFC 6962 over the events of one domain, in the order of the four fields as UTF-8 bytes. */
export function rootOfEvents(events: readonly StrangerEvent[], domain: string): string {
  const tuple = (event: StrangerEvent) => [event.event_type, event.event_id, event.event_timestamp, event.actor_id]
  const own = events.filter((event) => event.event_type.startsWith(`${domain}.`))
  const ordered = own.toSorted((a, b) => {
    for (const [i, part] of tuple(a).entries()) {
      const order = Buffer.compare(Buffer.from(part), Buffer.from(tuple(b)[i]!))
      if (order !== 0) return order
    }
    return 0
  })
  return rootOf(ordered.map((event) => sha256(canonicalize(event)!)))
}

export function rootOf(entries: readonly Uint8Array[]): string {
  if (entries.length === 0) return digestOf('')
  const leaves = entries.map((entry) => sha256(Uint8Array.of(0), entry))
  return `sha256:${new MerkleTree(leaves, (pair: Buffer) => sha256(Uint8Array.of(1), pair)).getRoot().toString('hex')}`
}
