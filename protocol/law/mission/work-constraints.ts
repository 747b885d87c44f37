/** Constraints on the work itself: who does it, what they hand in, what is put together of it (spec 3.1, 3.3). */
import { bundleOf } from '../../wire/evidence.ts'
import type { World } from '../constraints/world.ts'
import type { Integrate, Submit } from './command.ts'
import { missionIn, taskStep, type OfTask, type On } from './constraints.ts'
import { unfitFor } from './fitness.ts'
import { isPlanned, isScoped, taskOf, type Task } from './state.ts'

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

const OPEN_TO_HANDS: readonly string[] = ['Decomposed', 'InProgress', 'Rework']

/**
 * Work is begun, or taken up where it was withdrawn from another: then it is no step of the machine, because the task
 * stays in its state.
 */
export const waitsForAHand: On<OfTask> = {
  id: 'step-of-the-machine',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const mission = missionIn(scene)
    const task = taskOf(mission, scene.command.body.task)
    const withdrawn = task !== undefined && task.takenBy === undefined && task.withdrawnFrom.length > 0
    if (withdrawn && mission?.status === 'Working' && OPEN_TO_HANDS.includes(task.status)) return undefined
    return taskStep('start_work').check(scene)
  },
}

/** A task that the owner took from a machine does not go back to it. */
export const wasNotWithdrawnFromIt: On<OfTask> = {
  id: 'task-was-not-withdrawn-from-the-signer',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const task = taskOf(missionIn(scene), scene.command.body.task)
    const { id } = scene.principal
    return task?.withdrawnFrom.includes(id) === true ? { signer: id } : undefined
  },
}

/** Only a hand that cannot go on is taken from a task: out of service, or on probation and beyond low risk. */
export const handIsOutOfService: On<OfTask> = {
  id: 'worker-is-out-of-service',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const mission = missionIn(scene)
    const task = taskOf(mission, scene.command.body.task)
    if (!isScoped(mission) || task === undefined) return undefined
    const worker = task.takenBy ?? task.worker
    if (worker === undefined) return { worker: 'none' }
    return unfitFor(mission.tier, worker, scene.world) === undefined ? { worker } : undefined
  },
}

/** What was handed in is judged first; what was integrated is done. */
export const taskIsInItsHand: On<OfTask> = {
  id: 'task-is-in-its-workers-hand',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const mission = missionIn(scene)
    const task = taskOf(mission, scene.command.body.task)
    if (mission?.status !== 'Working') return undefined
    if (task === undefined) return { task: scene.command.body.task }
    return OPEN_TO_HANDS.includes(task.status) ? undefined : { state: task.status }
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
