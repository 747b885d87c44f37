/** What the two commands of the way back ask of a machine in quarantine (spec 4.5). */
import type { Constraint, Scene } from '../constraints/kernel.ts'
import { isPastItsLimit } from './limits.ts'
import type { Application, Machines, RegisteredMachine } from './state.ts'

type Rule<B> = Constraint<Machines, B>

export function machineOf(scene: Scene<Machines, unknown>): RegisteredMachine | undefined {
  return scene.own.get(scene.command.subject)
}

export function applicationOf(scene: Scene<Machines, unknown>): Application | undefined {
  const life = machineOf(scene)?.life
  return life?.status === 'quarantined' ? life.application : undefined
}

export const isInQuarantine: Rule<unknown> = {
  id: 'machine-is-in-quarantine',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const status = machineOf(scene)?.life.status
    return status === undefined || status === 'quarantined' ? undefined : { status }
  },
}

/** The limit at zero trust has come: what the close of the epoch will state holds already. */
export const limitHasNotCome: Rule<unknown> = {
  id: 'limit-at-zero-has-not-come',
  level: 'physical',
  reads: 'subject',
  check: (scene) => {
    const machine = machineOf(scene)
    const { constitution } = scene.world
    if (machine === undefined || !isPastItsLimit(machine, constitution, scene.at)) return undefined
    return { limit_ms: constitution.machines.decommission.zeroTrustMs }
  },
}

export const noSevereIncident: Rule<unknown> = {
  id: 'no-severe-incident',
  level: 'operational',
  reads: 'subject',
  check: ({ command, world }) => {
    const incident = world.severeIncident(command.subject)
    return incident === undefined ? undefined : { incident }
  },
}
