/** Carrying out a decision from a component: the ports of `carry-out.ts`, and the union that the page draws. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSignTypedData, useWriteContract } from 'wagmi'
import { finalGateAbi } from '../../../generated/abis.ts'
import { approvalDomain, approvalTypedData, type Approval } from '../../../protocol/wire/approval.ts'
import { usePlace } from '../../chain/context.tsx'
import { decideArguments, readDecision, simulateDecide } from '../../chain/final-gate.ts'
import { fetchApprovals, relayApproval, type SignedApproval } from '../../data/approvals.ts'
import { putArtifact } from '../../data/artifacts.ts'
import { LIVE } from '../../data/keys.ts'
import { fetchMission, type Mission } from '../../data/missions.ts'
import { offsetOf } from '../../data/use-now.ts'
import { overviewQuery } from '../../data/overview.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { walletFault } from '../../errors/wallet.ts'
import { send, signAndSend, type Ports, type Step, type Through } from './carry-out.ts'
import { changesBetween } from './changes.ts'
import { forget, keep, type Kept } from './kept.ts'
import { relayedFor } from './progress.ts'

export type Act =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly step: Step }
  | { readonly kind: 'failed'; readonly error: unknown }

export type CarryOut = {
  readonly act: Act
  sign(approval: Approval, reason: string, through: Through): void
  resend(kept: Kept, through: Through): void
  /** Back to idle after a failure. */
  settle(): void
}

/** `read` is the mission as the human has read it; `onKept` is called whenever what this browser keeps has changed. */
export function useCarryOut(read: Mission, onKept: () => void): CarryOut {
  const { gate, client: rpc } = usePlace()
  const client = useQueryClient()
  const { mutateAsync: signTypedData } = useSignTypedData()
  const { mutateAsync: writeContract } = useWriteContract()
  const [act, become] = useState<Act>({ kind: 'idle' })

  function portsFor(approval: Approval): Ports {
    const key = { missionDigest: approval.missionDigest, attempt: approval.attempt, approver: approval.approver }
    return {
      now: () => Date.now() + offsetOf(client.getQueryData(overviewQuery.queryKey)),
      isCurrent: async () => changesBetween(read, await fetchMission(read.id)).length === 0,
      isDecided: async () => {
        const held = await readDecision(rpc, gate, key)
        if (held.decision !== undefined) return true
        const relayed = relayedFor(await relayedOrNone(read.id), key)
        return relayed !== undefined && relayed.state !== 'refused'
      },
      storeReason: putArtifact,
      sign: (message) => asWallet(signTypedData(typedDataFor(gate, message))),
      keep: (kept) => {
        keep(kept)
        onKept()
      },
      forget: (gone) => {
        forget(gone)
        onKept()
      },
      rehearse: (signed) => simulateDecide(rpc, gate, signed.approval, signed.signature),
      relay: relayApproval,
      pay: ({ approval, signature }: SignedApproval) =>
        asWallet(
          writeContract({
            address: gate.address,
            abi: finalGateAbi,
            functionName: 'decide',
            args: decideArguments(approval, signature),
            chainId: gate.chainId,
          }),
        ),
      onStep: (step) => become({ kind: 'busy', step }),
    }
  }

  async function carry(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      become({ kind: 'idle' })
    } catch (error) {
      become({ kind: 'failed', error })
    } finally {
      await client.invalidateQueries({ queryKey: LIVE })
    }
  }

  return {
    act,
    sign: (approval, reason, through) => void carry(() => signAndSend(portsFor(approval), approval, reason, through)),
    resend: (kept, through) => void carry(() => send(portsFor(kept.approval), kept, through)),
    settle: () => become({ kind: 'idle' }),
  }
}

/** The very struct that the page has shown, as wagmi takes it. */
function typedDataFor(gate: { readonly chainId: number; readonly address: string }, approval: Approval) {
  const { types, domain, message } = approvalTypedData(approvalDomain(gate.chainId, gate.address), approval)
  return {
    types,
    domain: { ...domain, verifyingContract: domain.verifyingContract as `0x${string}` },
    primaryType: 'Approval',
    message,
  } as const
}

async function asWallet<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (cause) {
    throw walletFault(cause)
  }
}

/** A relay that is down holds nothing that could be asked for; the chain has been asked by itself. */
async function relayedOrNone(mission: string) {
  try {
    return await fetchApprovals(mission)
  } catch (cause) {
    if (cause instanceof Fault) return []
    throw cause
  }
}
