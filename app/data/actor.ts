/** One actor: who they are here, and which keys speak for them. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { life } from './machine.ts'
import { fields, flag, list, nullable, number, text, type Read } from './read.ts'

const heldKey = fields({ key_id: text, key: nullable(text), purpose: text, not_after: text, revoked: flag })

const actor = fields({
  id: text,
  kind: text,
  wallet: nullable(text),
  operator: nullable(text),
  region: nullable(text),
  organization: nullable(text),
  model_family: nullable(text),
  method_type: nullable(text),
  reviews: nullable(flag),
  founder: nullable(flag),
  trust_micro: nullable(number),
  status: nullable(text),
  life: nullable(life),
  conflicts: nullable(list(text)),
  keys: list(heldKey),
  revision: number,
})

export type ActorView = Read<typeof actor>
export type HeldKey = Read<typeof heldKey>

export function fetchActor(id: string, signal?: AbortSignal): Promise<ActorView> {
  return get(`/v1/actors/${encodeURIComponent(id)}`, actor, signal)
}

export function actorQuery(id: string) {
  return queryOptions({ queryKey: [...LIVE, 'actor', id], queryFn: ({ signal }) => fetchActor(id, signal) })
}
