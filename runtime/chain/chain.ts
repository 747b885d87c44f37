/** The chain over JSON-RPC, by viem: what anybody reads, and what only our contracts can answer. */
import type { Hex } from 'viem'
import { commitmentLogAbi, finalGateAbi } from '../../generated/abis.ts'
import { client, openChain, reached, type Where } from '../../verifier/chain/reader.ts'
import type { Chain } from '../ports/chain.ts'

export async function connectChain(where: Where): Promise<Chain> {
  const reader = await openChain(where)
  const rpc = client(where.url)
  return {
    ...reader,
    commitmentOf: (epoch) =>
      reached(() =>
        rpc.readContract({
          address: where.addresses.commitment_log as Hex,
          abi: commitmentLogAbi,
          functionName: 'commitmentOf',
          args: [BigInt(epoch)],
        }),
      ),
    decisionOf: (missionDigest, attempt, approver) =>
      reached(() =>
        rpc.readContract({
          address: where.addresses.final_gate as Hex,
          abi: finalGateAbi,
          functionName: 'decisionOf',
          args: [missionDigest as Hex, BigInt(attempt), approver as Hex],
        }),
      ),
  }
}
