/**
 * Who is kept out of judging a matter as things stand: one answer for the draw that is opened, for every seat that is
 * filled from it later, and for whoever sits and has declared a conflict since.
 *
 * Nobody decides on their own matter, nor on their machine's, nor for the house that the work was done in. Whoever has
 * judged a mission or an incident before hears no appeal in it; whoever left a seat in a task, or lost it, is not drawn
 * for a later round of the same task.
 *
 * Source: spec 3.4–3.6.
 */
import type { Decision } from './appeal/state.ts'
import { inConflictWith, once, operatorOf, organizationOf, takingPart, withOperators } from './constraints/involved.ts'
import type { KeptOut, Matter, World } from './constraints/world.ts'
import { isSeated, reviewKey } from './review/state.ts'
import type { State } from './state.ts'

/** The matter of an appeal; the state does not know it yet in the entry that files it. */
export type Contested = { readonly decision: Decision; readonly appellant: string }

export function keptOut(state: State, matter: Matter, world: World): KeptOut {
  if (matter.kind === 'task') return keptOutOfTask(state, matter, world)
  const appeal = state.appeals.byId.get(matter.appeal)
  return appeal === undefined ? { actors: [], organizations: [] } : keptOutOfAppeal(appeal, world)
}

export function keptOutOfTask(
  state: State,
  { mission, task, attempt }: Extract<Matter, { kind: 'task' }>,
  world: World,
): KeptOut {
  const parts = world.participants(mission)
  const taking = takingPart(mission, world)
  const review = state.reviews.byTask.get(reviewKey(mission, task))
  const sat = isSeated(review) ? [...review.seats.keys()] : []
  const all = [...taking, ...(parts?.reviewers ?? []), ...sat]
  return {
    actors: once([
      ...withOperators(all, world),
      ...inConflictWith(taking, world),
      ...leftBefore(state, mission, task, attempt),
    ]),
    organizations: once((parts?.workers ?? []).map((id) => organizationOf(id, world))),
  }
}

export function keptOutOfAppeal({ decision, appellant }: Contested, world: World): KeptOut {
  const concerned = world.affectedBy(decision.id)
  const parties = partiesTo({ decision, appellant }, world)
  const workers = decision.mission === undefined ? [] : (world.participants(decision.mission)?.workers ?? [])
  return {
    actors: once([...parties, ...(concerned?.deciders ?? []), ...inConflictWith(parties, world)]),
    organizations: once(workers.map((id) => organizationOf(id, world))),
  }
}

/** Whether the actor, or who operates it, has declared a conflict with one of those whom the matter is about. */
export function inConflict(state: State, actor: string, matter: Matter, world: World): boolean {
  const declared = inConflictWith(sidesOf(state, matter, world), world)
  return declared.includes(actor) || declared.includes(operatorOf(actor, world) ?? '')
}

function sidesOf(state: State, matter: Matter, world: World): readonly string[] {
  if (matter.kind === 'task') return takingPart(matter.mission, world)
  const appeal = state.appeals.byId.get(matter.appeal)
  return appeal === undefined ? [] : partiesTo(appeal, world)
}

function partiesTo({ decision, appellant }: Contested, world: World): readonly string[] {
  const concerned = world.affectedBy(decision.id)
  return [appellant, ...(concerned?.affected ?? []), ...(concerned?.answerable ?? [])]
}

/** Who was silent in a seat about an earlier attempt at the task, or left it. */
function leftBefore(state: State, mission: string, task: string, attempt: number): readonly string[] {
  const panels = state.panels.ofMission.get(mission) ?? []
  return panels.flatMap((id) => {
    const panel = state.panels.byId.get(id)
    if (panel?.about.kind !== 'task') return []
    return panel.about.task === task && panel.about.attempt < attempt ? panel.recused : []
  })
}
