/** What waits for one human, as the ledger has it. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, list, nullable, text, type Read } from './read.ts'

const duty = fields({
  kind: text,
  command: text,
  subject: text,
  task: nullable(text),
  title: text,
  until: nullable(text),
})

export type Duty = Read<typeof duty>

export function dutiesQuery(actor: string) {
  return queryOptions({
    queryKey: [...LIVE, 'duties', actor],
    queryFn: async ({ signal }) =>
      (await get(`/v1/actors/${encodeURIComponent(actor)}/duties`, fields({ duties: list(duty) }), signal)).duties,
    enabled: actor !== '',
    refetchInterval: 30_000,
  })
}
