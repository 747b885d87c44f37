/**
 * Carries a human's signed decision to the final gate, so that whoever signs needs no gas. It checks what the gate
 * and the law will check again, to say at once what would not hold.
 *
 * Source: spec 3.1, 10.2 (signing works when the relayer is down, and never twice).
 */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import { simulateDecision } from '../../protocol/law/decide.ts'
import { approvalDomain, parseApproval, recoverApprovalSigner, type Approval } from '../../protocol/wire/approval.ts'
import { encode, type Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { digestOfBytes32 } from '../../protocol/wire/abi.ts'
import { err, ok, type Result } from '../../protocol/wire/result.ts'
import * as Shape from '../../protocol/wire/shape.ts'
import { chainOf } from '../../protocol/law/constraints/deployment.ts'
import type { ApprovalRelay } from '../ports/approval-relay.ts'
import type { Chain } from '../ports/chain.ts'
import type { Clock } from '../ports/clock.ts'
import type { Refusal } from '../ports/law.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Outbox, Sending } from '../outbox/outbox.ts'
import { decideCall } from './calls.ts'

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
  readonly chain: Pick<Chain, 'wouldRevert'>
}

export function openRelay(parts: RelayParts): ApprovalRelay {
  const { outbox } = parts
  return {
    relay: async (json) => {
      const note = Shape.parse(noteShape, json)
      if (!note.ok) return err(note.error)
      const approval = parseApproval(note.value.approval)
      if (!approval.ok) return err(approval.error)
      const signed = { approval: approval.value, signature: note.value.signature as `0x${string}` }
      const key = keyOf(approval.value)
      const before = outbox.sending(key)
      const open = before !== undefined && before.state !== 'refused'
      if (open && isSame(before, signed)) return ok(view(before))
      const checked = await check(parts, signed)
      if (!checked.ok) return checked
      if (open) return err({ code: 'approval-already-relayed', params: { mission: checked.value } })
      outbox.addSending(key, { ...signed, mission: checked.value })
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

function isSame({ payload }: Sending, signed: SignedApproval): boolean {
  const { approval, signature } = payload as unknown as SignedApproval
  return encode({ approval, signature }) === encode(signed)
}

function keyOf(approval: Approval): string {
  return `${APPROVALS}${approval.missionDigest}:${approval.attempt}:${approval.approver}`
}

/** The mission that the decision is about, or the first reason why it would not hold. */
async function check(parts: RelayParts, signed: SignedApproval): Promise<Result<string, Refusal>> {
  const { ledger, clock, chain } = parts
  const checked = await ledger.ask((state) => checkByLaw(state, signed, clock))
  if (!checked.ok) return checked
  const { mission, notByWallet, gate } = checked.value
  try {
    const reason = await chain.wouldRevert(decideCall(gate, signed.approval, signed.signature))
    if (reason === undefined) return ok(mission)
    return err(notByWallet ?? { code: 'gate-would-refuse', params: { reason } })
  } catch (cause) {
    // Who signed is proven without the chain, so it may wait for it; a contract's word is only had from there, and
    // nobody shall fill the place of somebody else's signature.
    if (notByWallet === undefined) return ok(mission)
    return err({ code: cause instanceof Fault ? cause.code : 'chain-unreachable' })
  }
}

type Checked = {
  readonly mission: string
  /** Why it is not the wallet's own signature: then it may be a contract account's, which the gate alone can judge. */
  readonly notByWallet: Refusal | undefined
  readonly gate: string
}

function checkByLaw(state: State, { approval, signature }: SignedApproval, clock: Clock): Result<Checked, Refusal> {
  const deployment = state.founded?.deployment
  if (deployment === undefined) return err({ code: 'deployment-not-founded' })
  const mission = state.missionByDigest.get(digestOfBytes32(approval.missionDigest))
  if (mission === undefined) return err({ code: 'mission-digest-unknown', params: { digest: approval.missionDigest } })
  const gate = deployment.contracts.final_gate.address
  const signer = recoverApprovalSigner(approvalDomain(chainOf(deployment, 'final_gate'), gate), approval, signature)
  const notByWallet = !signer.ok
    ? { code: signer.error.code }
    : signer.value === approval.approver
      ? undefined
      : { code: 'approval-signed-by-another', params: { recovered: signer.value } }
  const decision = simulateDecision(state, approval, signature, notByWallet !== undefined, clock.now())
  if (decision.outcome === 'committed') return ok({ mission, notByWallet, gate })
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
