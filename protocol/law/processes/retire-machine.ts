/**
 * What ends a machine's service for good, and what follows from it: its keys sign nothing from that record on, and its
 * seats go to others (spec 4.5; D-26, D-27).
 *
 *     a third failed re-certification within the window ─▶ decommissioned at once
 *     the close of an epoch: the limit at zero trust has come, or a window for signatures has passed; within it, the
 *     signatures are counted once more as they stand, and may suffice
 */
import { revocation } from '../constraints/registration.ts'
import type { EventDraft } from '../constraints/event.ts'
import type { DecommissionCause, MachineEvent } from '../machine/event.ts'
import { signaturesOf } from '../machine/independence.ts'
import { failuresInWindow, isPastItsLimit } from '../machine/limits.ts'
import { recertified } from '../machine/signatures.ts'
import type { RegisteredMachine } from '../machine/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { vacated } from './vacate-seats.ts'

export const retireMachine: Process = (event, situation) => {
  switch (event.event_type) {
    case 'governance.epoch_closed':
      return swept(situation)
    case 'trust.recertification_failed': {
      const { failures } = situation.world.constitution.machines.decommission
      return event.data.failed_in_window >= failures ? [decommissioned(event.subject, 'failed-recertifications')] : []
    }
    case 'trust.machine_decommissioned':
      return outOfService(event.subject, situation)
    default:
      return NOTHING
  }
}

function swept(situation: Situation): readonly EventDraft[] {
  const { state } = situation
  return [...state.notActive.keys()].flatMap((id) => {
    const machine = state.machines.get(id)
    return machine?.life.status === 'quarantined' ? byTimeAlone(machine, situation) : []
  })
}

/** The limit at zero trust ends whatever was still under way; a window that passed counts as a failure. */
function byTimeAlone(machine: RegisteredMachine, { state, world, at }: Situation): readonly MachineEvent[] {
  const { constitution } = world
  if (machine.life.status !== 'quarantined') return []
  if (isPastItsLimit(machine, constitution, at)) return [decommissioned(machine.id, 'zero-trust')]
  const { application } = machine.life
  if (application === undefined) return []
  if (at <= application.signBy) {
    // Who had lost their independence when the last one signed may have it again.
    const { signers, suffices } = signaturesOf(machine, application, undefined, state.machines, world)
    const isFree = world.severeIncident(machine.id) === undefined
    return suffices && isFree ? [recertified(machine, application, signers, constitution)] : []
  }
  return [
    {
      event_type: 'trust.recertification_failed',
      subject: machine.id,
      data: {
        application: application.digest,
        reason: 'not-signed-in-time',
        failed_in_window: failuresInWindow(machine, constitution, at) + 1,
      },
    },
  ]
}

function decommissioned(subject: string, cause: DecommissionCause): MachineEvent {
  const data = { cause, anchor: 'at-once', incident: null, act: null } as const
  return { event_type: 'trust.machine_decommissioned', subject, data }
}

function outOfService(machine: string, situation: Situation): readonly EventDraft[] {
  const keys = [...situation.state.keyring].filter(([, key]) => key.actor === machine && !key.revoked)
  return [...keys.map(([keyId]) => revocation(machine, keyId)), ...vacated(new Set([machine]), situation)]
}
