/** What can have happened to a machine. The event's subject is the machine's id. Source: spec 4.5, 3.4. */
import type { EventDraft } from '../constraints/event.ts'

export type MachineEvent =
  | EventDraft<
      'trust.machine_registered',
      {
        operator: string
        region: string
        organization: string
        model_family: string
        method_type: string
        key: string
        key_not_after: string
        lineage: readonly string[]
        reviews: boolean
        /** In millionths of trust. */
        trust: number
      }
    >
  | EventDraft<'trust.machine_key_added', { operator: string; key: string; not_after: string }>
