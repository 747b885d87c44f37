/** The two things that the runtime sends to the chain: a certified epoch, and a human's signed decision. */
import { encodeFunctionData, type Hex } from 'viem'
import { commitmentLogAbi, finalGateAbi } from '../../generated/abis.ts'
import { bytes32OfDigest } from '../../protocol/wire/abi.ts'
import { bytesOfSignature } from './points.ts'
import type { Approval } from '../../protocol/wire/approval.ts'
import type { Certificate } from '../../protocol/wire/certificate.ts'
import type { CommitmentRecord } from '../../protocol/wire/commitment.ts'
import { parseSeconds } from '../../protocol/wire/time.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Call } from '../ports/chain.ts'

export function publishCall(to: string, epoch: number, record: CommitmentRecord, certificate: Certificate): Call {
  const end = parseSeconds(record.timestamp_utc)
  if (!end.ok) throw new Fault('commitment-end-unreadable', { timestamp_utc: record.timestamp_utc })
  const data = encodeFunctionData({
    abi: commitmentLogAbi,
    functionName: 'publish',
    args: [
      BigInt(epoch),
      {
        previousCommitmentHash: bytes32OfDigest(record.previous_commitment_hash) as Hex,
        missionEventRoot: bytes32OfDigest(record.mission_event_root) as Hex,
        trustDeltaRoot: bytes32OfDigest(record.trust_delta_root) as Hex,
        governanceBallotRoot: bytes32OfDigest(record.governance_ballot_root) as Hex,
        reviewDecisionRoot: bytes32OfDigest(record.review_decision_root) as Hex,
        publicBeaconRound: BigInt(record.public_beacon_round),
        chamberNonce: bytes32OfDigest(record.chamber_nonce) as Hex,
        endsAt: BigInt(end.value / 1000),
      },
      BigInt(certificate.bitmap),
      bytesOfSignature(certificate.signature),
    ],
  })
  return { to, data }
}

const DECISIONS = { approve: 1, reject: 2 } as const

export function decideCall(to: string, approval: Approval, signature: Hex): Call {
  const data = encodeFunctionData({
    abi: finalGateAbi,
    functionName: 'decide',
    args: [
      {
        missionDigest: approval.missionDigest as string as Hex,
        attempt: BigInt(approval.attempt),
        approver: approval.approver as string as Hex,
        decision: DECISIONS[approval.decision],
        reasonHash: approval.reasonHash as string as Hex,
        iUnderstandIt: approval.iUnderstandIt,
        iCommitIt: approval.iCommitIt,
        iAcceptItsConsequences: approval.iAcceptItsConsequences,
        textHash: approval.textHash as string as Hex,
        attentionHash: approval.attentionHash as string as Hex,
        deadline: BigInt(approval.deadline),
      },
      signature,
    ],
  })
  return { to, data }
}
