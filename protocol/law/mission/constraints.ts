/** Constraints on missions and tasks, by what they are about. Levels as in spec 1.3. */
import type { Constraint, Scene } from '../constraints/kernel.ts'
import type { Params } from '../constraints/violation.ts'
import { isLowRisk, type World } from '../constraints/world.ts'
import { bundleOf } from '../../wire/evidence.ts'
import { parseTimestamp } from '../../wire/time.ts'
import type { Create, Integrate, PlanBody, Scope, Submit } from './command.ts'
import { faultOfGraph } from './graph.ts'
import { next, type Step } from './machine.ts'
import { faultOfTopology } from './topology.ts'
import { isPlanned, isScoped, shownState, taskOf, type Mission, type Missions, type Task } from './state.ts'

export { noOpenIncident } from '../constraints/common.ts'

type On<Body> = Constraint<Missions, Body>
type OfTask = { readonly task: string }

function missionIn(scene: Scene<Missions, unknown>): Mission | undefined {
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
    return before.reversed === undefined ? { successor_of, state: shownState(before) } : undefined
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
    return mission.reversed === undefined ? undefined : { reversed: mission.reversed }
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

/** Who is out of service is given no role, and who is on probation none beyond low risk (spec 4.5; I-04, D-22). */
function unfitFor(tier: string, id: string, world: World): Params | undefined {
  const actor = world.actor(id)
  if (actor?.kind !== 'machine' || actor.status === 'active') return undefined
  return actor.status === 'probation' && isLowRisk(tier) ? undefined : { machine: id, status: actor.status, tier }
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

/** Out of service is asked of every command; this is about probation. */
export const signerIsFitForTheTier: On<unknown> = {
  id: 'machine-is-fit-for-the-tier',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const mission = missionIn(scene)
    const { principal } = scene
    if (!isScoped(mission) || principal.kind !== 'machine' || principal.status !== 'probation') return undefined
    return unfitFor(mission.tier, principal.id, scene.world)
  },
}

/** While a severe incident about someone is open they begin nothing new (spec 3.6). */
export const signerIsNotHeld: On<unknown> = {
  id: 'signer-is-not-held-by-an-incident',
  level: 'operational',
  reads: 'subject',
  check: ({ principal, world }) => {
    const incident = world.severeIncident(principal.id)
    return incident === undefined ? undefined : { signer: principal.id, incident }
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

export const dependenciesAreDone: On<OfTask> = {
  id: 'dependencies-are-done',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const mission = missionIn(scene)
    const task = taskOf(mission, scene.command.body.task)
    const waiting = task?.depends_on.find((id) => taskOf(mission, id)?.status !== 'Integrated')
    return waiting === undefined ? undefined : { waits_for: waiting }
  },
}

/** The planned worker, or, where none is planned, whoever takes the task first. */
export const signedByTheWorker: On<OfTask> = {
  id: 'signed-by-the-worker',
  level: 'state_ownership',
  reads: 'body',
  check: (scene) => {
    const task = taskOf(missionIn(scene), scene.command.body.task)
    const worker = task?.takenBy ?? task?.worker
    return worker === undefined || worker === scene.principal.id ? undefined : { worker }
  },
}

/** Who owns a mission does not also work on it: the reviews would be the owner's own. */
export const workerIsNotTheOwner: On<OfTask> = {
  id: 'worker-is-not-the-owner',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => (missionIn(scene)?.owner === scene.principal.id ? { owner: scene.principal.id } : undefined),
}

export const evidenceIsWellFormed: On<Submit> = {
  id: 'evidence-is-well-formed',
  level: 'operational',
  reads: 'body',
  check: ({ command }) => {
    const bundle = bundleOf(command.body.evidence)
    return bundle.ok ? undefined : { code: bundle.error.code, path: bundle.error.path ?? '' }
  },
}

/** The envelope's key is the worker's and still signs, and its signature verifies (spec 3.3, 2.5; reading R15). */
export const evidenceIsSigned: On<Submit> = {
  id: 'evidence-is-signed-by-the-worker',
  level: 'responsibility',
  reads: 'body',
  check: ({ command, principal, signatures, world, at }) => {
    const bundle = bundleOf(command.body.evidence)
    if (!bundle.ok) return undefined
    const { keyId } = bundle.value.opened
    if (world.keyHolder(keyId) !== principal.id) return { key_id: keyId }
    const standing = world.keyState(keyId, at) ?? 'unknown'
    if (standing !== 'active') return { key_id: keyId, standing }
    return signatures[1] === true ? undefined : { signature: 'invalid' }
  },
}

export const evidenceIsOfThisTask: On<Submit> = {
  id: 'evidence-is-of-this-task',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const bundle = bundleOf(scene.command.body.evidence)
    const task = taskOf(missionIn(scene), scene.command.body.task)
    if (!bundle.ok || task === undefined) return undefined
    const { mission, task: id, attempt, worker } = bundle.value.statement.predicate
    if (mission !== scene.command.subject) return { mission }
    if (id !== task.id) return { task: id }
    if (attempt !== task.attempt + 1) return { attempt, expected: task.attempt + 1 }
    return worker === scene.principal.id ? undefined : { worker }
  },
}

/** A machine's work is labelled as what the machine is registered as. */
export const evidenceNamesItsMethod: On<Submit> = {
  id: 'evidence-names-its-method',
  level: 'responsibility',
  reads: 'body',
  check: ({ command, principal }) => {
    const bundle = bundleOf(command.body.evidence)
    if (!bundle.ok || principal.kind !== 'machine') return undefined
    const { model_family = '', method_type = '' } = bundle.value.statement.predicate
    if (model_family !== principal.modelFamily) return { model_family, registered: principal.modelFamily }
    return method_type === principal.methodType ? undefined : { method_type, registered: principal.methodType }
  },
}

/** R2 shows how the result came about, not only the result. */
export const evidenceShowsItsWay: On<Submit> = {
  id: 'evidence-shows-its-way',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const bundle = bundleOf(scene.command.body.evidence)
    const mission = missionIn(scene)
    if (!bundle.ok || !isScoped(mission) || mission.tier !== 'R2') return undefined
    return bundle.value.statement.predicate.intermediate.length > 0 ? undefined : { intermediate: 0 }
  },
}

/** An output that no reviewed evidence holds would pass the reviewers by. */
export const outputsWereReviewed: On<Integrate> = {
  id: 'outputs-were-reviewed',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const mission = missionIn(scene)
    if (!isPlanned(mission)) return undefined
    const reviewed = new Set([...mission.plan.tasks.values()].flatMap(artifactsOf))
    const stranger = scene.command.body.outputs.find((output) => !reviewed.has(output.digest))
    return stranger === undefined ? undefined : { output: stranger.name, digest: stranger.digest }
  },
}

function artifactsOf(task: Task): readonly string[] {
  return task.evidence?.artifacts.map((artifact) => artifact.digest) ?? []
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

const PROPOSAL_PARTS = ['text', 'diff', 'threat-impact'] as const

/**
 * A constitutional mission prepares a proposal: its text, its diff and its threat impact, each a file of that name with
 * any ending (spec 3.1).
 */
export const proposalIsWhole: On<Integrate> = {
  id: 'proposal-is-whole',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const mission = missionIn(scene)
    if (!isScoped(mission) || !isConstitutional(mission.tier, scene.world)) return undefined
    const given = scene.command.body.outputs.map(({ name }) => stemOf(name))
    const missing = PROPOSAL_PARTS.find((part) => !given.includes(part))
    return missing === undefined ? undefined : { missing }
  },
}

function isConstitutional(tier: string, { constitution }: World): boolean {
  return constitution.topologyOf(tier)?.constitutionalFlow === true
}

/** `changes/diff.patch` is called `diff`. */
function stemOf(name: string): string {
  const file = name.slice(name.lastIndexOf('/') + 1)
  const dot = file.indexOf('.')
  return dot < 0 ? file : file.slice(0, dot)
}
