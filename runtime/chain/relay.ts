/**
 * Carries a human's signed decision to the final gate, so that whoever signs needs no gas. It checks what the gate
 * and the law will check again, to say at once what would not hold.
 *
 * Source: spec 3.1, 10.2 (signing works when the relayer is down, and never twice).
 */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import { simulateDecision } from '../../protocol/law/decide.ts'
import { approvalDomain, parseApproval, recoverApprovalSigner, type Approval } from '../../protocol/wire/approval.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { digestOfBytes32 } from '../../protocol/wire/abi.ts'
import { err, ok, type Result } from '../../protocol/wire/result.ts'
import * as Shape from '../../protocol/wire/shape.ts'
import { chainOf } from '../../protocol/law/constraints/deployment.ts'
import type { ApprovalRelay } from '../ports/approval-relay.ts'
import type { Clock } from '../ports/clock.ts'
import type { Refusal } from '../ports/law.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Outbox, Sending } from '../outbox/outbox.ts'

export const APPROVALS = 'approval:'

export type SignedApproval = { readonly approval: Approval; readonly signature: `0x${string}` }

const noteShape = Shape.object({
  approval: Shape.json(),
  signature: Shape.string({ max: 4098, pattern: /^0x(?:[0-9a-f]{2})+$/ }),
})

export type RelayParts = {
  readonly ledger: Ledger<State, AdmittedCommand>
  readonly outbox: Outbox
  readonly clock: Clock
}

export function openRelay({ ledger, outbox, clock }: RelayParts): ApprovalRelay {
  return {
    relay: async (json) => {
      const note = Shape.parse(noteShape, json)
      if (!note.ok) return err(note.error)
      const approval = parseApproval(note.value.approval)
      if (!approval.ok) return err(approval.error)
      const signed = { approval: approval.value, signature: note.value.signature as `0x${string}` }
      const checked = await ledger.ask((state) => check(state, signed, clock))
      if (!checked.ok) return checked
      const key = keyOf(approval.value)
      const before = outbox.sending(key)
      if (before !== undefined && (before.payload as { signature?: string }).signature !== signed.signature) {
        return err({ code: 'approval-already-relayed', params: { mission: checked.value } })
      }
      outbox.addSending(key, { ...signed, mission: checked.value } as unknown as Json)
      return ok(view(outbox.sending(key)))
    },
    list: async (mission) => ({
      approvals: outbox
        .sendings(APPROVALS)
        .filter(({ payload }) => mission === undefined || (payload as { mission?: string }).mission === mission)
        .map(view),
    }),
  }
}

function keyOf(approval: Approval): string {
  return `${APPROVALS}${approval.missionDigest}:${approval.attempt}:${approval.approver}`
}

/** The mission that the decision is about, or the first reason why it would not hold. */
function check(state: State, { approval, signature }: SignedApproval, clock: Clock): Result<string, Refusal> {
  const deployment = state.founded?.deployment
  if (deployment === undefined) return err({ code: 'deployment-not-founded' })
  const mission = state.missionByDigest.get(digestOfBytes32(approval.missionDigest))
  if (mission === undefined) return err({ code: 'mission-digest-unknown', params: { digest: approval.missionDigest } })
  const domain = approvalDomain(chainOf(deployment, 'final_gate'), deployment.contracts.final_gate.address)
  const signer = recoverApprovalSigner(domain, approval, signature)
  const byContract = !signer.ok || signer.value !== approval.approver
  // A contract account's signature is the gate's to judge; what looks like an ordinary one must be the approver's.
  if (byContract && signature.length === 132) {
    return err({
      code: signer.ok ? 'approval-signed-by-another' : signer.error.code,
      params: signer.ok ? { recovered: signer.value } : {},
    })
  }
  const decision = simulateDecision(state, approval, signature, byContract, clock.now())
  if (decision.outcome === 'committed') return ok(mission)
  const [first] = decision.violations
  return err({ code: first?.constraint ?? 'withheld', params: first?.params ?? {} })
}

function view(sending: Sending | undefined): Json {
  if (sending === undefined) return null
  const { approval, signature, mission } = sending.payload as unknown as SignedApproval & { mission: string }
  return {
    mission,
    approval: { ...approval },
    signature,
    // What is on disk here is signed; further than that only the chain says.
    state: sending.state === 'waiting' ? 'signed' : sending.state,
    transaction: sending.transactions.at(-1)?.hash ?? null,
    block: sending.block ?? null,
    note: sending.note ?? null,
  }
}
