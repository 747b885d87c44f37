/**
 * Carries what waits in the outbox to the chain: certified epochs to the commitment log, signed decisions to the
 * final gate. One courier for both, because one account has one stream of nonces.
 */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import {
  APPROVALS,
  decideCall,
  openCourier,
  publishCall,
  type CourierParts,
  type Errand,
  type Landing,
  type SignedApproval,
} from '../chain/chain.ts'
import { bytes32OfDigest, digestOfBytes32 } from '../../protocol/wire/abi.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { publicationOf } from '../epochs/epochs.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Sending } from '../outbox/outbox.ts'
import type { Duty } from './duty.ts'

export type DeliveryParts = Omit<CourierParts, 'errandOf'> & { readonly ledger: Ledger<State, AdmittedCommand> }

export function deliver(parts: DeliveryParts): Duty {
  const errandOf = (sending: Sending): Promise<Errand | undefined> =>
    sending.key.startsWith(APPROVALS) ? decisionErrand(parts, sending) : epochErrand(parts, sending)
  const courier = openCourier({ ...parts, errandOf })
  return { name: 'deliver', run: () => courier.step() }
}

async function epochErrand(parts: DeliveryParts, sending: Sending): Promise<Errand | undefined> {
  const { chain, outbox, ledger } = parts
  const { epoch } = sending.payload as { epoch: number }
  const certificate = outbox.certificate(epoch)
  const known = await ledger.ask((state) => ({
    publication: publicationOf(state, epoch),
    to: state.founded?.deployment.contracts.commitment_log.address,
    observed: state.chain.committed.has(epoch),
  }))
  const { publication, to, observed } = known
  if (certificate === undefined || publication === undefined || to === undefined) return undefined
  const ours = bytes32OfDigest(publication.commitment)
  return {
    call: publishCall(to, epoch, publication.record, certificate),
    landing: async () => {
      if (observed) return 'final'
      // Another commitment of this epoch is not ours: publishing is refused there, and that is said.
      const holds = async (): Promise<boolean> => (await chain.commitmentOf(epoch)) === ours
      return placeOf(parts, holds, ({ log }) => log.event === 'EpochCommitted' && log.epoch === epoch)
    },
    // A key may expire between signing and inclusion; then members sign again.
    mayHoldLater: true,
  }
}

async function decisionErrand(parts: DeliveryParts, sending: Sending): Promise<Errand | undefined> {
  const { chain, ledger } = parts
  const { approval, signature } = sending.payload as unknown as SignedApproval
  const to = await ledger.ask((state) => state.founded?.deployment.contracts.final_gate.address)
  if (to === undefined) return undefined
  const { missionDigest, attempt, approver } = approval
  const digest = digestOfBytes32(missionDigest)
  return {
    call: decideCall(to, approval, signature),
    landing: () =>
      placeOf(
        parts,
        async () => (await chain.decisionOf(missionDigest, attempt, approver)) !== 0,
        ({ log }) =>
          log.event === 'Decided' &&
          log.mission_digest === digest &&
          log.attempt === attempt &&
          log.approver === approver,
      ),
    mayHoldLater: false,
  }
}

/**
 * Where the log of an effect lies, once the contract holds that effect. Logs below the cursor have been read from
 * final blocks: an effect whose log is not above lies there.
 */
async function placeOf(
  { chain, outbox }: DeliveryParts,
  holds: () => Promise<boolean>,
  isIt: (seen: Observed) => boolean,
): Promise<Landing | undefined> {
  if (!(await holds())) return undefined
  const { latest } = await chain.heads()
  const from = outbox.cursor()
  const found = from > latest.number ? undefined : (await chain.logs(from, latest.number)).find(isIt)
  if (found !== undefined) return { block: found.block_number, blockHash: found.block_hash }
  return (await holds()) ? 'final' : undefined
}
