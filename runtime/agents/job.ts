/** From the API's records to what a skill works on: bytes fetched by digest, evidence read from its own entry. */
import { EVIDENCE_TYPE, openBundle, type EvidenceStatement } from '../../protocol/wire/evidence.ts'
import type { Envelope } from '../../protocol/wire/dsse.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import type { Client } from '../client/client.ts'
import { SUMMARY_FILE } from './bundle.ts'
import type { MissionJson, TaskJson } from './mission-json.ts'
import type { Job, NamedBytes, ReviewJob } from './skill.ts'

export async function jobOf(client: Client, mission: MissionJson, task: TaskJson): Promise<Job> {
  const { scope } = mission
  if (scope === null) throw new Fault('mission-not-scoped', { mission: mission.id })
  return {
    mission: mission.id,
    task: task.id,
    attempt: task.attempt + 1,
    title: mission.title,
    scope: scope.scope,
    criteria: scope.acceptance_criteria,
    instructions: task.instructions,
    inputs: await fetched(client, scope.inputs),
  }
}

/** The evidence statement of a task, out of the entry that attached it. */
export async function evidenceOf(client: Client, task: TaskJson): Promise<EvidenceStatement> {
  const { evidence } = task
  if (evidence === null) throw new Fault('task-without-evidence', { task: task.id })
  const entry = await client.entry(evidence.seq)
  if (entry === undefined) throw new Fault('evidence-unreadable', { type: EVIDENCE_TYPE, seq: evidence.seq })
  const { command } = JSON.parse(entry) as { command: Envelope }
  const payload = JSON.parse(Buffer.from(command.payload, 'base64').toString('utf8')) as {
    body: { evidence: Envelope }
  }
  const bundle = openBundle(payload.body.evidence)
  if (!bundle.ok) throw new Fault('evidence-unreadable', { type: EVIDENCE_TYPE, code: bundle.error.code })
  return bundle.value.statement
}

export async function reviewJobOf(
  client: Client,
  mission: MissionJson,
  task: TaskJson,
  statement: EvidenceStatement,
): Promise<ReviewJob> {
  const { predicate, subject } = statement
  const { reproduction } = predicate
  return {
    ...(await jobOf(client, mission, task)),
    attempt: task.attempt,
    artifacts: await fetched(
      client,
      subject.map(({ name, digest }) => ({ name, digest: `sha256:${digest.sha256}` })),
    ),
    intermediate: await fetched(client, predicate.intermediate),
    reproduction: {
      command: reproduction.command,
      inputs: await fetched(client, reproduction.inputs),
      outputs: reproduction.outputs,
      environment: Object.fromEntries(
        Object.entries(reproduction.environment).map(([name, value]) => [name, value ?? '']),
      ),
    },
    account: predicate.work,
  }
}

/** What the integrator puts before the gate: every artifact that reviewed evidence holds as its result. */
export async function outputsOf(client: Client, mission: MissionJson): Promise<{ outputs: Json; summary: string }> {
  const outputs: Json[] = []
  const words: string[] = []
  for (const task of mission.tasks) {
    const { subject } = await evidenceOf(client, task)
    for (const { name, digest } of subject) {
      const bytes = await client.download(`sha256:${digest.sha256}`)
      if (bytes === undefined) throw new Fault('artifact-missing', { name, digest: digest.sha256 })
      if (name === SUMMARY_FILE) {
        const { summary } = JSON.parse(new TextDecoder().decode(bytes)) as { summary: string }
        words.push(summary)
      }
      outputs.push({ name, digest: `sha256:${digest.sha256}`, bytes: bytes.length, media_type: mediaTypeOf(name) })
    }
  }
  return { outputs, summary: words.join(' ').slice(0, 4_000) || 'The result is in the outputs.' }
}

const MEDIA_TYPES = new Map([
  ['.csv', 'text/csv'],
  ['.diff', 'text/x-diff'],
  ['.json', 'application/json'],
  ['.md', 'text/markdown'],
  ['.mjs', 'text/javascript'],
  ['.sql', 'application/sql'],
  ['.txt', 'text/plain'],
])

export function mediaTypeOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return MEDIA_TYPES.get(dot < 0 ? '' : name.slice(dot)) ?? 'application/octet-stream'
}

async function fetched(
  client: Client,
  wanted: readonly { readonly name: string; readonly digest: string }[],
): Promise<readonly NamedBytes[]> {
  return Promise.all(
    wanted.map(async ({ name, digest }) => {
      const bytes = await client.download(digest)
      if (bytes === undefined) throw new Fault('artifact-missing', { name, digest })
      // The client has hashed what it got: it is a digest, and this one.
      return { name, digest: digest as Digest, bytes }
    }),
  )
}
