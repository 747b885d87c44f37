/**
 * Logs of our contracts as the law takes them in: `chain.observed` bodies, digests and addresses in the records'
 * notation. A log that is not one of ours, or that cannot be read, is a fault of the chain's answer.
 */
import { decodeEventLog, type Hex } from 'viem'
import { commitmentLogAbi, committeeRegistryAbi, finalGateAbi } from '../../generated/abis.ts'
import { digestOfBytes32 } from '../../protocol/wire/abi.ts'
import { fromHex } from '../../protocol/wire/bytes.ts'
import { decodeG2 } from '../../protocol/wire/eip2537.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'

export type RawLog = {
  readonly address: string
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: bigint
  readonly blockHash: string
  readonly transactionHash: string
  readonly logIndex: number
}

export type Addresses = {
  readonly commitment_log: string
  readonly committee_registry: string
  readonly final_gate: string
}

type Log = Observed['log']

/** Undefined for an event of our contracts that the ledger has no use for. */
export function observedLog(
  raw: RawLog,
  blockTime: number,
  chainId: number,
  addresses: Addresses,
): Observed | undefined {
  const contract = raw.address.toLowerCase()
  const log = read(raw, contract, addresses)
  if (log === undefined) return undefined
  return {
    chain_id: chainId,
    contract,
    block_number: Number(raw.blockNumber),
    block_hash: raw.blockHash,
    block_time: blockTime,
    transaction: raw.transactionHash,
    log_index: raw.logIndex,
    log,
  } as Observed
}

function read(raw: RawLog, contract: string, addresses: Addresses): Log | undefined {
  const topics = raw.topics as [Hex, ...Hex[]]
  const { data } = raw
  if (contract === addresses.commitment_log) {
    const { eventName, args } = decodeEventLog({ abi: commitmentLogAbi, topics, data })
    if (eventName !== 'EpochCommitted') return undefined
    return { event: 'EpochCommitted', epoch: Number(args.epoch), commitment: digestOfBytes32(args.commitmentHash) }
  }
  if (contract === addresses.final_gate) {
    const { eventName, args } = decodeEventLog({ abi: finalGateAbi, topics, data })
    if (eventName !== 'Decided') return undefined
    return decided(args.approval, args.signature, args.byContract)
  }
  if (contract === addresses.committee_registry) {
    const { eventName, args } = decodeEventLog({ abi: committeeRegistryAbi, topics, data })
    const member = Number(args.member)
    const key = compressed(args.key)
    if (eventName === 'KeyRevoked') return { event: 'KeyRevoked', member, key }
    return { event: 'KeyRegistered', member, key, not_after: Number(args.notAfter) }
  }
  return undefined
}

type Approval = {
  readonly missionDigest: Hex
  readonly attempt: bigint
  readonly approver: string
  readonly decision: number
  readonly reasonHash: Hex
  readonly iUnderstandIt: boolean
  readonly iCommitIt: boolean
  readonly iAcceptItsConsequences: boolean
  readonly textHash: Hex
  readonly attentionHash: Hex
  readonly deadline: bigint
}

function decided(approval: Approval, signature: Hex, byContract: boolean): Log {
  return {
    event: 'Decided',
    mission_digest: digestOfBytes32(approval.missionDigest),
    attempt: Number(approval.attempt),
    approver: approval.approver.toLowerCase(),
    decision: approval.decision === 1 ? 'approve' : 'reject',
    reason_hash: approval.reasonHash,
    i_understand_it: approval.iUnderstandIt,
    i_commit_it: approval.iCommitIt,
    i_accept_its_consequences: approval.iAcceptItsConsequences,
    text_hash: approval.textHash,
    attention_hash: approval.attentionHash,
    deadline: Number(approval.deadline),
    signature: signature.toLowerCase(),
    by_contract: byContract,
  } as Log
}

/** The 256-byte point of the chain in the 96-byte notation of the records. */
function compressed(point: Hex): string {
  const bytes = fromHex(point.slice(2))
  const key = bytes.ok ? decodeG2(bytes.value) : bytes
  if (!key.ok) throw new Fault('chain-log-unreadable', { code: key.error.code })
  return key.value
}
