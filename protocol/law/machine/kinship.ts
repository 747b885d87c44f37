/**
 * Which machines are one system, found without a walk over all of them.
 *
 *     twins   of one operator, and ever stated the same fingerprint
 *     heirs   those that carry a machine's history: it is among their declared lineage or their kin
 *
 * An index beside the machines, folded with them. Source: spec 4.5; I-05.
 */
import type { MachineEvent } from './event.ts'
import type { Machines } from './state.ts'

export type Kinship = {
  /** By operator and fingerprint. */
  readonly twins: Map<string, Set<string>>
  /** By the machine whose history it is. */
  readonly heirs: Map<string, Set<string>>
}

export function emptyKinship(): Kinship {
  return { twins: new Map(), heirs: new Map() }
}

export function twinsOf({ twins }: Kinship, operator: string, fingerprint: string): readonly string[] {
  return [...(twins.get(systemKey(operator, fingerprint)) ?? [])]
}

export function heirsOf({ heirs }: Kinship, machine: string): readonly string[] {
  return [...(heirs.get(machine) ?? [])]
}

/** After the machines were folded: what the event says of who is whose. */
export function noteKinship(kinship: Kinship, machines: Machines, event: MachineEvent): void {
  const { subject } = event
  switch (event.event_type) {
    case 'trust.machine_registered':
      enter(kinship.twins, systemKey(event.data.operator, event.data.fingerprint), subject)
      for (const earlier of event.data.lineage) enter(kinship.heirs, earlier, subject)
      return
    case 'trust.lineage_linked':
      for (const { machine } of event.data.kin) enter(kinship.heirs, machine, subject)
      return
    case 'trust.machine_drifted':
    case 'trust.recertification_applied': {
      const operator = machines.get(subject)?.operator
      if (operator !== undefined) enter(kinship.twins, systemKey(operator, event.data.fingerprint), subject)
      return
    }
    default:
      return
  }
}

function enter(index: Map<string, Set<string>>, key: string, machine: string): void {
  const known = index.get(key)
  if (known === undefined) index.set(key, new Set([machine]))
  else known.add(machine)
}

/** No id holds a space. */
function systemKey(operator: string, fingerprint: string): string {
  return `${operator} ${fingerprint}`
}
