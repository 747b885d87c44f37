/** Panels of humans: who was drawn, what they are asked, and what each says. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, flag, list, nullable, number, text, type Read } from './read.ts'

const vote = fields({
  member: text,
  vote: text,
  reasons: text,
  reason_code: nullable(text),
  attestation: nullable(text),
  dissents: flag,
})

const panel = fields({
  id: text,
  purpose: text,
  mission: nullable(text),
  task: nullable(text),
  appeal: nullable(text),
  reason: text,
  status: text,
  why: nullable(text),
  size: number,
  majority: number,
  draw: number,
  round: number,
  members: list(fields({ id: text, region: text, organization: text })),
  vote_by: nullable(text),
  votes: list(vote),
  outcome: nullable(text),
})

export type Panel = Read<typeof panel>
export type PanelVote = Read<typeof vote>

export function panelQuery(id: string) {
  return queryOptions({
    queryKey: [...LIVE, 'panel', id],
    queryFn: ({ signal }) => get(`/v1/panels/${encodeURIComponent(id)}`, panel, signal),
  })
}

export const panelsQuery = queryOptions({
  queryKey: [...LIVE, 'panels'],
  queryFn: async ({ signal }) => (await get('/v1/panels', fields({ panels: list(panel) }), signal)).panels,
})
