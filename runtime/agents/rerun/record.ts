/**
 * What is known of a mission's work from records alone: what was asked, the signed evidence, the revealed reviews. An
 * archive holds it, and so does the packaged form of the worked missions.
 */
import type { ReviewDecision, SeatFacts } from '../../../protocol/law/review/event.ts'
import type { Envelope } from '../../../protocol/wire/dsse.ts'
import { bundleOf, type EvidenceStatement } from '../../../protocol/wire/evidence.ts'
import { malformed, type Malformed } from '../../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../../protocol/wire/result.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import type { NamedBytes, ReviewJob } from '../skill.ts'

export type Named = { readonly name: string; readonly digest: string }

export type MissionRecord = {
  readonly mission: string
  readonly title: string
  readonly scope: string
  readonly missionClass: string
  readonly criteria: readonly string[]
  readonly inputs: readonly Named[]
  readonly tasks: readonly TaskRecord[]
}

export type TaskRecord = {
  readonly task: string
  readonly attempt: number
  readonly instructions: string
  readonly evidence: Envelope
  readonly reviews: readonly { readonly seat: SeatFacts; readonly decision: ReviewDecision }[]
}

/** Bytes by digest; undefined where nobody has them. Whoever asks checks them. */
export type GetArtifact = (digest: string) => Promise<Uint8Array | undefined>

/** Error codes: those of evidence, `artifact-missing`, `artifact-digest-differs`. */
export async function jobFromRecord(
  record: MissionRecord,
  task: TaskRecord,
  getArtifact: GetArtifact,
): Promise<Result<ReviewJob, Malformed>> {
  const bundle = bundleOf(task.evidence)
  if (!bundle.ok) return bundle
  const { statement } = bundle.value
  const wanted = namedIn(record, statement)
  const files = new Map<string, Omit<NamedBytes, 'name'>>()
  for (const { name, digest: value } of Object.values(wanted).flat()) {
    if (files.has(value)) continue
    const bytes = await getArtifact(value)
    if (bytes === undefined) return malformed('artifact-missing', { name, digest: value })
    const found = digest(bytes)
    if (found !== value) return malformed('artifact-digest-differs', { name, digest: value, found })
    files.set(value, { digest: found, bytes })
  }
  const filled = (items: readonly Named[]): readonly NamedBytes[] =>
    items.map(({ name, digest }) => ({ name, ...files.get(digest)! }))
  const { predicate } = statement
  const environment = Object.entries(predicate.reproduction.environment)
  return ok({
    mission: record.mission,
    task: task.task,
    attempt: task.attempt,
    title: record.title,
    scope: record.scope,
    criteria: record.criteria,
    instructions: task.instructions,
    inputs: filled(wanted.inputs),
    artifacts: filled(wanted.artifacts),
    intermediate: filled(wanted.intermediate),
    reproduction: {
      command: predicate.reproduction.command,
      inputs: filled(wanted.reproduced),
      outputs: predicate.reproduction.outputs,
      environment: Object.fromEntries(environment.map(([name, value]) => [name, value ?? ''])),
    },
    account: predicate.work,
  })
}

function namedIn(record: MissionRecord, { subject, predicate }: EvidenceStatement) {
  return {
    inputs: record.inputs,
    artifacts: subject.map(({ name, digest }) => ({ name, digest: `sha256:${digest.sha256}` })),
    intermediate: predicate.intermediate,
    reproduced: predicate.reproduction.inputs,
  }
}
