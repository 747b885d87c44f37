/**
 * Appeals as readers see them: what is contested, by whom and why, what the other side says, who hears it.
 *
 *     { id, decision: '000000000042-001', status: 'answering', respondents: […], respond_by: '2026-…', outcome: null }
 *
 * `contestableView` is what one human may still contest: the decisions that affected them, within their window.
 */
import type { Json } from '../wire/canonical-json.ts'
import { formatTimestamp, millis, type Millis } from '../wire/time.ts'
import type { Appeal } from '../law/appeal/state.ts'
import type { State } from '../law/state.ts'
import { worldOf } from '../law/world.ts'

type View = { readonly [key: string]: Json }

export function appealsView(state: State): View {
  return { appeals: [...state.appeals.byId.values()].map(appeal) }
}

export function appealView(state: State, id: string): View | undefined {
  const found = state.appeals.byId.get(id)
  return found === undefined ? undefined : appeal(found)
}

function appeal(found: Appeal): View {
  const { id, decision, level, status, answers } = found
  return {
    id,
    decision: decision.id,
    decision_type: decision.type,
    subject: decision.subject,
    about: decision.about,
    mission: decision.mission ?? null,
    task: decision.task ?? null,
    level,
    appellant: found.appellant,
    reason_code: found.reasonCode,
    statement: found.statement,
    grounds: found.grounds,
    evidence: found.evidence,
    respondents: found.respondents,
    answers: [...answers].map(([respondent, statement]) => ({ respondent, statement })),
    filed_at: formatTimestamp(found.filedAt),
    respond_by: formatTimestamp(found.respondBy),
    panel: found.panel ?? null,
    status,
    outcome: found.outcome ?? null,
  }
}

/** Newest first; undefined for whoever is no human of this deployment. */
export function contestableView(state: State, actor: string, at: Millis): View | undefined {
  if (state.founded === undefined || !state.identities.humans.has(actor)) return undefined
  const { windowMs } = state.founded.constitution.appeals
  const world = worldOf(state)
  const decisions = [...state.appeals.decisions.values()]
    .filter((decision) => at <= decision.at + windowMs && !state.appeals.against.has(decision.id))
    .filter((decision) => world.affectedBy(decision.id)?.affected.includes(actor) === true)
    .toReversed()
    .map(({ id, type, subject, mission, task, outcome, at: decidedAt }) => ({
      decision: id,
      type,
      subject,
      mission: mission ?? null,
      task: task ?? null,
      outcome,
      at: formatTimestamp(decidedAt),
      until: formatTimestamp(millis(decidedAt + windowMs)),
    }))
  return { actor, at: formatTimestamp(at), decisions }
}
