/**
 * Who may decide at the final gate: any verified human who had no hand in the mission and runs no machine that had.
 * The owner may, unless they planned, worked, integrated or reviewed as well (spec 3.1; reading E6).
 */
import type { World } from '../constraints/world.ts'
import type { Mission } from './state.ts'

/** How the human took part, or undefined where they are independent. */
export function involvement(mission: Mission, human: string, world: World): string | undefined {
  const parts: readonly [string, readonly string[]][] = [
    ['worker', mission.everWorked],
    ['reviewer', mission.everReviewed],
    ['planner', 'scope' in mission ? [mission.scope.planner] : []],
    ['integrator', 'scope' in mission ? [mission.scope.integrator] : []],
  ]
  for (const [part, actors] of parts) {
    for (const id of actors) {
      if (id === human) return part
      const actor = world.actor(id)
      if (actor?.kind === 'machine' && actor.operator === human) return `operator of the ${part}`
    }
  }
  return undefined
}
