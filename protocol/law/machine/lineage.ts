/**
 * Whose new identity a machine is. An identity is cheap, so history does not end with it (spec 4.5; I-05, D-23).
 *
 *     kin = those whom the operator declares
 *         ∪ those of the same operator that ever stated the same fingerprint
 *         ∪ the kin and the lineage of all these
 *
 * The key needs no rule here: a key is bound once and to one actor, so no other identity can ever bring it. The spec's
 * «shares key, operator and model fingerprint» is thereby read as: the key, or operator with fingerprint.
 *
 * What it carries: never more trust than the least of its kin has, and extended probation where one of them is or was
 * put out of service and has not come through its own probation. With trust zero it is in quarantine, as any machine
 * with trust zero is, or a new identity would spare it the five signatures; its probation is then the extended one.
 *
 * An identity that was there before fares no better than one that comes after: see processes/follow-kin.ts.
 */
import { formatTimestamp, type Millis } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import type { Kin, MachineEvent } from './event.ts'
import type { Machines, RegisteredMachine } from './state.ts'

/** @param twins those of the same operator that ever stated the same fingerprint */
export function kinOf(machines: Machines, lineage: readonly string[], twins: readonly string[]): readonly Kin[] {
  const found = new Map<string, Kin>()
  const take = (machine: RegisteredMachine | undefined, by: Kin['by']): void => {
    if (machine === undefined || found.has(machine.id)) return
    found.set(machine.id, { machine: machine.id, status: machine.life.status, by })
    for (const earlier of [...machine.lineage, ...machine.kin]) take(machines.get(earlier), by)
  }
  for (const id of lineage) take(machines.get(id), 'declared')
  for (const id of twins) take(machines.get(id), 'operator-and-fingerprint')
  return [...found.values()].toSorted((a, b) => (a.machine < b.machine ? -1 : a.machine > b.machine ? 1 : 0))
}

/** What a new identity starts with, in µT. */
export function trustAtStart(
  kin: readonly Kin[],
  trustOf: (machine: string) => number,
  constitution: Constitution,
): number {
  const { recertification } = constitution.machines
  const most = isExtended(kin) ? [recertification.trustAfter] : []
  return Math.min(constitution.initialTrust.machine, ...most, ...kin.map(({ machine }) => trustOf(machine)))
}

function isExtended(kin: readonly Kin[]): boolean {
  return kin.some(({ status }) => status !== 'active')
}

/** The events behind the registration of a machine that has kin. */
export function linked(
  machines: Machines,
  id: string,
  kin: readonly Kin[],
  trust: number,
  constitution: Constitution,
  at: Millis,
): readonly MachineEvent[] {
  if (kin.length === 0) return []
  const { probationTasks, extendedProbationFactor } = constitution.machines.recertification
  const extended = isExtended(kin)
  const inQuarantine = kin.flatMap(({ machine }) => {
    const found = machines.get(machine)
    return found?.life.status === 'quarantined' ? [{ ...found, zeroSince: found.life.zeroSince }] : []
  })
  // A way back that succeeded does not clear the count, so neither does beginning anew; only an end does.
  const serving = kin.flatMap(({ machine, status }) =>
    status === 'decommissioned' ? [] : (machines.get(machine) ?? []),
  )
  const failures = [...new Set(serving.flatMap((machine) => machine.failures))].toSorted((a, b) => a - b)
  const events: MachineEvent[] = [
    {
      event_type: 'trust.lineage_linked',
      subject: id,
      data: {
        kin,
        trust,
        extended,
        probation_tasks: extended ? probationTasks * extendedProbationFactor : 0,
        failures: failures.map((moment) => formatTimestamp(moment)),
      },
    },
  ]
  if (trust === 0) {
    const zeroSince = Math.min(at, ...inQuarantine.map((machine) => machine.zeroSince)) as Millis
    events.push({
      event_type: 'trust.machine_quarantined',
      subject: id,
      data: { cause: 'lineage', zero_since: formatTimestamp(zeroSince) },
    })
  }
  return events
}
