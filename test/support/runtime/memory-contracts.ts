/**
 * The commitment log and the final gate in memory, as far as the runtime can tell them from the real ones: calls come
 * encoded, epochs go in order under certificates that are checked, a decision is taken once, in time, from whoever
 * signed it.
 */
import { decodeFunctionData, type Hex } from 'viem'
import { commitmentLogAbi, finalGateAbi } from '../../../generated/abis.ts'
import { bytes32OfDigest, digestOfBytes32 } from '../../../protocol/wire/abi.ts'
import { approvalDomain, parseApproval, recoverApprovalSigner } from '../../../protocol/wire/approval.ts'
import { fromHex } from '../../../protocol/wire/bytes.ts'
import { certificateMessage, EPOCH_COMMITMENT, verifyCertificate } from '../../../protocol/wire/certificate.ts'
import { commitmentHash } from '../../../protocol/wire/commitment.ts'
import { decodeG1 } from '../../../protocol/wire/eip2537.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import type { Observed } from '../../../protocol/law/chain/types.ts'
import type { Call } from '../../../runtime/ports/chain.ts'
import { recordOf, type RecordStruct } from '../../../verifier/chain/logs.ts'
import type { Contracts } from '../chain/memory-chain.ts'
import { CHAIN_ID, CONTRACTS } from '../law/world.ts'

export type Held = { readonly commitments: Map<number, Digest>; readonly decisions: Map<string, number> }

export type Registry = {
  committeeId: Digest
  /** Valid keys by member, as the registry on chain has them. */
  readonly keys: (string | undefined)[]
  /** Accounts that are contracts, and the one signature that each takes. */
  readonly vouching: Map<string, string>
}

export function memoryContracts(registry: Registry): Contracts<Held> {
  return {
    empty: () => ({ commitments: new Map(), decisions: new Map() }),
    execute: (held, call, time) => {
      if (call.to === CONTRACTS.commitment_log.address) return publish(held, call, registry)
      if (call.to === CONTRACTS.final_gate.address) return decide(held, call, time, registry)
      return []
    },
    commitmentOf: ({ commitments }, epoch) => {
      const commitment = commitments.get(epoch)
      return commitment === undefined ? `0x${'0'.repeat(64)}` : bytes32OfDigest(commitment)
    },
    decisionOf: ({ decisions }, digest, attempt, approver) => decisions.get(`${digest} ${attempt} ${approver}`) ?? 0,
  }
}

function publish({ commitments }: Held, { data }: Call, registry: Registry): readonly Observed['log'][] | string {
  const { args } = decodeFunctionData({ abi: commitmentLogAbi, data })
  const [epoch, record, bitmap, signature] = args as unknown as [bigint, RecordStruct, bigint, Hex]
  const commitment = commitmentHash(recordOf(record))
  const number = Number(epoch)
  const before = commitments.get(number)
  if (before !== undefined) return before === commitment ? [] : 'epoch-already-committed'
  if (number !== commitments.size) return 'epoch-out-of-order'
  const message = certificateMessage({
    purpose: EPOCH_COMMITMENT,
    chainId: CHAIN_ID,
    contract: CONTRACTS.commitment_log.address,
    committeeId: registry.committeeId,
    subject: commitment,
    sequence: number,
  })
  const point = fromHex(signature.slice(2))
  const compressed = point.ok ? decodeG1(point.value) : point
  if (!compressed.ok) return 'point-malformed'
  const certificate = { bitmap: Number(bitmap), signature: compressed.value }
  if (!verifyCertificate(certificate, message, registry.keys, 10).ok) return 'certificate-invalid'
  commitments.set(number, commitment)
  return [{ event: 'EpochCommitted', epoch: number, commitment }] as Observed['log'][]
}

function decide(
  { decisions }: Held,
  { data }: Call,
  time: number,
  { vouching }: Registry,
): readonly Observed['log'][] | string {
  const { args } = decodeFunctionData({ abi: finalGateAbi, data })
  const [struct, signature] = args as unknown as [{ [field: string]: unknown }, Hex]
  const parsed = parseApproval({
    ...struct,
    attempt: Number(struct.attempt),
    approver: String(struct.approver).toLowerCase(),
    decision: struct.decision === 1 ? 'approve' : 'reject',
    deadline: Number(struct.deadline),
  })
  if (!parsed.ok) return `unreadable: ${parsed.error.code}`
  const approval = parsed.value
  if (time > approval.deadline) return 'deadline-passed'
  const key = `${approval.missionDigest} ${approval.attempt} ${approval.approver}`
  if (decisions.has(key)) return 'already-decided'
  const signer = recoverApprovalSigner(approvalDomain(CHAIN_ID, CONTRACTS.final_gate.address), approval, signature)
  const byWallet = signer.ok && signer.value === approval.approver
  const byContract = vouching.get(approval.approver) === signature
  if (!byWallet && !byContract) return 'signature-invalid'
  decisions.set(key, approval.decision === 'approve' ? 1 : 2)
  return [
    {
      event: 'Decided',
      mission_digest: digestOfBytes32(approval.missionDigest),
      attempt: approval.attempt,
      approver: approval.approver,
      decision: approval.decision,
      reason_hash: approval.reasonHash,
      i_understand_it: approval.iUnderstandIt,
      i_commit_it: approval.iCommitIt,
      i_accept_its_consequences: approval.iAcceptItsConsequences,
      text_hash: approval.textHash,
      attention_hash: approval.attentionHash,
      deadline: approval.deadline,
      signature,
      by_contract: !byWallet,
    },
  ] as Observed['log'][]
}
