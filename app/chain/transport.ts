/** The way to the chain's RPC. */
import { custom, http, type Transport } from 'viem'
import { Fault } from '../../protocol/wire/fault.ts'

/** Where nobody says how to reach the chain, everything else can still be read and done: only the chain is silent. */
export function transportTo(rpc: string | null): Transport {
  if (rpc !== null) return http(rpc, { retryCount: 1, timeout: 10_000 })
  return custom({ request: () => Promise.reject(new Fault('chain-unreachable')) }, { retryCount: 0 })
}
