/** Which machines may take part in work of a tier (spec 4.5). */
import type { Params } from '../constraints/violation.ts'
import { isLowRisk, type World } from '../constraints/world.ts'
import type { Task } from './state.ts'

/** Who is out of service is given no role, and who is on probation none beyond low risk (spec 4.5; I-04, D-22). */
export function unfitFor(tier: string, id: string, world: World): Params | undefined {
  const actor = world.actor(id)
  if (actor?.kind !== 'machine' || actor.status === 'active') return undefined
  return actor.status === 'probation' && isLowRisk(tier) ? undefined : { machine: id, status: actor.status, tier }
}

const IN_HAND: readonly string[] = ['Decomposed', 'InProgress', 'Rework']

/** Whether the task waits for a hand that cannot go on with it: its owner may take it from there. */
export function isHalted({ status, takenBy, worker }: Task, tier: string, world: World): boolean {
  const hand = takenBy ?? worker
  return hand !== undefined && IN_HAND.includes(status) && unfitFor(tier, hand, world) !== undefined
}
