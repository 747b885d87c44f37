/** Approvals as the gate takes them and as wallets sign them (protocol/wire). */
import { approvalDigest, approvalDomain, type Approval } from '../../../protocol/wire/approval.ts'
import type { Bytes32 } from '../../../protocol/wire/abi.ts'
import type { WalletAddress } from '../../../protocol/wire/identifiers.ts'
import { addressOf, sign } from '../../../protocol/wire/wallet.ts'
import { bytesOf } from '../../../scripts/vectors/chance.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'

export type Wallet = { readonly secret: Uint8Array; readonly address: WalletAddress }

/** A person's wallet: its secret follows from the name. */
export function walletOf(name: string): Wallet {
  const secret = bytesOf(`wallet of ${name}`)
  return { secret, address: addressOf(secret) }
}

export const word = (name: string) => `0x${Bytes.hex(bytesOf(name))}` as Bytes32

export const DECISIONS = { approve: 1, reject: 2 } as const

export function approvalBy(approver: string, changes: Partial<Approval> = {}): Approval {
  return {
    missionDigest: word('mission'),
    attempt: 1,
    approver: approver.toLowerCase() as WalletAddress,
    decision: 'approve',
    reasonHash: word('reason'),
    iUnderstandIt: true,
    iCommitIt: true,
    iAcceptItsConsequences: true,
    textHash: word('text'),
    attentionHash: `0x${'00'.repeat(32)}` as Bytes32,
    deadline: 4_000_000_000,
    ...changes,
  }
}

/** The struct that the gate takes: the decision as its enum. */
export function approvalStruct(approval: Approval) {
  return { ...approval, decision: DECISIONS[approval.decision] }
}

export function signApproval(approval: Approval, wallet: Wallet, chainId: number, gate: string): string {
  return sign(approvalDigest(approvalDomain(chainId, gate.toLowerCase()), approval), wallet.secret)
}
