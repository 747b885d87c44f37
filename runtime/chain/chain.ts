/**
 * The face of the room: a chain over JSON-RPC, by viem; the account that pays; the courier and the relay.
 */
import type { Hex } from 'viem'
import { commitmentLogAbi, finalGateAbi } from '../../generated/abis.ts'
import { client, openChain, reached, type Where } from '../../verifier/chain/reader.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Chain } from '../ports/chain.ts'
import type { Clock } from '../ports/clock.ts'
import { revertIn } from './revert.ts'
import { settling } from './settling.ts'

/**
 * Connects to the chain of a deployment. Throws Fault `chain-without-contracts` where it has lost them: a development
 * chain that began anew has the same first block.
 *
 * `settleMs` is for a chain that may lose its last seconds when it is killed: what it calls final is believed so much
 * later. Zero everywhere else.
 */
export async function connectChain(where: Where, clock: Clock, settleMs: number): Promise<Chain> {
  const reader = await openChain(where)
  const rpc = client(where.url)
  for (const [contract, address] of Object.entries(where.addresses)) {
    const code = await reached(() => rpc.getCode({ address: address as Hex }))
    if (code === undefined) throw new Fault('chain-without-contracts', { contract, address })
  }
  const settled = settling(clock, settleMs)
  return {
    ...reader,
    heads: async () => settled(await reader.heads()),
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
    wouldRevert: async (call) => {
      try {
        await rpc.call({ to: call.to as Hex, data: call.data })
        return undefined
      } catch (cause) {
        const reason = revertIn(cause)
        if (reason !== undefined) return reason
        return reached(() => Promise.reject(cause instanceof Error ? cause : new Error(String(cause))))
      }
    },
  }
}

export { decideCall, publishCall } from './calls.ts'
export { openCourier, type Courier, type CourierParts, type Errand, type Landing } from './courier.ts'
export { APPROVALS, openRelay, type SignedApproval } from './relay.ts'
export { openSender } from './sender.ts'
