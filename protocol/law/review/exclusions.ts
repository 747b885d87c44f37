/** Who may not review a mission's work, by what they are to it (spec 3.4). */
import { inConflictWith, once, operatorOf, organizationOf, takingPart } from '../constraints/involved.ts'
import type { World } from '../constraints/world.ts'
import type { Exclusions } from './event.ts'

/**
 * Nobody reviews their own work, nor for the house it was done in: not that of another task of the mission, nor that of
 * a plan before, which this one may have taken over. Whoever declared a conflict with one of those who take part is
 * kept out, and whoever was silent in a seat of the task or left it does not sit again.
 */
export function exclusions(
  mission: string,
  world: World,
  worker?: string,
  recused: readonly string[] = [],
): Exclusions {
  const taking = takingPart(mission, world, worker)
  const workers = [...(worker === undefined ? [] : [worker]), ...(world.participants(mission)?.workers ?? [])]
  return {
    actors: once([...taking, ...inConflictWith(taking, world), ...recused]),
    operators: once(taking.map((id) => operatorOf(id, world))),
    organizations: once(workers.map((id) => organizationOf(id, world))),
  }
}
