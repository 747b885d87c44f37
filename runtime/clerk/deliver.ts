/**
 * Carries what waits in the outbox to the chain: certified epochs to the commitment log, signed decisions to the
 * final gate. One courier for both, because one account has one stream of nonces.
 */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import {
  APPROVALS,
  decideCall,
  publishCall,
  step,
  type CourierParts,
  type Errand,
  type SignedApproval,
} from '../chain/chain.ts'
import { publicationOf } from '../epochs/epochs.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Sending } from '../outbox/outbox.ts'
import type { Duty } from './duty.ts'

const NONE = `0x${'0'.repeat(64)}`

export type DeliveryParts = Omit<CourierParts, 'errandOf'> & { readonly ledger: Ledger<State, AdmittedCommand> }

export function deliver(parts: DeliveryParts): Duty {
  const errandOf = (sending: Sending): Promise<Errand | undefined> =>
    sending.key.startsWith(APPROVALS) ? decisionErrand(parts, sending) : epochErrand(parts, sending)
  return { name: 'deliver', run: () => step({ ...parts, errandOf }) }
}

async function epochErrand({ chain, outbox, ledger }: DeliveryParts, sending: Sending): Promise<Errand | undefined> {
  const { epoch } = sending.payload as { epoch: number }
  const certificate = outbox.certificate(epoch)
  const [record, to] = await ledger.ask((state) => [
    publicationOf(state, epoch),
    state.founded?.deployment.contracts.commitment_log.address,
  ])
  if (certificate === undefined || record === undefined || to === undefined) return undefined
  return {
    call: publishCall(to, epoch, record, certificate),
    done: async () => (await chain.commitmentOf(epoch)) !== NONE,
    // A key may expire between signing and inclusion; then members sign again.
    mayHoldLater: true,
  }
}

async function decisionErrand({ chain, ledger }: DeliveryParts, sending: Sending): Promise<Errand | undefined> {
  const { approval, signature } = sending.payload as unknown as SignedApproval
  const to = await ledger.ask((state) => state.founded?.deployment.contracts.final_gate.address)
  if (to === undefined) return undefined
  return {
    call: decideCall(to, approval, signature),
    done: async () => (await chain.decisionOf(approval.missionDigest, approval.attempt, approval.approver)) !== 0,
    mayHoldLater: false,
  }
}
