/**
 * A worked mission packaged as evidence alone: one file of records and a folder of artifacts, each named by its digest.
 *
 *     evidence/mission.json             what was asked, who took part with which key, signed evidence, signed reviews
 *     evidence/artifacts/<64 hex>       the bytes
 *
 * Reading it checks every signature and that each record is about this mission, by whom it says; and that the reviews
 * together amount to an approval under the topology of the mission's tier.
 *
 * The keys are made from public words and worth nothing elsewhere: the package shows that evidence suffices, not who
 * these people are.
 *
 * Codes: those of shapes, canonical JSON, envelopes and evidence; signature-invalid, unknown-actor, evidence-of-another,
 * review-of-another, review-ungrounded, not-approved.
 * Source: spec 3.3, 3.4, 11.4 (M-07, M-08).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { artifactRef } from '../../../protocol/law/mission/command.ts'
import { decisionShape } from '../../../protocol/law/review/command.ts'
import type { SeatFacts } from '../../../protocol/law/review/event.ts'
import { decisionDigest, isGrounded } from '../../../protocol/law/review/seal.ts'
import { tally, type Tally } from '../../../protocol/law/review/tally.ts'
import type { Topology } from '../../../protocol/law/constitution/topology.ts'
import { fromHex } from '../../../protocol/wire/bytes.ts'
import { parseRecord } from '../../../protocol/wire/canonical-json.ts'
import { envelopeShape, message, openValue, type Envelope, type Opened } from '../../../protocol/wire/dsse.ts'
import { keyId, verify } from '../../../protocol/wire/ed25519.ts'
import { openBundle, referencesOf, type EvidenceStatement } from '../../../protocol/wire/evidence.ts'
import { actorId, keyHex, subjectId } from '../../../protocol/wire/identifiers.ts'
import { malformed, under, type Malformed } from '../../../protocol/wire/malformed.ts'
import { err, ok, type Result } from '../../../protocol/wire/result.ts'
import * as Shape from '../../../protocol/wire/shape.ts'
import type { GetArtifact, MissionRecord, TaskRecord } from './record.ts'

export const DECISION_PAYLOAD_TYPE = 'application/vnd.genesis.review-decision+json'
export const WORKED_MISSION_FORMAT = 'urn:genesis:worked-mission:v1'

const words = Shape.text({ max: 4_000 })
const code = Shape.string({ min: 1, max: 64 })

const workedMission = Shape.object({
  format: Shape.literal(WORKED_MISSION_FORMAT),
  mission: Shape.object({
    id: subjectId,
    title: words,
    summary: words,
    scope: words,
    mission_class: code,
    domain_type: code,
    acceptance_criteria: Shape.array(words, { min: 1, max: 32 }),
    inputs: Shape.array(artifactRef, { max: 32 }),
    tier: code,
  }),
  task: Shape.object({ id: code, attempt: Shape.integer({ min: 1 }), instructions: words }),
  actors: Shape.array(
    Shape.object({
      id: actorId,
      key: keyHex,
      operator: actorId,
      region: code,
      organization: code,
      model_family: code,
      method_type: code,
    }),
    { min: 1, max: 32 },
  ),
  evidence: envelopeShape,
  reviews: Shape.array(envelopeShape, { min: 1, max: 16 }),
})

export type WorkedMission = Shape.Infer<typeof workedMission>

export type Read = {
  readonly record: MissionRecord
  readonly tier: string
  readonly domainType: string
  readonly references: readonly string[]
  /** Bytes that the package must hold. */
  readonly artifacts: readonly string[]
}

export function readWorkedMission(bytes: Uint8Array): Result<Read, Malformed> {
  const json = parseRecord(bytes, { bytes: 4 * 1_048_576, depth: 64 })
  if (!json.ok) return json
  const parsed = Shape.parse(workedMission, json.value)
  if (!parsed.ok) return parsed
  const { mission, task, actors, evidence, reviews } = parsed.value
  const bundle = openBundle(evidence)
  if (!bundle.ok) return err(under('evidence', bundle.error))
  const { statement, opened } = bundle.value
  const { predicate } = statement
  const worker = actors.find(({ id }) => id === predicate.worker)
  if (worker === undefined) return malformed('unknown-actor', { actor: predicate.worker }, '/evidence')
  if (!isSignedBy(opened, worker.key)) return malformed('signature-invalid', {}, '/evidence')
  const isOfThis = predicate.mission === mission.id && predicate.task === task.id && predicate.attempt === task.attempt
  if (!isOfThis) return malformed('evidence-of-another', { mission: predicate.mission }, '/evidence')
  const read: TaskRecord['reviews'][number][] = []
  for (const [i, envelope] of reviews.entries()) {
    const review = readReview(parsed.value, envelope, statement)
    if (!review.ok) return err(under('reviews', under(i, review.error)))
    read.push(review.value)
  }
  const record: MissionRecord = {
    mission: mission.id,
    title: mission.title,
    scope: mission.scope,
    missionClass: mission.mission_class,
    criteria: mission.acceptance_criteria,
    inputs: mission.inputs,
    tasks: [{ task: task.id, attempt: task.attempt, instructions: task.instructions, evidence, reviews: read }],
  }
  const references = referencesOf(statement)
  const artifacts = [...new Set([...mission.inputs.map((input) => input.digest as string), ...references])]
  return ok({ record, tier: mission.tier, domainType: mission.domain_type, references, artifacts })
}

function readReview(
  worked: WorkedMission,
  envelope: Envelope,
  statement: EvidenceStatement,
): Result<TaskRecord['reviews'][number], Malformed> {
  const opened = openValue(envelope)
  if (!opened.ok) return opened
  if (opened.value.payloadType !== DECISION_PAYLOAD_TYPE) return malformed('review-of-another', {}, '/payloadType')
  const json = parseRecord(opened.value.text)
  const decision = json.ok ? Shape.parse(decisionShape, json.value) : json
  if (!decision.ok) return decision
  const { reviewer, mission, task, attempt } = decision.value
  const actor = worked.actors.find(({ id }) => id === reviewer)
  if (actor === undefined) return malformed('unknown-actor', { actor: reviewer })
  if (!isSignedBy(opened.value, actor.key)) return malformed('signature-invalid', { actor: reviewer })
  const isOfThis = mission === worked.mission.id && task === worked.task.id && attempt === worked.task.attempt
  if (!isOfThis || reviewer === statement.predicate.worker) return malformed('review-of-another', { actor: reviewer })
  const { key: _key, ...seat } = actor
  return ok({ seat, decision: decision.value })
}

function isSignedBy(opened: Opened, key: string): boolean {
  const publicKey = fromHex(key)
  if (!publicKey.ok || opened.keyId !== keyId(publicKey.value)) return false
  return verify(opened.signature, message(opened), publicKey.value)
}

/** Whether the reviews amount to an approval; who sat twice or for the same operator does not count as two. */
export function conclusionOf(
  read: Read,
  topology: Topology,
  normativeThresholdPermille: number,
): Result<Tally, Malformed> {
  const [task] = read.record.tasks
  const reviews = task?.reviews ?? []
  const operators = new Set(reviews.map(({ seat }) => seat.operator))
  if (operators.size < reviews.length) return malformed('review-of-another', { operators: operators.size })
  const reviewed = reviews.map(({ seat, decision }) => {
    const counted = isGrounded(decision, read.references)
    const record = { reviewer: seat.id, verdict: decision.verdict, decision: decisionDigest(decision), counted }
    return { member: seat satisfies SeatFacts, record, dispute: decision.normative_dispute }
  })
  const result = tally(reviewed, topology, read.domainType, normativeThresholdPermille)
  return result.outcome === 'approved' ? ok(result) : malformed('not-approved', { reason: result.reason })
}

/** Artifacts out of a package's folder. */
export function artifactsIn(folder: string): GetArtifact {
  return async (wanted) => {
    try {
      return Uint8Array.from(readFileSync(join(folder, 'artifacts', wanted.slice('sha256:'.length))))
    } catch {
      return undefined
    }
  }
}
