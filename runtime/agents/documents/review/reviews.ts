/** The reviews that need nothing but the evidence, by the name of the agent. */
import type { Reviewer } from '../../skill.ts'
import { criteria } from './criteria.ts'
import { integrity } from './integrity.ts'
import { linkTables } from './link-tables.ts'
import { reDerivation } from './re-derivation.ts'

export const REVIEWS: { readonly [agent: string]: Reviewer } = {
  'recompute-ts': reDerivation,
  'recompute-sql': linkTables,
  bm25: criteria,
  'data-quality': integrity,
}
