/**
 * Who of a frozen pool may not be seated any more: whoever left a seat of this panel or lost it, whoever has declared a
 * conflict or taken part since the pool was frozen, and whoever a severe incident concerns that was opened before the
 * round of the draw was public and is open yet: whoever knows the round could choose the seats by their reports.
 *
 * The pool stays as it was frozen, and each seating says whom it passed over: so anyone can draw again (spec 3.4, 3.5).
 */
import { timeOfRound } from '../../wire/beacon.ts'
import { isEligible } from '../constraints/pool.ts'
import type { World } from '../constraints/world.ts'
import type { Panel } from './state.ts'

/**
 * @param leaving who loses a seat now
 * @param busy who is seated in the same matter by the entry that is being decided
 * @returns in order of id
 */
export function passedOver(
  panel: Panel,
  leaving: readonly string[],
  world: World,
  busy: readonly string[] = [],
): readonly string[] {
  const { pool, excluded } = panel.frozen
  const before = { actors: new Set(excluded.actors), organizations: new Set(excluded.organizations) }
  const now = world.keptOut(panel.about)
  const out = new Set([...panel.recused, ...leaving, ...now.actors, ...busy])
  const houses = new Set(now.organizations)
  const isPublic = timeOfRound(world.deployment.beacon, panel.frozen.round)
  const kept = new Set(panel.members.map(({ id }) => id).filter((id) => !leaving.includes(id)))
  return pool.members.flatMap(({ id, organization }, i) => {
    if (!isEligible(pool, i) || kept.has(id)) return []
    if (before.actors.has(id) || before.organizations.has(organization)) return []
    const passed = out.has(id) || houses.has(organization) || world.severeIncident(id, isPublic) !== undefined
    return passed ? [id] : []
  })
}
