/** What is being written survives a reload: kept in this browser until it is sealed. Nobody else sees it. */
import { dictionary, fields, flag, list, number, nullable, oneOf, text } from '../../data/read.ts'
import { emptyDraft, type Draft, type Place } from './draft.ts'

const draft = fields({
  verdict: nullable(oneOf('approve', 'reject', 'rework')),
  scores: fields({ correctness: text, completeness: text, policy_compliance: text }),
  reasons: list(fields({ id: number, text, references: dictionary(text) })),
  dispute: flag,
})

export function recallDraft(place: Place): Draft {
  try {
    const kept = localStorage.getItem(nameOf(place))
    if (kept === null) return emptyDraft()
    const { verdict, ...rest } = draft(JSON.parse(kept), '')
    return { ...rest, verdict: verdict ?? undefined }
  } catch {
    return emptyDraft()
  }
}

export function keepDraft(place: Place, written: Draft): void {
  try {
    localStorage.setItem(nameOf(place), JSON.stringify(written))
  } catch {
    // A browser that keeps nothing says so when the decision is sealed.
  }
}

export function forgetDraft(place: Place): void {
  try {
    localStorage.removeItem(nameOf(place))
  } catch {
    // Nothing was kept where nothing can be.
  }
}

function nameOf({ mission, task, attempt, reviewer }: Place): string {
  return `genesis:review:${mission}:${task}:${attempt}:${reviewer}`
}
