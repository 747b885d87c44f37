/** Whose histories a decision of high risk rests on, and what those histories say of the rules. Pure. */
import type { LawEvent } from '../../../protocol/law/events.ts'
import type { Incident } from '../../data/incidents.ts'
import type { Mission } from '../../data/missions.ts'
import type { TrustView } from '../../data/trust.ts'

/** The records that a decision rests on. */
export const RECORDED: readonly string[] = [
  'mission.evidence_attached',
  'review.revealed',
  'mission.gate_opened',
] satisfies readonly LawEvent['event_type'][]

/** Workers first, then reviewers; each once. */
export function partiesOf({ tasks }: Pick<Mission, 'tasks'>): readonly string[] {
  const workers = tasks.flatMap(({ worker }) => (worker === null ? [] : [worker]))
  const reviewers = tasks.flatMap(({ review }) => review?.seats.map(({ id }) => id) ?? [])
  return [...new Set([...workers, ...reviewers])]
}

export type Compliance = {
  readonly proofs: number
  readonly failures: number
  /** Incidents in which they are accused and that were not dismissed. */
  readonly accused: number
}

export function complianceOf({ actor, movements }: TrustView, incidents: readonly Incident[]): Compliance {
  return {
    proofs: movements.filter(({ cause }) => cause === 'proof').length,
    failures: movements.filter(({ cause }) => cause === 'failure').length,
    accused: incidents.filter(({ accused, status }) => accused === actor && status !== 'dismissed').length,
  }
}
