/** Constraints on missions and tasks: whose they are, and which step they allow. Levels as in spec 1.3. */
import type { Constraint, Scene } from '../constraints/kernel.ts'
import { parseTimestamp } from '../../wire/time.ts'
import type { Create } from './command.ts'
import { next, type Step } from './machine.ts'
import { isScoped, shownState, taskOf, type Mission, type Missions } from './state.ts'

export { noOpenIncident } from '../constraints/common.ts'

export type On<Body> = Constraint<Missions, Body>
export type OfTask = { readonly task: string }

export function missionIn(scene: Scene<Missions, unknown>): Mission | undefined {
  return scene.own.get(scene.command.subject)
}

export const missionIsNew: On<unknown> = {
  id: 'mission-is-new',
  level: 'operational',
  reads: 'subject',
  check: ({ command, world }) => {
    const kind = world.kindOf(command.subject)
    return kind === undefined ? undefined : { subject: command.subject, kind }
  },
}

/** A successor takes the place of a mission of the same owner whose completion was reversed (spec 3.1). */
export const succeedsItsOwn: On<Create> = {
  id: 'successor-of-a-reversed-mission',
  level: 'operational',
  reads: 'body',
  check: ({ own, command, principal }) => {
    const { successor_of } = command.body
    if (successor_of === undefined) return undefined
    const before = own.get(successor_of)
    if (before === undefined) return { unknown: successor_of }
    if (before.owner !== principal.id) return { owner: before.owner }
    return before.reversals.length === 0 ? { successor_of, state: shownState(before) } : undefined
  },
}

/** What a human signed for at the gate is irreversible; what completed by mandate is not (spec 1.2, 3.1). */
export const staysReversible: On<unknown> = {
  id: 'completion-stays-reversible',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const mission = missionIn(scene)
    if (mission === undefined) return undefined
    if (mission.status !== 'Completed') return { state: shownState(mission) }
    if (mission.decision !== undefined) return { tier: mission.tier, by: 'human' }
    const [reversal] = mission.reversals
    return reversal === undefined ? undefined : { reversed: reversal.by, record: reversal.place }
  },
}

/** While a human may still decide, nobody prolongs. */
export const gateHasLapsed: On<unknown> = {
  id: 'gate-has-lapsed',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const mission = missionIn(scene)
    if (mission === undefined) return undefined
    if (mission.status !== 'FinalHumanGate') return { state: shownState(mission) }
    const end = parseTimestamp(mission.gate.decideBy)
    return end.ok && scene.at > end.value ? undefined : { decide_by: mission.gate.decideBy }
  },
}

export const missionExists: On<unknown> = {
  id: 'mission-exists',
  level: 'operational',
  reads: 'subject',
  check: (scene) => (missionIn(scene) === undefined ? { mission: scene.command.subject } : undefined),
}

export const signedByTheOwner: On<unknown> = {
  id: 'signed-by-the-owner',
  level: 'state_ownership',
  reads: 'subject',
  check: (scene) => {
    const mission = missionIn(scene)
    return mission === undefined || mission.owner === scene.principal.id ? undefined : { owner: mission.owner }
  },
}

function signedByTheNamed(role: 'planner' | 'integrator'): On<unknown> {
  return {
    id: `signed-by-the-${role}`,
    level: 'state_ownership',
    reads: 'subject',
    check: (scene) => {
      const mission = missionIn(scene)
      if (!isScoped(mission) || mission.scope[role] === scene.principal.id) return undefined
      return { [role]: mission.scope[role] }
    },
  }
}

export const signedByThePlanner = signedByTheNamed('planner')
export const signedByTheIntegrator = signedByTheNamed('integrator')

/** The mission's shown state allows the step (spec 3.1). */
export function missionStep(step: Step): On<unknown> {
  return {
    id: 'step-of-the-machine',
    level: 'operational',
    reads: 'subject',
    check: (scene) => {
      const mission = missionIn(scene)
      if (mission === undefined || next(shownState(mission), step) !== undefined) return undefined
      return { state: shownState(mission), step }
    },
  }
}

/** The task's own state allows the step; a task that the mission does not have is named. */
export function taskStep(step: Step): On<OfTask> {
  return {
    id: 'step-of-the-machine',
    level: 'operational',
    reads: 'body',
    check: (scene) => {
      const mission = missionIn(scene)
      if (mission === undefined) return undefined
      const task = taskOf(mission, scene.command.body.task)
      if (task === undefined) return { state: shownState(mission), step, task: scene.command.body.task }
      if (mission.status !== 'Working') return { state: mission.status, step }
      return next(task.status, step) === undefined ? { state: task.status, step, task: task.id } : undefined
    },
  }
}

export const workIsUnderWay: On<unknown> = {
  id: 'work-is-under-way',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const mission = missionIn(scene)
    return mission === undefined || mission.status === 'Working' ? undefined : { state: mission.status }
  },
}

/** A question is sent to humans while its reviews are under way, and once. */
export const reviewIsUnderWay: On<OfTask> = {
  id: 'review-is-under-way',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const task = taskOf(missionIn(scene), scene.command.body.task)
    if (task === undefined) return { task: scene.command.body.task }
    if (task.status !== 'UnderReview') return { state: task.status }
    return task.disputed ? { disputed: true } : undefined
  },
}

export const notHeld: On<unknown> = {
  id: 'mission-is-not-held',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const held = missionIn(scene)?.held
    return held === undefined ? undefined : { held: true }
  },
}

export const isHeld: On<unknown> = {
  id: 'mission-is-held',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const mission = missionIn(scene)
    return mission === undefined || mission.held !== undefined ? undefined : { held: false }
  },
}

/** A mission may be held before its gate, not at it: what waits there waits for a human, not for its owner. */
export const beforeTheGate: On<unknown> = {
  id: 'mission-is-before-its-gate',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const mission = missionIn(scene)
    const past = mission !== undefined && 'gate' in mission
    return past ? { state: mission.status } : undefined
  },
}
