/** Trust: what an actor has, every movement of it, and what of it waits for humans. Units: millionths. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, list, nullable, number, text, type Read } from './read.ts'

const suspension = fields({
  id: text,
  actor: text,
  amount: number,
  epoch: number,
  seq: number,
  since: text,
  status: text,
  mission: text,
  task: nullable(text),
  role: text,
  signatures: list(fields({ by: text, seq: number })),
})

const trust = fields({
  actor: text,
  kind: text,
  trust_micro: number,
  cap_micro: number,
  movements: list(fields({ seq: number, from: number, to: number, cause: text })),
  suspended: list(suspension),
})

export type TrustView = Read<typeof trust>
export type Movement = TrustView['movements'][number]
export type Suspension = Read<typeof suspension>

export function trustQuery(actor: string) {
  return queryOptions({
    queryKey: [...LIVE, 'trust', actor],
    queryFn: ({ signal }) => get(`/v1/trust/${encodeURIComponent(actor)}`, trust, signal),
  })
}

export function suspensionQuery(id: string) {
  return queryOptions({
    queryKey: [...LIVE, 'suspension', id],
    queryFn: ({ signal }) => get(`/v1/suspensions/${encodeURIComponent(id)}`, suspension, signal),
  })
}
