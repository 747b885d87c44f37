/** The fold of machine events. */
import type { MachineEvent } from './event.ts'
import type { Machines } from './state.ts'

export function evolveMachine(machines: Machines, event: MachineEvent): void {
  switch (event.event_type) {
    case 'trust.machine_registered': {
      const { operator, region, organization, model_family, method_type, lineage, reviews } = event.data
      machines.set(event.subject, {
        id: event.subject,
        operator,
        region,
        organization,
        modelFamily: model_family,
        methodType: method_type,
        lineage,
        reviews,
        status: 'active',
      })
      return
    }
    case 'trust.machine_key_added':
      // The keyring holds the key; this record says who added it.
      return
  }
}
