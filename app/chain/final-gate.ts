/**
 * The final gate on chain, read by anybody: what it holds, how far it is settled, and whether it would take a
 * decision. Nothing here is sent.
 *
 * Faults: `chain-unreachable`, and what the gate refuses by its own names: `gate-AlreadyDecided`,
 * `gate-DeadlinePassed`, `gate-WalletSignatureInvalid` …
 */
import { BaseError, ContractFunctionRevertedError, type Client, type Hex } from 'viem'
import { getBlock, getContractEvents, readContract, simulateContract } from 'viem/actions'
import { finalGateAbi } from '../../generated/abis.ts'
import type { Approval } from '../../protocol/wire/approval.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Gate } from '../data/deployment.ts'

export type Verdict = Approval['decision']

/** Where a decision lies. `block` and `transaction` belong to its log. */
export type OnChain = {
  readonly decision: Verdict | undefined
  readonly log: { readonly block: number; readonly blockHash: string; readonly transaction: string } | undefined
  readonly latest: number
  readonly finalized: number
}

export type DecisionKey = Pick<Approval, 'missionDigest' | 'attempt' | 'approver'>

const DECISIONS: readonly (Verdict | undefined)[] = [undefined, 'approve', 'reject']

export async function readDecision(rpc: Client, gate: Gate, key: DecisionKey): Promise<OnChain> {
  return reached(async () => {
    const [held, latest, finalized] = await Promise.all([
      readContract(rpc, {
        address: gate.address,
        abi: finalGateAbi,
        functionName: 'decisionOf',
        args: [key.missionDigest as Hex, BigInt(key.attempt), key.approver as Hex],
      }),
      getBlock(rpc, { blockTag: 'latest' }),
      getBlock(rpc, { blockTag: 'finalized' }),
    ])
    const decision = DECISIONS[held]
    return {
      decision,
      log: decision === undefined ? undefined : await logOf(rpc, gate, key),
      latest: Number(latest.number),
      finalized: Number(finalized.number),
    }
  })
}

async function logOf(rpc: Client, gate: Gate, key: DecisionKey): Promise<OnChain['log']> {
  const logs = await getContractEvents(rpc, {
    address: gate.address,
    abi: finalGateAbi,
    eventName: 'Decided',
    args: {
      missionDigest: key.missionDigest as Hex,
      attempt: BigInt(key.attempt),
      approver: key.approver as Hex,
    },
    fromBlock: 0n,
  })
  const log = logs.at(-1)
  if (log === undefined) return undefined
  return { block: Number(log.blockNumber), blockHash: log.blockHash, transaction: log.transactionHash }
}

/** The arguments of `FinalGate.decide`, as the contract's struct has them. */
export function decideArguments(approval: Approval, signature: Hex) {
  const struct = {
    missionDigest: approval.missionDigest as Hex,
    attempt: BigInt(approval.attempt),
    approver: approval.approver as Hex,
    decision: approval.decision === 'approve' ? 1 : 2,
    reasonHash: approval.reasonHash as Hex,
    iUnderstandIt: approval.iUnderstandIt,
    iCommitIt: approval.iCommitIt,
    iAcceptItsConsequences: approval.iAcceptItsConsequences,
    textHash: approval.textHash as Hex,
    attentionHash: approval.attentionHash as Hex,
    deadline: BigInt(approval.deadline),
  } as const
  return [struct, signature] as const
}

/**
 * Asks the chain whether the gate would take this decision, by the very call that would be sent.
 *
 * Before there is a signature, one stands in for it: for the length of this question the approver's account answers,
 * as a contract account can (ERC-1271), that it signed. Everything else about the call is as it will be.
 */
export async function simulateDecide(
  rpc: Client,
  gate: Gate,
  approval: Approval,
  signature: Hex | undefined,
): Promise<void> {
  const standsIn = { address: approval.approver as Hex, code: SAYS_IT_SIGNED } as const
  await reached(() =>
    simulateContract(rpc, {
      address: gate.address,
      abi: finalGateAbi,
      functionName: 'decide',
      args: decideArguments(approval, signature ?? '0x'),
      account: approval.approver as Hex,
      ...(signature === undefined ? { stateOverride: [standsIn] } : {}),
    }),
  )
}

/** EVM code that answers every call with ERC-1271's magic value 0x1626ba7e: push, shift to the left, store, return. */
const SAYS_IT_SIGNED: Hex = '0x631626ba7e60e01b5f5260205ff3'

async function reached<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (cause) {
    throw faultOf(cause)
  }
}

export function faultOf(cause: unknown): unknown {
  if (!(cause instanceof BaseError)) return cause
  const revert = cause.walk((error) => error instanceof ContractFunctionRevertedError)
  if (revert instanceof ContractFunctionRevertedError) {
    return new Fault(`gate-${revert.data?.errorName ?? 'reverted'}`, {}, { cause })
  }
  return new Fault('chain-unreachable', {}, { cause })
}
