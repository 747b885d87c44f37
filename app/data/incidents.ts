/** Incidents: what was reported or found, what it holds, and how it was resolved. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, list, nullable, number, text, type Read } from './read.ts'

const incident = fields({
  id: text,
  kind: text,
  severity: text,
  concerns: list(text),
  accused: nullable(text),
  reporter: nullable(text),
  account: text,
  grounds: list(text),
  seq: number,
  opened_at: text,
  status: text,
  resolved: nullable(fields({ by: nullable(text), reason: text, seq: number })),
})

export type Incident = Read<typeof incident>

export const incidentsQuery = queryOptions({
  queryKey: [...LIVE, 'incidents'],
  queryFn: async ({ signal }) => (await get('/v1/incidents', fields({ incidents: list(incident) }), signal)).incidents,
})

export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: [...LIVE, 'incident', id],
    queryFn: ({ signal }) => get(`/v1/incidents/${encodeURIComponent(id)}`, incident, signal),
  })
}
