/**
 * The parameters as a table: what people read, what the documents are generated from.
 *
 * Shape of a row: `{ document: 'params', path: '/commitment_committee/t', value: 10, unit: 'seats',
 *   range: 'integer >= 3, <= 64', meaning: '…', why: '…', flagged: false, entrenched: true, invariants: ['I-07'] }`.
 * `value` is as written, `unit` what it is kept in.
 */
import type { Json } from '../../wire/canonical-json.ts'
import type { Constitution } from './constitution.ts'
import type { DocumentName, InvariantId } from './finding.ts'
import { rangeOf, type Unit } from './schema/kind.ts'
import { PARAMETERS } from './schema/schema.ts'
import { at } from './pointer.ts'

export type ParameterRow = {
  readonly document: DocumentName
  readonly path: string
  readonly value: Json | undefined
  readonly unit: Unit
  readonly range: string
  readonly meaning: string
  readonly why: string
  /** A human has still to review the value (the asterisk of the blueprint). */
  readonly flagged: boolean
  readonly entrenched: boolean
  readonly invariants: readonly InvariantId[]
}

export function parameterTable(constitution: Constitution): readonly ParameterRow[] {
  const { flagged, entrenched, documents } = constitution
  return PARAMETERS.map(({ document, path, kind, meaning, why, invariants }) => {
    const under = (pointers: readonly string[]) =>
      document === 'params' && pointers.some((pointer) => path === pointer || path.startsWith(`${pointer}/`))
    return {
      document,
      path,
      value: at(documents[document], path),
      unit: kind.unit,
      range: rangeOf(kind),
      meaning,
      why,
      flagged: under(flagged),
      entrenched: under(entrenched.provisions) || under(entrenched.notAmendable),
      invariants,
    }
  })
}
