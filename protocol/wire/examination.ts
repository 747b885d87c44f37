/**
 * An examination bundle: an in-toto Statement v1 in a DSSE envelope, signed by the operator of the machine that was
 * examined. It holds the results, so that nobody can sign other figures than those the artifacts are there for.
 *
 *     subject        the artifacts (tasks, answers, scores), by name and SHA-256
 *     predicateType  EXAMINATION_TYPE
 *     predicate      machine, operator, fingerprint, results in millionths, how to reproduce them, when
 *
 * Source: spec 4.5, 3.3; in-toto attestation framework, Statement v1.
 */
import { actorId, digest, timestamp } from './identifiers.ts'
import * as Shape from './shape.ts'
import { parseRecord } from './canonical-json.ts'
import { openValue, type Envelope, type Opened } from './dsse.ts'
import { STATEMENT_PAYLOAD_TYPE, statementOf } from './in-toto.ts'
import { ok, type Result } from './result.ts'
import type { Malformed } from './malformed.ts'

export const EXAMINATION_TYPE = 'urn:genesis:examination:v1'

const ARTIFACTS_MAX = 64

const name = Shape.string({
  max: 200,
  pattern: /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
})

const named = Shape.array(Shape.object({ name, digest }), { max: ARTIFACTS_MAX })

const share = Shape.integer({ min: 0, max: 1_000_000 })

export const examinationShape = Shape.object({
  machine: actorId,
  operator: actorId,
  /** Of the model that was examined, in the environment that it was examined in. */
  fingerprint: digest,
  results: Shape.object({ correctness_ppm: share, severe_errors_ppm: share, reproducibility_ppm: share }),
  reproduction: Shape.object({
    command: Shape.array(Shape.string({ min: 1, max: 1000 }), { min: 1, max: 64 }),
    inputs: named,
    outputs: named,
    environment: Shape.record(Shape.string({ min: 1, max: 64 }), Shape.string({ max: 1000 }), { max: 32 }),
  }),
  started: timestamp,
  finished: timestamp,
})

const statementShape = statementOf(EXAMINATION_TYPE, examinationShape, { name, subjects: ARTIFACTS_MAX })

export type Examination = { readonly opened: Opened; readonly statement: Shape.Infer<typeof statementShape> }

function openExamination(envelope: Envelope): Result<Examination, Malformed> {
  const opened = openValue(envelope)
  if (!opened.ok) return opened
  if (opened.value.payloadType !== STATEMENT_PAYLOAD_TYPE) {
    return { ok: false, error: { code: 'evidence-payload-type', path: '/payloadType' } }
  }
  const json = parseRecord(opened.value.text)
  if (!json.ok) return json
  const statement = Shape.parse(statementShape, json.value)
  return statement.ok ? ok({ opened: opened.value, statement: statement.value }) : statement
}

/** Every digest whose bytes the examination rests on. */
export function artifactsOfExamination({ statement }: Examination): readonly string[] {
  const { inputs, outputs } = statement.predicate.reproduction
  const subjects = statement.subject.map((subject) => `sha256:${subject.digest.sha256}`)
  return [...new Set([...subjects, ...[...inputs, ...outputs].map((artifact) => artifact.digest)])]
}

const known = new WeakMap<Envelope, Result<Examination, Malformed>>()

/** Read once per envelope: its constraints, its signature check and its decision all look at it. */
export function examinationOf(envelope: Envelope): Result<Examination, Malformed> {
  const seen = known.get(envelope)
  if (seen !== undefined) return seen
  const opened = openExamination(envelope)
  known.set(envelope, opened)
  return opened
}
