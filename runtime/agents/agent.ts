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
import { digest } from '../../protocol/wire/sha256.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { sealOf } from '../../protocol/law/review/seal.ts'
import type { Action } from '../../protocol/genesis.ts'
import type { ReviewDecision } from '../../protocol/law/review/event.ts'
import { send, type Author, type Client } from '../client/client.ts'
import type { Clock } from '../ports/clock.ts'
import { bundleFor } from './bundle.ts'
import { evidenceOf, jobOf, outputsOf, reviewJobOf } from './job.ts'
import type { MissionJson, TaskJson } from './mission-json.ts'
import { opinionsInMemory, type KeptOpinion, type Opinions } from './opinions.ts'
import { saltOf } from './salt.ts'
import type { Reviewer, Skill } from './skill.ts'
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
  /** Instead of what `skills.ts` has for the agent's name. */
  readonly skill?: Skill
  /** Where opinions wait that could not be formed again. */
  readonly opinions?: Opinions
  readonly signal?: AbortSignal
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
  const does = parts.skill === undefined ? workerFor(mission.mission_class ?? '') : parts.skill.worker
  if (does === undefined) return false
  await mayAct(parts, mission, 'mission.submit')
  const started = parts.clock.now()
  const job = await jobOf(parts.client, mission, task)
  const done = await does(job, parts.signal)
  const { envelope, artifacts } = bundleFor(parts, job, done, started)
  for (const artifact of artifacts) await store(parts, artifact.name, artifact.bytes)
  return told(parts, mission, 'mission.submit', { task: task.id, evidence: envelope as unknown as Json })
}

async function seal(parts: AgentParts, mission: MissionJson, task: TaskJson): Promise<boolean> {
  await mayAct(parts, mission, 'review.commit')
  const opinion = await opinionOf(parts, mission, task)
  if (opinion === undefined) return false
  const commitment = sealOf(opinion.decision, salt(parts, task))
  return told(parts, mission, 'review.commit', { task: task.id, commitment })
}

async function reveal(parts: AgentParts, mission: MissionJson, task: TaskJson): Promise<boolean> {
  const opinion = await opinionOf(parts, mission, task)
  if (opinion === undefined) return false
  const { decision, transcript } = opinion
  // Not before: whoever guessed what lies in the store would know the verdict.
  if (transcript !== undefined) await store(parts, 'transcript', transcript)
  const body = { task: task.id, decision: decision as unknown as Json, salt: hex(salt(parts, task)) }
  return told(parts, mission, 'review.reveal', body)
}

async function store(parts: AgentParts, name: string, bytes: Uint8Array): Promise<void> {
  const stored = await parts.client.upload(bytes)
  if (!stored.ok) throw new Fault('artifact-not-stored', { name, code: stored.problem.code })
}

function salt(parts: AgentParts, task: TaskJson): Uint8Array {
  return saltOf(parts.key, task.review?.nonce ?? '', task.attempt)
}

/** Repeatable opinions of this process, so that revealing does not compute again what was just sealed. */
const opinions = new Map<string, Promise<KeptOpinion>>()
const OPINIONS_KEPT = 256

/** Opinions that could not be formed again, of agents that were given no better place. */
const inMemory = opinionsInMemory()

function opinionOf(parts: AgentParts, mission: MissionJson, task: TaskJson): Promise<KeptOpinion> | undefined {
  const { skill } = parts
  const reviews = skill === undefined ? reviewerFor(mission.mission_class ?? '', parts.agent) : skill.reviewer
  const { evidence } = task
  if (reviews === undefined || evidence === null) return undefined
  const place = [parts.id, mission.id, task.id, task.attempt, evidence.digest].join(' ')
  const form = (): Promise<KeptOpinion> => formed(parts, reviews, mission, task)
  if (skill?.repeatable === false) return keptOpinion(parts, place, task, form)
  const known = opinions.get(place)
  if (known !== undefined) return known
  const made = form()
  opinions.set(place, made)
  made.catch(() => opinions.delete(place))
  if (opinions.size > OPINIONS_KEPT) opinions.delete(opinions.keys().next().value ?? '')
  return made
}

/** What cannot be formed again is kept before it is sealed: if we die behind that it can still be revealed. */
async function keptOpinion(
  parts: AgentParts,
  place: string,
  task: TaskJson,
  form: () => Promise<KeptOpinion>,
): Promise<KeptOpinion> {
  const waiting = parts.opinions ?? inMemory
  const kept = waiting.recall(place)
  if (kept !== undefined) return kept
  if (task.review?.status !== 'sealing') throw new Fault('sealed-opinion-lost', { agent: parts.id, task: task.id })
  const opinion = await form()
  waiting.keep(place, opinion)
  return opinion
}

async function formed(
  parts: AgentParts,
  reviews: Reviewer,
  mission: MissionJson,
  task: TaskJson,
): Promise<KeptOpinion> {
  const statement = await evidenceOf(parts.client, task)
  const opinion = await reviews(await reviewJobOf(parts.client, mission, task, statement), parts.signal)
  const { transcript } = opinion
  const decision: ReviewDecision = {
    attempt: task.attempt,
    mission: mission.id,
    normative_dispute: opinion.normative_dispute,
    reasons: opinion.reasons,
    reviewer: parts.id,
    scores: opinion.scores,
    task: task.id,
    ...(transcript === undefined ? {} : { transcript: digest(transcript) }),
    verdict: opinion.verdict,
  }
  return transcript === undefined ? { decision } : { decision, transcript }
}

async function integrate(parts: AgentParts, mission: MissionJson): Promise<boolean> {
  const { outputs, summary } = await outputsOf(parts.client, mission)
  return told(parts, mission, 'mission.integrate', { outputs, summary })
}

/** Send a command of one's own. A refusal is a correct outcome: it is on record, so whoever hosts us waits before it asks again. */
/** What a mission's own progress decides: whoever finds it so looks again. */
const PROGRESS = new Set(['step-of-the-machine', 'mission-is-not-held'])

/**
 * Ask before working and before signing: each refusal is on record, and what stands against this agent itself (it is
 * in quarantine, an incident holds it) does not pass by asking again.
 */
async function mayAct(parts: AgentParts, mission: MissionJson, type: string): Promise<void> {
  const asked = await parts.client.get(
    `/v1/actions?subject=${encodeURIComponent(mission.id)}&actor=${encodeURIComponent(parts.id)}`,
  )
  if (!asked.ok) return
  const { actions } = asked.value as unknown as { readonly actions: readonly Action[] }
  const blocks = actions.find((action) => action.type === type)?.violations ?? []
  const against = blocks.find(({ constraint }) => !PROGRESS.has(constraint))
  if (against !== undefined) throw refused(type, mission, against.constraint)
}

function refused(type: string, mission: MissionJson, code: string): Fault {
  return new Fault('agent-was-refused', { type, mission: mission.id, code })
}

async function told(parts: AgentParts, mission: MissionJson, type: string, body: Json): Promise<boolean> {
  await mayAct(parts, mission, type)
  const draft = { type, subject: mission.id, body, expects: mission.revision }
  const reply = await send(parts.client, parts.deployment, parts.author, parts.clock, draft)
  if (reply.ok) return true
  const violations = reply.problem.violations ?? []
  // Somebody else was quicker: look again.
  if (violations.some(({ constraint }) => constraint === 'subject-at-revision')) return false
  const [first] = violations
  throw refused(type, mission, first?.constraint ?? reply.problem.code)
}
