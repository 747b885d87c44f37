/**
 * What only a development deployment shows: where its chain is, and wallets to play with. Their keys are public, so
 * they are worth nothing; a real deployment answers 404.
 */
import { queryOptions } from '@tanstack/react-query'
import { Fault } from '../../protocol/wire/fault.ts'
import { get } from './http.ts'
import { FIXED } from './keys.ts'
import { fields, list, text, type Read } from './read.ts'

const wallet = fields({ id: text, address: text, private_key: text })

export type DevelopmentWallet = Read<typeof wallet>

export function fetchWallets(signal?: AbortSignal): Promise<readonly DevelopmentWallet[]> {
  const wallets = list(wallet)
  const wrapped = fields({ wallets })
  return get(
    '/v1/development/wallets',
    (value, at) => (Array.isArray(value) ? wallets(value, at) : wrapped(value, at).wallets),
    signal,
  )
}

export const walletsQuery = queryOptions({
  queryKey: [...FIXED, 'development-wallets'],
  queryFn: ({ signal }) => fetchWallets(signal),
  staleTime: Infinity,
})

/** Undefined where nobody says which RPC to use. */
export async function fetchRpc(signal?: AbortSignal): Promise<string | undefined> {
  try {
    return (await get('/v1/development/stack', fields({ rpc: text }), signal)).rpc
  } catch (fault) {
    if (fault instanceof Fault && fault.params['status'] === 404) return undefined
    throw fault
  }
}

export const rpcQuery = queryOptions({
  queryKey: [...FIXED, 'rpc'],
  queryFn: async ({ signal }) => (await fetchRpc(signal)) ?? null,
  staleTime: Infinity,
})
