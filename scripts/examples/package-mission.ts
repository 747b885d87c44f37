/**
 * Carries a worked mission out, from its `mission.json` and files to signed evidence and signed reviews, and packages
 * what came of it. The same files and the same programs give the same bytes: keys come from public words, moments are
 * fixed, Ed25519 signatures are deterministic.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeBytes } from '../../protocol/wire/canonical-json.ts'
import { seal, type Envelope } from '../../protocol/wire/dsse.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { millis } from '../../protocol/wire/time.ts'
import { bundleFor } from '../../runtime/agents/bundle.ts'
import { jobFromRecord, type MissionRecord } from '../../runtime/agents/rerun/record.ts'
import { DECISION_PAYLOAD_TYPE, WORKED_MISSION_FORMAT } from '../../runtime/agents/rerun/worked-mission.ts'
import type { Job, NamedBytes } from '../../runtime/agents/skill.ts'
import { reviewerFor, workerFor } from '../../runtime/agents/skills.ts'
import { ROOT } from '../setup/places.mjs'
import type { MissionFile } from '../start/missions.ts'
import { actorOf, REVIEWING, signerOf, WORKING } from './people.ts'

export type Example = {
  readonly id: string
  readonly folder: string
  readonly tier: 'R0' | 'R2'
  /** The agents that review: one for R0, all five for R2. */
  readonly reviewers: readonly string[]
}

export const EXAMPLES: readonly Example[] = [
  { id: 'mission-low-risk', folder: 'examples/low-risk-documentation', tier: 'R0', reviewers: ['recompute-sql'] },
  {
    id: 'mission-high-risk',
    folder: 'examples/high-risk-regulated-analysis',
    tier: 'R2',
    reviewers: ['recompute-ts', 'recompute-sql', 'bm25', 'rerun', 'data-quality'],
  },
]

/** 2026-02-13T09:00:00.000Z, and how long work takes in this story. */
const STARTED = millis(1_770_973_200_000)
const WORK_MS = 60_000

const TASK = 'task-1'
const ATTEMPT = 1

/** Paths within `evidence/` and their bytes. */
export async function packageMission(example: Example): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = join(ROOT, example.folder)
  const mission = JSON.parse(readFileSync(join(folder, 'mission.json'), 'utf8')) as MissionFile
  const inputs = mission.inputs.map(({ name, path = name, media_type }) => {
    const bytes = Uint8Array.from(readFileSync(join(folder, path)))
    return { name, digest: digest(bytes), bytes, media_type }
  })
  const instructions = [mission.scope, ...mission.acceptance_criteria.map((criterion) => `- ${criterion}`)].join('\n')
  const job: Job = {
    mission: example.id,
    task: TASK,
    attempt: ATTEMPT,
    title: mission.title,
    scope: mission.scope,
    criteria: mission.acceptance_criteria,
    instructions,
    inputs,
  }
  const { evidence, artifacts } = await work(mission.mission_class, job)
  const record: MissionRecord = {
    mission: example.id,
    title: mission.title,
    scope: mission.scope,
    missionClass: mission.mission_class,
    criteria: mission.acceptance_criteria,
    inputs: inputs.map(({ name, digest }) => ({ name, digest })),
    tasks: [{ task: TASK, attempt: ATTEMPT, instructions, evidence, reviews: [] }],
  }
  const reviewing = example.reviewers.map((agent) => REVIEWING.find((machine) => machine.agent === agent)!)
  const bytes = new Map([...inputs, ...artifacts].map((artifact) => [artifact.digest as string, artifact.bytes]))
  const reviews: Envelope[] = []
  for (const machine of reviewing) {
    reviews.push(await review(record, machine, async (wanted) => bytes.get(wanted)))
  }
  const { inputs: _files, risk_acknowledgement: _risk, ...asked } = mission
  const packaged = {
    format: WORKED_MISSION_FORMAT,
    mission: {
      ...asked,
      id: example.id,
      tier: example.tier,
      inputs: inputs.map(({ name, digest, bytes, media_type }) => ({ name, digest, bytes: bytes.length, media_type })),
    },
    task: { id: TASK, attempt: ATTEMPT, instructions },
    actors: [WORKING, ...reviewing].map(actorOf),
    evidence,
    reviews,
  }
  const files = [...bytes].map(([value, content]) => [`artifacts/${value.slice('sha256:'.length)}`, content] as const)
  return new Map([['mission.json', encodeBytes(packaged)], ...files.toSorted(([a], [b]) => (a < b ? -1 : 1))])
}

async function work(missionClass: string, job: Job) {
  const does = workerFor(missionClass)
  if (does === undefined) throw new Fault('no-worker-for-class', { missionClass })
  const parts = {
    author: { id: WORKING.id, signer: signerOf(WORKING.id) },
    modelFamily: WORKING.modelFamily,
    methodType: WORKING.methodType,
    clock: { now: () => millis(STARTED + WORK_MS) },
  }
  const { envelope, artifacts } = bundleFor(parts, job, await does(job), STARTED)
  const named: NamedBytes[] = artifacts.map(({ name, bytes }) => ({ name, digest: digest(bytes), bytes }))
  return { evidence: envelope, artifacts: named }
}

async function review(
  record: MissionRecord,
  machine: (typeof REVIEWING)[number],
  getArtifact: (wanted: string) => Promise<Uint8Array | undefined>,
) {
  const reviewer = reviewerFor(record.missionClass, machine.agent)
  const job = await jobFromRecord(record, record.tasks[0]!, getArtifact)
  if (reviewer === undefined || !job.ok) throw new Fault('not-reviewed', { agent: machine.agent })
  const { verdict, scores, reasons, normative_dispute } = await reviewer(job.value)
  const decision = {
    attempt: ATTEMPT,
    mission: record.mission,
    normative_dispute,
    reasons,
    reviewer: machine.id,
    scores,
    task: TASK,
    verdict,
  }
  return seal(DECISION_PAYLOAD_TYPE, decision, signerOf(machine.id))
}
