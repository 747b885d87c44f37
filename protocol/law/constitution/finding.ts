/**
 * What is wrong with a constitution: a value, one for each fault, never thrown.
 *
 *     { code: 'parameter-out-of-range', document: 'params', path: '/commitment_committee/t', given: 5,
 *       required: '>= 8', invariants: ['I-07'] }
 *
 * `path` is a JSON Pointer (RFC 6901) into the document, '' for the whole of it. `given` is absent where nothing
 * was given. `required` is a formula or a value, not a sentence. `invariants` are those of the threat model
 * that a system under such a constitution would break; a value can also be wrong without breaking one.
 *
 * Source: spec 5.3 (ranges), 11.1 (invariants), 12 K1, K2.
 */
import type { Json } from '../../wire/canonical-json.ts'

export type DocumentName = 'params' | 'policy' | 'genome' | 'texts'

export type InvariantId = `I-${number}`

export type FindingCode = StructureCode | 'documents-disagree' | 'value-not-pinned' | RuleCode

/** Faults of one place, seen without looking at any other. */
export type StructureCode =
  | 'document-malformed'
  | 'section-missing'
  | 'parameter-missing'
  | 'parameter-unknown'
  | 'parameter-wrong-type'
  | 'parameter-not-integer'
  | 'parameter-too-fine'
  | 'parameter-out-of-range'
  | 'parameter-fixed'
  | 'list-differs'
  | 'text-malformed'

/** Faults between places: the code of the rule in `rules/` that does not hold. */
export type RuleCode = `rule-${string}`

export type Finding = {
  readonly code: FindingCode
  readonly document: DocumentName
  readonly path: string
  readonly given?: Json
  readonly required: string
  readonly invariants: readonly InvariantId[]
}
