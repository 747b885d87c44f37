/** Appeals: what is contested and why, what the other side says, and how a panel decided. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, list, nullable, number, text, type Read } from './read.ts'

const appeal = fields({
  id: text,
  decision: text,
  decision_type: text,
  subject: text,
  mission: nullable(text),
  level: number,
  appellant: text,
  reason_code: text,
  statement: text,
  grounds: list(text),
  evidence: list(text),
  respondents: list(text),
  answers: list(fields({ respondent: text, statement: text })),
  filed_at: text,
  respond_by: text,
  panel: nullable(text),
  status: text,
  outcome: nullable(text),
})

const contestable = fields({
  decision: text,
  type: text,
  subject: text,
  mission: nullable(text),
  outcome: text,
  at: text,
  until: text,
})

export type Appeal = Read<typeof appeal>
export type Contestable = Read<typeof contestable>

export const appealsQuery = queryOptions({
  queryKey: [...LIVE, 'appeals'],
  queryFn: async ({ signal }) => (await get('/v1/appeals', fields({ appeals: list(appeal) }), signal)).appeals,
})

export function appealQuery(id: string) {
  return queryOptions({
    queryKey: [...LIVE, 'appeal', id],
    queryFn: ({ signal }) => get(`/v1/appeals/${encodeURIComponent(id)}`, appeal, signal),
  })
}

/** The decisions that affected this human and that they may still contest, newest first. */
export function contestableQuery(actor: string) {
  return queryOptions({
    queryKey: [...LIVE, 'contestable', actor],
    queryFn: async ({ signal }) => {
      const path = `/v1/actors/${encodeURIComponent(actor)}/contestable`
      return (await get(path, fields({ decisions: list(contestable) }), signal)).decisions
    },
    enabled: actor !== '',
  })
}
