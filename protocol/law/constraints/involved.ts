/**
 * Who had a hand in a mission, and who may therefore not review, adjudicate or hear it.
 *
 * A declared conflict keeps out whoever declared it (spec 3.4). Only their own declaration counts: were the other
 * side's enough, a worker could choose their reviewers by declaring conflicts with the rest.
 */
import type { World } from './world.ts'

/** Participants by what they did, the worker of the evidence at hand included. */
export function takingPart(mission: string, world: World, worker?: string): readonly string[] {
  const parts = world.participants(mission)
  if (parts === undefined) return worker === undefined ? [] : [worker]
  const workers = worker === undefined ? parts.workers : [worker, ...parts.workers]
  return [...workers, parts.owner, parts.planner, parts.integrator]
}

/** Those who declared a conflict with one of these actors, with who operates them, or with their houses. */
export function inConflictWith(actors: readonly string[], world: World): readonly string[] {
  const ids = withOperators(actors, world)
  return world.conflictedWith(ids, once(ids.map((id) => organizationOf(id, world))))
}

/** The actors and the humans who run the machines among them. */
export function withOperators(actors: readonly string[], world: World): readonly string[] {
  return once([...actors, ...actors.map((id) => operatorOf(id, world))])
}

export function once(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== undefined))].toSorted()
}

export function organizationOf(id: string, world: World): string | undefined {
  const actor = world.actor(id)
  return actor !== undefined && 'organization' in actor ? actor.organization : undefined
}

export function operatorOf(id: string, world: World): string | undefined {
  const actor = world.actor(id)
  return actor?.kind === 'machine' ? actor.operator : undefined
}
