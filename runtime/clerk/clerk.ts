/**
 * The clerk writes down what needs no decision: an epoch has ended, a beacon round has come, a window has passed,
 * the chain holds a log; and carries to the chain what is certified or signed. The face of the room.
 *
 * Each duty looks at the state, and sends at most what the law would take. Everything a duty needs is in the ledger,
 * in the outbox or on the chain, so nothing is lost by trying later.
 */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import type { Signer } from '../../protocol/wire/dsse.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Beacon } from '../ports/beacon.ts'
import type { Chain, Sender } from '../ports/chain.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Refused } from '../ports/refused.ts'
import { closeEpochs } from './close-epochs.ts'
import { closeWindows } from './close-windows.ts'
import { deliver } from './deliver.ts'
import { startClerk, type Clerk, type Trouble } from './duty.ts'
import { observeBeacon } from './observe-beacon.ts'
import { observeChain } from './observe-chain.ts'
import { sealerOf } from './sealer.ts'

export type { Clerk, Trouble } from './duty.ts'

export type ClerkParts = {
  readonly ledger: Ledger<State, AdmittedCommand>
  readonly outbox: Outbox
  readonly chain: Chain
  readonly clock: Clock
  readonly deployment: string
  readonly runtime: { readonly id: string; readonly signer: Signer }
  readonly beacon: Beacon
  readonly sender: Sender
  readonly feeCeiling: bigint
  readonly refused: Refused
}

export function startDuties(parts: ClerkParts, beatMs: number, onTrouble: (trouble: Trouble) => void): Clerk {
  const { ledger, clock, chain, outbox, beacon, deployment, runtime } = parts
  const seal = sealerOf({ deployment, actor: runtime.id, signer: runtime.signer, clock })
  const chainTime = async (): Promise<number> => (await chain.heads()).latest.time * 1000
  return startClerk(
    [
      closeEpochs({ ledger, seal, clock, chainTime, refused: parts.refused }),
      observeBeacon({ ledger, seal, clock, beacon }),
      closeWindows({ ledger, seal, clock }),
      observeChain({ ledger, actor: runtime.id, seal, clock, chain, outbox }),
      deliver(parts),
    ],
    beatMs,
    onTrouble,
  )
}
