/**
 * Documentation missions: the worker that repairs a document, and the five ways to review what came of it. Any of the
 * five may be drawn, so each looks at all it can see from its side.
 */
import { judgeRerun } from '../analysis/rerun.ts'
import type { Opinion, Reviewer, ReviewJob } from '../skill.ts'
import { criteria } from './review/criteria.ts'
import { integrity } from './review/integrity.ts'
import { linkTables } from './review/link-tables.ts'
import { reDerivation } from './review/re-derivation.ts'

export { work } from './work.ts'

/** By the name of the agent. */
export const DOCUMENT_REVIEWERS: { readonly [agent: string]: Reviewer } = {
  'recompute-ts': reDerivation,
  'recompute-sql': linkTables,
  bm25: criteria,
  rerun: judgeRerun,
  'data-quality': integrity,
}

/** Undefined for an agent that reviews no documents. */
export async function review(job: ReviewJob, agent: string): Promise<Opinion | undefined> {
  return Object.hasOwn(DOCUMENT_REVIEWERS, agent) ? DOCUMENT_REVIEWERS[agent]?.(job) : undefined
}
