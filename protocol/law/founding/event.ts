/** The first event of a deployment: everything that its genesis entry fixes. Source: spec 2.2. */
import type { EventDraft } from '../constraints/event.ts'
import type { GenesisBody } from './command.ts'

export type FoundingEvent = EventDraft<'governance.deployment_founded', GenesisBody & { constitution_hash: string }>
