/**
 * What the protocol says about one parameter, and about the section that holds it.
 *
 * Shape: `{ document: 'params', path: '/commitment_committee/t', kind: seats(3, 64), meaning: '…', why: '…',
 *   invariants: ['I-07'] }`. `why` gives the reason of the range; `invariants` are those that a value outside of
 * it breaks. A section's invariants are broken where the whole section is missing or holds a key that no rule
 * knows.
 */
import type { DocumentName, InvariantId } from '../finding.ts'
import type { Kind } from './kind.ts'

export type Parameter = {
  readonly document: DocumentName
  readonly path: string
  readonly kind: Kind
  /** One sentence: what the value does. */
  readonly meaning: string
  /** Why the protocol draws the range where it does. */
  readonly why: string
  readonly invariants: readonly InvariantId[]
}

export type Section = {
  readonly document: DocumentName
  readonly path: string
  readonly meaning: string
  readonly invariants: readonly InvariantId[]
  /** True where the section is a JSON array of exactly as many items as the schema has. */
  readonly list?: true
}

/** A parameter as its table writes it: key, kind, meaning, reason, and the invariants a wrong value breaks. */
export type Row = readonly [key: string, kind: Kind, meaning: string, why: string, ...invariants: InvariantId[]]

export type Chapter = { readonly section: Section; readonly parameters: readonly Parameter[] }

/** A section with its parameters. */
export function chapter(
  document: DocumentName,
  path: string,
  meaning: string,
  invariants: readonly InvariantId[],
  rows: readonly Row[],
): Chapter {
  return {
    section: { document, path, meaning, invariants },
    parameters: rows.map(([key, kind, sentence, why, ...broken]) => ({
      document,
      path: `${path}/${key}`,
      kind,
      meaning: sentence,
      why,
      invariants: broken,
    })),
  }
}
