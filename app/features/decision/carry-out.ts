/**
 * Sign, then send: everything between a finished draft and a signature that is on its way, in an order that leaves
 * nothing half done.
 *
 *     current? ─▶ decided before? ─▶ store the reason ─▶ sign ─▶ keep ─▶ rehearse ─▶ send
 *
 * Whatever breaks after `keep`, the signature is there to be sent again: nobody is asked to sign twice. Before it,
 * nothing has happened.
 *
 * Whose signature it is, of a key or of a contract, the gate itself says in the rehearsal.
 *
 * Faults: `mission-changed`, `deadline-passed`, `decided-before`, the wallet's, the gate's, the relay's.
 */
import { bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import type { Approval } from '../../../protocol/wire/approval.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import type { SignedApproval } from '../../data/approvals.ts'
import { normalSignature } from '../../wallet/signature.ts'
import { isInTime, reasonBytes } from './draft.ts'
import type { Kept } from './kept.ts'

export type Step = 'checking' | 'storing' | 'signing' | 'rehearsing' | 'sending' | 'paying'

export type Through = 'relay' | 'wallet'

export type Ports = {
  now(): number
  /** Whether the mission is still what was read. Asks the server anew. */
  isCurrent(): Promise<boolean>
  /** Whether the chain or the relay has a decision of this human on this attempt already. */
  isDecided(): Promise<boolean>
  storeReason(bytes: Uint8Array<ArrayBuffer>): Promise<unknown>
  sign(approval: Approval): Promise<string>
  keep(kept: Kept): void
  forget(approval: Approval): void
  rehearse(signed: SignedApproval): Promise<void>
  relay(signed: SignedApproval): Promise<unknown>
  /** Answers the transaction's hash. */
  pay(signed: SignedApproval): Promise<string>
  onStep(step: Step): void
}

export async function signAndSend(ports: Ports, approval: Approval, reason: string, through: Through): Promise<void> {
  ports.onStep('checking')
  if (!(await ports.isCurrent())) throw new Fault('mission-changed')
  if (await ports.isDecided()) throw new Fault('decided-before')
  if (!isInTime(approval.deadline, ports.now())) throw new Fault('deadline-passed')
  await store(ports, approval, reason)
  ports.onStep('signing')
  const signature = normalSignature(await ports.sign(approval))
  const kept: Kept = { approval, signature, reason }
  ports.keep(kept)
  await send(ports, kept, through)
}

/** Sends what was signed before, as often as it takes. */
export async function send(ports: Ports, kept: Kept, through: Through): Promise<void> {
  const { approval, signature } = kept
  const signed: SignedApproval = { approval, signature }
  ports.onStep('rehearsing')
  try {
    await ports.rehearse(signed)
  } catch (cause) {
    // A signature that is nobody's, or too late, is worth nothing: the human may sign anew.
    if (cause instanceof Fault && WORTHLESS.includes(cause.code)) ports.forget(approval)
    throw cause
  }
  if (through === 'wallet') {
    ports.onStep('paying')
    ports.keep({ ...kept, transaction: await ports.pay(signed) })
    return
  }
  ports.onStep('sending')
  await ports.relay(signed)
}

const WORTHLESS = ['gate-WalletSignatureInvalid', 'gate-UndeployedWalletUnsupported', 'gate-DeadlinePassed']

async function store(ports: Ports, approval: Approval, reason: string): Promise<void> {
  const bytes = reasonBytes(reason)
  if (bytes === undefined) return
  // What is stored is what the struct names.
  if (bytes32OfDigest(digest(bytes)) !== approval.reasonHash) throw new Fault('reason-differs')
  ports.onStep('storing')
  await ports.storeReason(bytes)
}
