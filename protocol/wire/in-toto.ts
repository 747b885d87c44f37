/**
 * in-toto Statement v1: what a signature of evidence says, and about which artifacts.
 *
 *     { "_type": "https://in-toto.io/Statement/v1",
 *       "predicate": { … },
 *       "predicateType": "urn:genesis:evidence:v1",
 *       "subject": [{ "digest": { "sha256": "64 hex characters" }, "name": "report.md" }] }
 *
 * The statement travels as the payload of a DSSE envelope of type STATEMENT_PAYLOAD_TYPE. Every subject is named, and
 * named once, and carries exactly one digest, SHA-256: enough for the tools of that framework, nothing that could be
 * read in two ways.
 *
 * Errors: the codes of shape; `statement-subject-repeated`.
 * Source: in-toto attestation framework, spec/v1/statement.md and resource_descriptor.md.
 */
import type { Json } from './canonical-json.ts'
import { digestHex, type Digest } from './sha256.ts'
import * as Shape from './shape.ts'

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const STATEMENT_PAYLOAD_TYPE = 'application/vnd.in-toto+json'

export type Artifact = { readonly name: string; readonly digest: Digest }

export type Statement<P> = {
  readonly _type: typeof STATEMENT_TYPE
  readonly subject: readonly Subject[]
  readonly predicateType: string
  readonly predicate: P
}

type Subject = { readonly name: string; readonly digest: { readonly sha256: string } }

const subjectDigest = Shape.object({ sha256: Shape.string({ max: 64, pattern: /^[0-9a-f]{64}$/ }) })

/** Shape of a statement with one kind of predicate, about at least one and at most `subjects` artifacts. */
export function statementOf<P>(
  predicateType: string,
  predicate: Shape.Shape<P>,
  limits: { readonly name: Shape.Shape<string>; readonly subjects: number },
): Shape.Shape<Statement<P>> {
  const subject = Shape.array(Shape.object({ name: limits.name, digest: subjectDigest }), {
    min: 1,
    max: limits.subjects,
  })
  return Shape.object({
    _type: Shape.literal(STATEMENT_TYPE),
    subject: Shape.refined(subject, 'statement-subject-repeated', namesAreDistinct),
    predicateType: Shape.literal(predicateType),
    predicate,
  })
}

export function statement<P extends Json>(
  predicateType: string,
  predicate: P,
  artifacts: readonly Artifact[],
): Statement<P> {
  const subject = artifacts.map(({ name, digest }) => ({ digest: { sha256: digestHex(digest) }, name }))
  return { _type: STATEMENT_TYPE, predicate, predicateType, subject }
}

function namesAreDistinct(subjects: readonly Subject[]): boolean {
  return new Set(subjects.map(({ name }) => name)).size === subjects.length
}
