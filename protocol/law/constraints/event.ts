/**
 * An event as a decider states it, before the ledger gives it its id, time and actor.
 *
 * `event_type` belongs to one of the four commitment domains by its prefix (spec 2.2).
 */
import type { Json } from '../../wire/canonical-json.ts'

export const DOMAINS = ['mission', 'trust', 'governance', 'review'] as const

export type Domain = (typeof DOMAINS)[number]

export type EventDraft<Type extends string = string, Data = { readonly [key: string]: Json }> = {
  readonly event_type: Type
  readonly subject: string
  readonly data: Data
}

/** The event record that enters the ledger and the roots. `event_id` is as in wire/identifiers.ts. */
export type EventRecord<Type extends string = string, Data = { readonly [key: string]: Json }> = {
  readonly actor_id: string
  readonly data: Data
  readonly event_id: string
  readonly event_timestamp: string
  readonly event_type: Type
  readonly subject: string
}

export function domainOf(eventType: string): Domain | undefined {
  const prefix = eventType.slice(0, eventType.indexOf('.'))
  return DOMAINS.find((domain) => domain === prefix)
}

/** From the thousandth event on its place takes four digits: an id is never another's, and each can be named. */
export function eventId(seq: number, position: number): string {
  return `${String(seq).padStart(12, '0')}-${String(position).padStart(3, '0')}`
}
