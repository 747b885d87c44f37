/**
 * An evidence bundle: an in-toto Statement v1 in a DSSE envelope, signed by whoever did the work.
 *
 *     subject        the artifacts, by name and SHA-256
 *     predicateType  EVIDENCE_TYPE
 *     predicate      mission, task, attempt, worker, what was done, how to reproduce it, what it went through, when
 *
 * It proves that this work happened. That others found it good is another record, made by others.
 *
 * Source: spec 3.3; in-toto attestation framework, Statement v1.
 */
import { actorId, digest, subjectId, timestamp } from './identifiers.ts'
import * as Shape from './shape.ts'
import { parseRecord } from './canonical-json.ts'
import { openValue, type Envelope, type Opened } from './dsse.ts'
import { STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE, statementOf } from './in-toto.ts'
import { ok, type Result } from './result.ts'
import type { Malformed } from './malformed.ts'

export { STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE }
export const EVIDENCE_TYPE = 'urn:genesis:evidence:v1'

/** Most artifacts that one list of a bundle names, and longest text of one of its fields. */
const ARTIFACTS_MAX = 64
const TEXT_MAX = 4_000

const name = Shape.string({
  max: 200,
  pattern: /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
})

const named = Shape.object({ name, digest })

export const predicateShape = Shape.object(
  {
    mission: subjectId,
    task: Shape.string({ max: 64, pattern: /^[a-z0-9._-]{1,64}$/ }),
    attempt: Shape.integer({ min: 1 }),
    worker: actorId,
    /** What was done, in words. */
    work: Shape.text({ max: TEXT_MAX }),
    reproduction: Shape.object({
      /** Program and arguments, run in a folder that holds the inputs by name. */
      command: Shape.array(Shape.string({ min: 1, max: 1000 }), { max: 64 }),
      inputs: Shape.array(named, { max: ARTIFACTS_MAX }),
      outputs: Shape.array(named, { max: ARTIFACTS_MAX }),
      environment: Shape.record(Shape.string({ min: 1, max: 64 }), Shape.string({ max: 1000 }), { max: 32 }),
    }),
    /** Intermediate reasoning artifacts; R2 needs at least one. */
    intermediate: Shape.array(named, { max: ARTIFACTS_MAX }),
    started: timestamp,
    finished: timestamp,
  },
  {
    /** Both are required of machines, and must be what the machine is registered as. */
    model_family: Shape.string({ min: 1, max: 64 }),
    method_type: Shape.string({ min: 1, max: 64 }),
  },
)

const statementShape = statementOf(EVIDENCE_TYPE, predicateShape, { name, subjects: ARTIFACTS_MAX })

export type EvidenceStatement = Shape.Infer<typeof statementShape>

export type Bundle = { readonly opened: Opened; readonly statement: EvidenceStatement }

/** Open an envelope and read the statement inside. Its signature is checked by whoever has the fastest engine. */
export function openBundle(envelope: Envelope): Result<Bundle, Malformed> {
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

/** The artifacts of a bundle as record digests. */
export function artifactsOf(statement: EvidenceStatement): readonly { name: string; digest: string }[] {
  return statement.subject.map((subject) => ({ name: subject.name, digest: `sha256:${subject.digest.sha256}` }))
}

/** Every digest that a review of this bundle may refer to. */
export function referencesOf(statement: EvidenceStatement): readonly string[] {
  const { reproduction, intermediate } = statement.predicate
  const all = [...artifactsOf(statement), ...reproduction.inputs, ...reproduction.outputs, ...intermediate]
  return [...new Set(all.map((artifact) => artifact.digest))]
}

const opened = new WeakMap<Envelope, Result<Bundle, Malformed>>()

/** As `openBundle`, read once per envelope: its constraints, its signature check and its decision all look at it. */
export function bundleOf(envelope: Envelope): Result<Bundle, Malformed> {
  const known = opened.get(envelope)
  if (known !== undefined) return known
  const bundle = openBundle(envelope)
  opened.set(envelope, bundle)
  return bundle
}
