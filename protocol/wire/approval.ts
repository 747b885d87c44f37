/**
 * A human's final decision on a mission, as their wallet shows and signs it.
 *
 *     Approval(bytes32 missionDigest,uint64 attempt,address approver,string decision,bytes32 reasonHash,
 *              bool iUnderstandIt,bool iCommitIt,bool iAcceptItsConsequences,
 *              bytes32 textHash,bytes32 attentionHash,uint64 deadline)
 *     domain { name 'Genesis Final Gate', version '1', chainId, verifyingContract: the FinalGate }
 *
 * `deadline` is in unix seconds. Whether the three statements are all true, whether the deadline has passed and
 * whether the signer is the approver are questions for the law and the contract, not for this format.
 *
 * Source: spec 2.1, 6 (final gate).
 */
import { ADDRESS, BOOL, BYTES32, digest, parseMessage, struct, textOf, typedData, UINT64 } from './eip712.ts'
import type { Domain, Message, TypedData } from './eip712.ts'
import type { WalletAddress } from './identifiers.ts'
import type { Malformed } from './malformed.ts'
import type { Result } from './result.ts'
import { oneOf } from './shape.ts'
import { recover } from './wallet.ts'

export const APPROVAL = struct('Approval', {
  missionDigest: BYTES32,
  attempt: UINT64,
  approver: ADDRESS,
  decision: textOf(oneOf('approve', 'reject')),
  reasonHash: BYTES32,
  iUnderstandIt: BOOL,
  iCommitIt: BOOL,
  iAcceptItsConsequences: BOOL,
  textHash: BYTES32,
  attentionHash: BYTES32,
  deadline: UINT64,
})

export type Approval = Message<typeof APPROVAL>

/** Where the approval counts: the chain and the FinalGate's address on it. */
export function approvalDomain(chainId: number, finalGate: string): Domain {
  return { name: 'Genesis Final Gate', version: '1', chainId, verifyingContract: finalGate }
}

export function parseApproval(json: unknown): Result<Approval, Malformed> {
  return parseMessage(APPROVAL, json)
}

export function approvalDigest(domain: Domain, approval: Approval): Uint8Array {
  return digest(APPROVAL, domain, approval)
}

/** For `eth_signTypedData_v4`. */
export function approvalTypedData(domain: Domain, approval: Approval): TypedData {
  return typedData(APPROVAL, domain, approval)
}

export function recoverApprovalSigner(
  domain: Domain,
  approval: Approval,
  signature: unknown,
): Result<WalletAddress, Malformed> {
  return recover(approvalDigest(domain, approval), signature)
}
