/** Entries of the ledger, as they stand there. */
import { queryOptions } from '@tanstack/react-query'
import { Fault } from '../../protocol/wire/fault.ts'
import { parseRecord } from '../../protocol/wire/canonical-json.ts'
import { ask } from './http.ts'
import { FIXED } from './keys.ts'
import { anything, fields, list, nullable, number, text, type Read } from './read.ts'

const event = fields({ event_id: text, event_type: text, event_timestamp: text, subject: text, data: anything })

const entry = fields({
  seq: number,
  recorded_at: text,
  outcome: text,
  command: anything,
  events: nullable(list(event)),
})

export type Entry = Read<typeof entry>
export type LedgerEvent = Read<typeof event>

export function readEntry(line: string): Entry {
  const json = parseRecord(line)
  if (!json.ok) throw new Fault('answer-unreadable', { at: 'entry', code: json.error.code })
  return entry(json.value, '')
}

/** Where one entry can be read, in the address that is shown to people. */
export function entryPath(seq: number): string {
  return `/v1/entries?from=${seq}&limit=1`
}

export async function fetchEntry(seq: number, signal?: AbortSignal): Promise<Entry> {
  const response = await ask(entryPath(seq), signal === undefined ? {} : { signal })
  const line = (await response.text()).trimEnd()
  if (line === '') throw new Fault('entry-unknown', { seq })
  return readEntry(line)
}

export function entryQuery(seq: number) {
  return queryOptions({
    queryKey: [...FIXED, 'entry', seq],
    queryFn: ({ signal }) => fetchEntry(seq, signal),
    staleTime: Infinity,
  })
}

const PAGE = 500

/** The first entry from `from` on with an event that fits, or null when there is none yet. */
export async function findEntry(
  from: number,
  fits: (event: LedgerEvent) => boolean,
  signal?: AbortSignal,
): Promise<Entry | null> {
  for (let next = from; ; next += PAGE) {
    const response = await ask(`/v1/entries?from=${next}&limit=${PAGE}`, signal === undefined ? {} : { signal })
    const lines = (await response.text()).split('\n').filter((line) => line !== '')
    for (const line of lines) {
      const found = readEntry(line)
      if (found.events?.some(fits) === true) return found
    }
    if (lines.length < PAGE) return null
  }
}

/** The entry in which a human's decision on the mission took effect. */
export function decisionEntryQuery(mission: string, from: number) {
  return queryOptions({
    queryKey: [...FIXED, 'decision-entry', mission, from],
    queryFn: ({ signal }) =>
      findEntry(from, (event) => event.subject === mission && DECIDED.includes(event.event_type), signal),
    staleTime: Infinity,
  })
}

const DECIDED = ['mission.completed', 'mission.rejected']
