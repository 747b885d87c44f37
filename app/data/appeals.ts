/** Appeals: what is contested and why, what the other side says, and how a panel decided. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, list, nullable, number, text, type Read } from './read.ts'

const decision = fields({ id: text, type: text, subject: text, mission: nullable(text), outcome: text, at: text })

const appeal = fields({
  id: text,
  decision,
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

export type Appeal = Read<typeof appeal>
export type Contestable = Read<typeof decision>

/** `decisions` are those that nobody has appealed against yet. */
export const appealsQuery = queryOptions({
  queryKey: [...LIVE, 'appeals'],
  queryFn: ({ signal }) => get('/v1/appeals', fields({ appeals: list(appeal), decisions: list(decision) }), signal),
})

export function appealQuery(id: string) {
  return queryOptions({
    queryKey: [...LIVE, 'appeal', id],
    queryFn: ({ signal }) => get(`/v1/appeals/${encodeURIComponent(id)}`, appeal, signal),
  })
}
