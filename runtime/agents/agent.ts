/**
 * One built-in agent: looks at the missions over the API, and does what the law lets it do with its own key. It
 * holds no state that a restart could lose; what it did is in the ledger.
 *
 *     planner: Scoped ─▶ plan       worker: Decomposed ─▶ start ─▶ work ─▶ submit
 *     reviewer: sealing ─▶ commit, revealing ─▶ reveal       integrator: Integrated ─▶ integrate
 *
 * Source: spec 3.1, 3.4, 3.7.
 */
import type { KeyObject } from 'node:crypto'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { hex } from '../../protocol/wire/bytes.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { sealOf } from '../../protocol/law/review/seal.ts'
import type { ReviewDecision } from '../../protocol/law/review/event.ts'
import { send, type Author, type Client } from '../client/client.ts'
import type { Clock } from '../ports/clock.ts'
import { bundleFor } from './bundle.ts'
import { evidenceOf, jobOf, outputsOf, reviewJobOf } from './job.ts'
import type { MissionJson, TaskJson } from './mission-json.ts'
import { saltOf } from './salt.ts'
import { reviewerFor, workerFor } from './skills.ts'

export type AgentParts = {
  readonly client: Client
  readonly deployment: string
  readonly clock: Clock
  readonly id: string
  readonly agent: string
  readonly modelFamily: string
  readonly methodType: string
  readonly author: Author
  readonly key: KeyObject
  /** Who works on the tasks that a planner plans. */
  readonly worker: string
}

/** Look once at a mission and take at most one step. Answers whether one was taken. */
export async function act(parts: AgentParts, mission: MissionJson): Promise<boolean> {
  if (mission.held !== null || mission.scope === null) return false
  if (mission.state === 'Scoped') return plans(parts, mission)
  for (const task of mission.tasks) {
    if (await actOn(parts, mission, task)) return true
  }
  return mission.state === 'Integrated' && mission.scope.integrator === parts.id ? integrate(parts, mission) : false
}

async function plans(parts: AgentParts, mission: MissionJson): Promise<boolean> {
  if (mission.scope?.planner !== parts.id) return false
  const { scope, domain_type, acceptance_criteria } = mission.scope
  const instructions = [scope, ...acceptance_criteria.map((criterion) => `- ${criterion}`)].join('\n').slice(0, 4_000)
  const task = {
    id: 'task-1',
    title: mission.title,
    instructions,
    domain_type,
    depends_on: [],
    worker: parts.worker,
  }
  return told(parts, mission, 'mission.plan', { tasks: [task] })
}

async function actOn(parts: AgentParts, mission: MissionJson, task: TaskJson): Promise<boolean> {
  if (task.worker === parts.id && task.state === 'Decomposed') {
    return dependenciesDone(mission, task) && told(parts, mission, 'mission.start', { task: task.id })
  }
  if (task.worker === parts.id && task.state === 'InProgress') return work(parts, mission, task)
  const seat = task.review?.seats.find(({ id }) => id === parts.id)
  if (seat === undefined || task.review === null) return false
  if (task.review.status === 'sealing' && !seat.sealed) return seal(parts, mission, task)
  if (task.review.status === 'revealing' && seat.sealed && seat.decision === null) return reveal(parts, mission, task)
  return false
}

function dependenciesDone(mission: MissionJson, task: TaskJson): boolean {
  return task.depends_on.every((id) => mission.tasks.find((other) => other.id === id)?.state === 'Integrated')
}

async function work(parts: AgentParts, mission: MissionJson, task: TaskJson): Promise<boolean> {
  const does = workerFor(mission.mission_class ?? '')
  if (does === undefined) return false
  const started = parts.clock.now()
  const job = await jobOf(parts.client, mission, task)
  const done = await does(job)
  const { envelope, artifacts } = bundleFor(parts, job, done, started)
  for (const artifact of artifacts) {
    const stored = await parts.client.upload(artifact.bytes)
    if (!stored.ok) throw new Fault('artifact-not-stored', { name: artifact.name, code: stored.problem.code })
  }
  return told(parts, mission, 'mission.submit', { task: task.id, evidence: envelope as unknown as Json })
}

async function seal(parts: AgentParts, mission: MissionJson, task: TaskJson): Promise<boolean> {
  const decision = await decisionOf(parts, mission, task)
  if (decision === undefined) return false
  const commitment = sealOf(decision, salt(parts, task))
  return told(parts, mission, 'review.commit', { task: task.id, commitment })
}

async function reveal(parts: AgentParts, mission: MissionJson, task: TaskJson): Promise<boolean> {
  const decision = await decisionOf(parts, mission, task)
  if (decision === undefined) return false
  const body = { task: task.id, decision: decision as unknown as Json, salt: hex(salt(parts, task)) }
  return told(parts, mission, 'review.reveal', body)
}

function salt(parts: AgentParts, task: TaskJson): Uint8Array {
  return saltOf(parts.key, task.review?.nonce ?? '', task.attempt)
}

/** Opinions of this process, so that revealing does not compute again what was just sealed. */
const opinions = new Map<string, Promise<ReviewDecision>>()
const OPINIONS_KEPT = 256

function decisionOf(parts: AgentParts, mission: MissionJson, task: TaskJson): Promise<ReviewDecision> | undefined {
  const reviews = reviewerFor(mission.mission_class ?? '', parts.agent)
  if (reviews === undefined || task.evidence === null) return undefined
  const place = [parts.id, mission.id, task.id, task.attempt, task.evidence.digest].join(' ')
  const known = opinions.get(place)
  if (known !== undefined) return known
  const made = (async (): Promise<ReviewDecision> => {
    const evidence = await evidenceOf(parts.client, task)
    const opinion = await reviews(await reviewJobOf(parts.client, mission, task, evidence))
    return {
      attempt: task.attempt,
      mission: mission.id,
      normative_dispute: opinion.normative_dispute,
      reasons: opinion.reasons,
      reviewer: parts.id,
      scores: opinion.scores,
      task: task.id,
      verdict: opinion.verdict,
    }
  })()
  opinions.set(place, made)
  made.catch(() => opinions.delete(place))
  if (opinions.size > OPINIONS_KEPT) opinions.delete(opinions.keys().next().value ?? '')
  return made
}

async function integrate(parts: AgentParts, mission: MissionJson): Promise<boolean> {
  const { outputs, summary } = await outputsOf(parts.client, mission)
  return told(parts, mission, 'mission.integrate', { outputs, summary })
}

/** Send a command of one's own. A refusal is a correct outcome: it is on record, so whoever hosts us waits before it asks again. */
async function told(parts: AgentParts, mission: MissionJson, type: string, body: Json): Promise<boolean> {
  const draft = { type, subject: mission.id, body, expects: mission.revision }
  const reply = await send(parts.client, parts.deployment, parts.author, parts.clock, draft)
  if (reply.ok) return true
  const violations = reply.problem.violations ?? []
  // Somebody else was quicker: look again.
  if (violations.some(({ constraint }) => constraint === 'subject-at-revision')) return false
  const [first] = violations
  throw new Fault('agent-was-refused', { type, mission: mission.id, code: first?.constraint ?? reply.problem.code })
}
