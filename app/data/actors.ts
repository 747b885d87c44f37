/** Who is known here: humans by their wallets, machines by their operators. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { fields, list, nullable, number, text, type Read } from './read.ts'

const actor = fields({
  id: text,
  kind: text,
  wallet: nullable(text),
  operator: nullable(text),
  region: nullable(text),
  organization: nullable(text),
  trust_micro: nullable(number),
})

export type Actor = Read<typeof actor>

export async function fetchActors(signal?: AbortSignal): Promise<readonly Actor[]> {
  return (await get('/v1/actors', fields({ actors: list(actor) }), signal)).actors
}

export const actorsQuery = queryOptions({
  queryKey: [...LIVE, 'actors'],
  queryFn: ({ signal }) => fetchActors(signal),
})

/** The human whose wallet this is. */
export function humanOf(actors: readonly Actor[], address: string): Actor | undefined {
  const wallet = address.toLowerCase()
  return actors.find((one) => one.kind === 'human' && one.wallet === wallet)
}
