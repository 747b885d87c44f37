/**
 * Documentation missions: the worker that repairs a document, and the five ways to review what came of it. Any of the
 * five may be drawn, so each looks at all it can see from its side. Work and reviews run in the sandbox.
 */
import { judgeRerun } from '../analysis/rerun.ts'
import type { Reviewer } from '../skill.ts'
import { apart } from './review/apart.ts'
import { REVIEWS } from './review/reviews.ts'

export { work } from './work.ts'

/** By the name of the agent. */
export const DOCUMENT_REVIEWERS: { readonly [agent: string]: Reviewer } = {
  ...Object.fromEntries(Object.keys(REVIEWS).map((agent) => [agent, apart(agent)])),
  rerun: judgeRerun,
}
