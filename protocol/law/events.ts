/** All events of the law, as one union: `evolve.ts` answers every one of them. */
import type { BeaconEvent } from './beacon/beacon.ts'
import type { ChainEvent } from './chain/event.ts'
import type { EpochEvent } from './epoch/event.ts'
import type { FoundingEvent } from './founding/event.ts'
import type { IdentityEvent } from './identity/event.ts'
import type { IncidentEvent } from './incident/event.ts'
import type { KeyEvent } from './keyring/keyring.ts'
import type { MachineEvent } from './machine/event.ts'
import type { MissionEvent } from './mission/event.ts'
import type { AppealEvent } from './appeal/event.ts'
import type { PanelEvent } from './panel/event.ts'
import type { ReviewEvent } from './review/event.ts'
import type { TrustEvent } from './trust/event.ts'
import type { RuntimeEvent } from './founding/runtime-key.ts'

export type LawEvent =
  | FoundingEvent
  | RuntimeEvent
  | IdentityEvent
  | KeyEvent
  | MachineEvent
  | IncidentEvent
  | MissionEvent
  | ReviewEvent
  | PanelEvent
  | AppealEvent
  | BeaconEvent
  | ChainEvent
  | EpochEvent
  | TrustEvent
