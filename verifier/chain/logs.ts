/**
 * Logs of our contracts as the law takes them in: `chain.observed` bodies, digests and addresses in the records'
 * notation. A log that is not one of ours, or that cannot be read, is a fault of the chain's answer.
 *
 * A commitment's log says more than the ledger needs: the record itself and the certificate it came with
 * (`Publication`), from which a verifier checks the committee's word without the archive.
 */
import { decodeEventLog, type Hex } from 'viem'
import { commitmentLogAbi, committeeRegistryAbi, finalGateAbi } from '../../generated/abis.ts'
import { digestOfBytes32 } from '../../protocol/wire/abi.ts'
import { fromHex } from '../../protocol/wire/bytes.ts'
import { COMMITMENT_VERSION, epochEnd, type CommitmentRecord } from '../../protocol/wire/commitment.ts'
import { decodeG1, decodeG2 } from '../../protocol/wire/eip2537.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Malformed } from '../../protocol/wire/malformed.ts'
import type { Result } from '../../protocol/wire/result.ts'
import { millis } from '../../protocol/wire/time.ts'
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

/** What a commitment's log holds beside its hash. */
export type Publication = {
  readonly record: CommitmentRecord
  readonly bitmap: number
  /** The certificate's aggregate signature, compressed; undefined where the log does not carry it. */
  readonly signature: string | undefined
}

export type Seen = { readonly observed: Observed; readonly publication: Publication | undefined }

type Read = { readonly log: Log; readonly publication?: Publication }

/** Undefined for an event of our contracts that the ledger has no use for. */
export function seenLog(raw: RawLog, blockTime: number, chainId: number, addresses: Addresses): Seen | undefined {
  const contract = raw.address.toLowerCase()
  const read = readLog(raw, contract, addresses)
  if (read === undefined) return undefined
  const observed = {
    chain_id: chainId,
    contract,
    block_number: Number(raw.blockNumber),
    block_hash: raw.blockHash,
    block_time: blockTime,
    transaction: raw.transactionHash,
    log_index: raw.logIndex,
    log: read.log,
  } as Observed
  return { observed, publication: read.publication }
}

function readLog(raw: RawLog, contract: string, addresses: Addresses): Read | undefined {
  const topics = raw.topics as [Hex, ...Hex[]]
  const { data } = raw
  if (contract === addresses.commitment_log) {
    const { eventName, args } = decodeEventLog({ abi: commitmentLogAbi, topics, data })
    if (eventName !== 'EpochCommitted') return undefined
    return {
      log: { event: 'EpochCommitted', epoch: Number(args.epoch), commitment: digestOfBytes32(args.commitmentHash) },
      publication: publicationOf(args),
    }
  }
  if (contract === addresses.final_gate) {
    const { eventName, args } = decodeEventLog({ abi: finalGateAbi, topics, data })
    if (eventName !== 'Decided') return undefined
    return { log: decided(args.approval, args.signature, args.byContract) }
  }
  if (contract === addresses.committee_registry) {
    const { eventName, args } = decodeEventLog({ abi: committeeRegistryAbi, topics, data })
    const member = Number(args.member)
    const key = compressedKey(args.key)
    if (eventName === 'KeyRevoked') return { log: { event: 'KeyRevoked', member, key } }
    return { log: { event: 'KeyRegistered', member, key, not_after: Number(args.notAfter) } }
  }
  return undefined
}

/** The record as `CommitmentLog.publish` takes it. */
export type RecordStruct = {
  readonly previousCommitmentHash: Hex
  readonly missionEventRoot: Hex
  readonly trustDeltaRoot: Hex
  readonly governanceBallotRoot: Hex
  readonly reviewDecisionRoot: Hex
  readonly publicBeaconRound: bigint
  readonly chamberNonce: Hex
  readonly endsAt: bigint
}

type Published = { readonly record: RecordStruct; readonly bitmap: bigint; readonly signature: Hex }

function publicationOf({ record, bitmap, signature }: Published): Publication {
  return { record: recordOf(record), bitmap: Number(bitmap), signature: compressedSignature(signature) }
}

/** The ten fields of the canonical record, from the eight of the contract's struct. */
export function recordOf(record: RecordStruct): Publication['record'] {
  return {
    commitment_version: COMMITMENT_VERSION,
    ...epochEnd(millis(Number(record.endsAt) * 1000)),
    previous_commitment_hash: digestOfBytes32(record.previousCommitmentHash),
    mission_event_root: digestOfBytes32(record.missionEventRoot),
    trust_delta_root: digestOfBytes32(record.trustDeltaRoot),
    governance_ballot_root: digestOfBytes32(record.governanceBallotRoot),
    review_decision_root: digestOfBytes32(record.reviewDecisionRoot),
    public_beacon_round: Number(record.publicBeaconRound),
    chamber_nonce: digestOfBytes32(record.chamberNonce),
  }
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
function compressedKey(point: Hex): string {
  return compressed(point, decodeG2)
}

/** The 128-byte point of the chain in the 48-byte notation of the records. */
function compressedSignature(point: Hex): string {
  return compressed(point, decodeG1)
}

function compressed(point: Hex, decode: (bytes: Uint8Array) => Result<string, Malformed>): string {
  const bytes = fromHex(point.slice(2))
  const read = bytes.ok ? decode(bytes.value) : bytes
  if (!read.ok) throw new Fault('chain-log-unreadable', { code: read.error.code })
  return read.value
}
