/**
 * What the chain was seen to hold, in finalized blocks only. The law takes it as an outside fact that the runtime
 * signs and everyone re-checks against the chain (spec 2.2, 2.4).
 */
import type { EventDraft } from '../constraints/event.ts'
import type { Observed } from './types.ts'

export type ChainEvent = EventDraft<'governance.chain_observed', Observed>
