/**
 * The catalogue: every row once, in the order of the specification. Attacks, properties, the traceability page and the
 * threat model are made from it.
 *
 * Source: spec 11.
 */
import { Fault } from '../wire/fault.ts'
import { CONTRACT } from './rows/contract.ts'
import { DESIGN_TESTS, repeatedTests } from './rows/design-tests.ts'
import { GATES } from './rows/gates.ts'
import { INVARIANTS } from './rows/invariants.ts'
import type { Row, RowId } from './rows/row.ts'
import { SPEKTRE } from './rows/spektre.ts'

export type { Row, RowId } from './rows/row.ts'

function invariant(id: RowId): Row {
  const row = INVARIANTS.find((one) => one.id === id)
  if (row === undefined) throw new Fault('row-unknown', { id })
  return row
}

export const ROWS: readonly Row[] = [
  ...INVARIANTS,
  ...DESIGN_TESTS,
  ...repeatedTests(invariant),
  ...GATES,
  ...CONTRACT,
  ...SPEKTRE,
]

/** How many rows the specification has of each kind. */
export const EXPECTED: { readonly [kind: string]: number } = { I: 28, D: 37, C: 16, M: 12, S: 9 }

const BY_ID: ReadonlyMap<string, Row> = new Map(ROWS.map((row) => [row.id, row]))

export function rowOf(id: string): Row | undefined {
  return BY_ID.get(id)
}
