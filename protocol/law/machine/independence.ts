/**
 * Who may sign for a machine or against it: humans who have nothing to do with it. And whether those who signed are
 * independent of each other as well, and not one house that speaks with five voices.
 *
 *     spread    the regions and organizations of the phase's quorum for trust (spec 4.3); where founder stewardship has
 *               none, those of the five humans who hear an appeal (spec 3.6)
 *
 * The spec's «independent» is read so for these signatures too; it is never weakened where a population has fewer.
 *
 * Source: spec 4.5, 4.3, 3.6.
 */
import type { Constitution, PhaseId } from '../constitution/constitution.ts'
import type { Constraint } from '../constraints/kernel.ts'
import type { Human, World } from '../constraints/world.ts'
import type { Spread } from './event.ts'
import { machineOf } from './quarantine.ts'
import type { Application, Machines, RegisteredMachine } from './state.ts'

type Rule<B> = Constraint<Machines, B>

/**
 * Not the operator, nobody of their house, nobody with a conflict that they declared (spec 4.5, 4.3). The same goes for
 * its earlier identities: with another operator it is still the system that they ran.
 */
function partOf(human: Human, machine: RegisteredMachine, own: Machines, world: World): string | undefined {
  const same = [machine, ...machine.kin.flatMap((id) => own.get(id) ?? [])]
  const operators = same.map(({ operator }) => operator)
  if (operators.includes(human.id)) return 'operator'
  const theirs = operators.flatMap((id) => {
    const operator = world.actor(id)
    return operator?.kind === 'human' ? [operator.organization] : []
  })
  const houses = [...new Set([...same.map(({ organization }) => organization), ...theirs])]
  if (houses.includes(human.organization)) return 'organization'
  const actors = [...same.map(({ id }) => id), ...operators]
  return world.conflictedWith(actors, houses).includes(human.id) ? 'declared conflict' : undefined
}

export const signerIsIndependent: Rule<unknown> = {
  id: 'signer-is-independent',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const machine = machineOf(scene)
    const { own, principal, world } = scene
    if (machine === undefined || principal.kind !== 'human') return undefined
    const part = partOf(principal, machine, own, world)
    return part === undefined ? undefined : { signer: principal.id, part }
  },
}

export function spreadOf(constitution: Constitution, phase: PhaseId): Spread {
  const { regions, organizations } = constitution.phaseRules(phase)?.elevation ?? constitution.appeals.panel
  return { regions, organizations }
}

export type Signed = Spread & {
  readonly signers: readonly string[]
  /** Enough humans, and of enough regions and organizations. */
  readonly suffices: boolean
}

/**
 * The signatures as they stand now: whoever has declared a conflict since counts no longer.
 *
 * @param by whose signature has just come, if any
 */
export function signaturesOf(
  machine: RegisteredMachine,
  application: Application,
  by: Human | undefined,
  own: Machines,
  world: World,
): Signed {
  const before = application.signers.flatMap((id) => {
    const human = world.actor(id)
    return human?.kind === 'human' && partOf(human, machine, own, world) === undefined ? [human] : []
  })
  const all = by === undefined ? before : [...before, by]
  const regions = new Set(all.map(({ region }) => region)).size
  const organizations = new Set(all.map(({ organization }) => organization)).size
  const spread = spreadOf(world.constitution, world.phase().id)
  const enough = all.length >= world.constitution.machines.recertification.signatures
  return {
    signers: all.map(({ id }) => id),
    regions,
    organizations,
    suffices: enough && regions >= spread.regions && organizations >= spread.organizations,
  }
}
