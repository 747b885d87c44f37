/** Constraints on what a mission is to be: its class, its tier, its roles, its task graph (spec 3.1, 3.2). */
import { missionIn, type On } from './constraints.ts'
import type { PlanBody, Scope } from './command.ts'
import { unfitFor } from './fitness.ts'
import type { Params } from '../constraints/violation.ts'
import { faultOfGraph } from './graph.ts'
import { faultOfTopology } from './topology.ts'
import { isScoped } from './state.ts'

export const classIsMapped: On<Scope> = {
  id: 'class-is-mapped',
  level: 'operational',
  reads: 'body',
  check: ({ command, world }) =>
    world.constitution.tierOfClass(command.body.mission_class) === undefined
      ? { mission_class: command.body.mission_class }
      : undefined,
}

export const classIsNotRefused: On<Scope> = {
  id: 'class-is-not-refused',
  level: 'physical',
  reads: 'body',
  check: ({ command, world }) =>
    world.deployment.refusedClasses.includes(command.body.mission_class)
      ? { mission_class: command.body.mission_class }
      : undefined,
}

export const tierAsMapped: On<Scope> = {
  id: 'tier-as-mapped',
  level: 'operational',
  reads: 'body',
  check: ({ command, world }) => {
    const { mission_class, risk_tier } = command.body
    const mapped = world.constitution.tierOfClass(mission_class)
    if (risk_tier === undefined || mapped === undefined || risk_tier === mapped) return undefined
    return { declared: risk_tier, mapped }
  },
}

export const topologyNotWeaker: On<Scope> = {
  id: 'topology-not-weaker',
  level: 'operational',
  reads: 'body',
  check: ({ command, world }) => {
    const { topology, mission_class } = command.body
    const tier = world.constitution.tierOfClass(mission_class)
    if (topology === undefined || tier === undefined) return undefined
    const needed = world.constitution.topologyOf(tier)
    if (needed === undefined) return undefined
    return faultOfTopology(topology, needed)
  },
}

export const domainIsKnown: On<Scope> = {
  id: 'domain-type-is-known',
  level: 'operational',
  reads: 'body',
  check: ({ command, world }) =>
    world.constitution.domainTypes.includes(command.body.domain_type)
      ? undefined
      : { domain_type: command.body.domain_type },
}

export const rolesAreFilled: On<Scope> = {
  id: 'roles-are-filled',
  level: 'responsibility',
  reads: 'body',
  check: ({ command, world }) => {
    for (const role of ['planner', 'integrator'] as const) {
      const actor = world.actor(command.body[role])
      if (actor === undefined || actor.kind === 'runtime') return { role, actor: command.body[role] }
    }
    return undefined
  },
}

export const namedRolesAreFit: On<Scope> = {
  id: 'machine-is-fit-for-the-tier',
  level: 'responsibility',
  reads: 'body',
  check: ({ command: { body }, world }) => {
    const tier = world.constitution.tierOfClass(body.mission_class) ?? ''
    return unfitFor(tier, body.planner, world) ?? unfitFor(tier, body.integrator, world)
  },
}

export const namedWorkersAreFit: On<PlanBody> = {
  id: 'named-workers-are-fit-for-the-tier',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const mission = missionIn(scene)
    if (!isScoped(mission)) return undefined
    for (const { worker } of scene.command.body.tasks) {
      const unfit = worker === undefined ? undefined : unfitFor(mission.tier, worker, scene.world)
      if (unfit !== undefined) return unfit
    }
    return undefined
  },
}

export const graphIsSound: On<PlanBody> = {
  id: 'task-graph-is-sound',
  level: 'operational',
  reads: 'body',
  check: ({ command }): Params | undefined => faultOfGraph(command.body.tasks),
}

export const taskDomainsAreKnown: On<PlanBody> = {
  id: 'domain-type-is-known',
  level: 'operational',
  reads: 'body',
  check: ({ command, world }) => {
    const odd = command.body.tasks.find((task) => !world.constitution.domainTypes.includes(task.domain_type))
    return odd === undefined ? undefined : { task: odd.id, domain_type: odd.domain_type }
  },
}

/** A task whose worker may not start it would never move again. */
export const noWorkerIsTheOwner: On<PlanBody> = {
  id: 'worker-is-not-the-owner',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const owner = missionIn(scene)?.owner
    const task = scene.command.body.tasks.find(({ worker }) => worker !== undefined && worker === owner)
    return task === undefined ? undefined : { task: task.id, owner: owner ?? '' }
  },
}

export const workersAreKnown: On<PlanBody> = {
  id: 'workers-are-known',
  level: 'responsibility',
  reads: 'body',
  check: ({ command, world }) => {
    for (const { worker } of command.body.tasks) {
      if (worker === undefined) continue
      const actor = world.actor(worker)
      if (actor === undefined || actor.kind === 'runtime') return { worker }
    }
    return undefined
  },
}
