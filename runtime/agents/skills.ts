/**
 * Which deterministic agent does what: by mission class for workers, and by agent within a class for reviewers. All of
 * them are repeatable. Agents that ask a model bring their skill with them (llm/llm.ts).
 */
import { analyse, ANALYSIS_REVIEWERS } from './analysis/analysis.ts'
import { DOCUMENT_REVIEWERS, work as repairDocuments } from './documents/documents.ts'
import { reviewForm } from './form/form.ts'
import type { Reviewer, Worker } from './skill.ts'

const WORKERS = new Map<string, Worker>([
  ['documentation_update', repairDocuments],
  ['regulated_analysis', analyse],
])

const REVIEWERS = new Map<string, ReadonlyMap<string, Reviewer>>([
  ['documentation_update', new Map(Object.entries(DOCUMENT_REVIEWERS))],
  ['regulated_analysis', new Map(Object.entries(ANALYSIS_REVIEWERS))],
])

/** Agents that look at any work in the same way. */
const ANY_CLASS = new Map<string, Reviewer>([['form', reviewForm]])

export function workerFor(missionClass: string): Worker | undefined {
  return WORKERS.get(missionClass)
}

export function reviewerFor(missionClass: string, agent: string): Reviewer | undefined {
  return REVIEWERS.get(missionClass)?.get(agent) ?? ANY_CLASS.get(agent)
}
