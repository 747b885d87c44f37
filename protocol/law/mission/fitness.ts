/** Which machines may take part in work of a tier (spec 4.5). */
import type { Params } from '../constraints/violation.ts'
import { isLowRisk, type World } from '../constraints/world.ts'

/** Who is out of service is given no role, and who is on probation none beyond low risk (spec 4.5; I-04, D-22). */
export function unfitFor(tier: string, id: string, world: World): Params | undefined {
  const actor = world.actor(id)
  if (actor?.kind !== 'machine' || actor.status === 'active') return undefined
  return actor.status === 'probation' && isLowRisk(tier) ? undefined : { machine: id, status: actor.status, tier }
}
