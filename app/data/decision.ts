/** What the chain holds of one human's decision. Asked again and again: blocks are no entries of the ledger. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from 'viem'
import { readDecision, type DecisionKey } from '../chain/final-gate.ts'
import type { Gate } from './deployment.ts'
import { LIVE } from './keys.ts'

export function onChainQuery(rpc: Client, gate: Gate, key: DecisionKey) {
  return queryOptions({
    queryKey: [...LIVE, 'on-chain', gate.address, key.missionDigest, key.attempt, key.approver],
    queryFn: () => readDecision(rpc, gate, key),
    refetchInterval: 2_000,
  })
}
