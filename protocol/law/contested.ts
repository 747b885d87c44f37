/**
 * Which events are decisions that can be appealed, and whom each of them affected.
 *
 * Affected are humans: those who took part, and the operators of machines that did. Who decided is not uninvolved
 * either; of them, those who decided alone (the approver at a gate, the resolver of an incident) answer for it.
 *
 * Source: spec 3.6.
 */
import { millis, type Millis } from '../wire/time.ts'
import type { Decision } from './appeal/state.ts'
import type { Concerned } from './constraints/world.ts'
import type { LawEvent } from './events.ts'
import { isScoped } from './mission/state.ts'
import type { State } from './state.ts'

/** Remember the event if one may appeal against it. `id` is its event id. */
export function noteDecision(state: State, event: LawEvent, entry: { readonly id: string; readonly at: Millis }): void {
  const decision = decisionIn(state, event)
  if (decision === undefined) return
  const { decisions, decisionsOn } = state.appeals
  decisions.set(entry.id, { ...NO_DECISION, ...decision, id: entry.id, at: entry.at })
  for (const subject of decision.about) decisionsOn.set(subject, [...(decisionsOn.get(subject) ?? []), entry.id])
}

const NO_DECISION = {
  mission: undefined,
  task: undefined,
  attempt: 0,
  actor: undefined,
  by: undefined,
  outcome: '',
  appeal: undefined,
}

type Found = Pick<Decision, 'type' | 'subject' | 'about'> & Partial<Decision>

function decisionIn(state: State, event: LawEvent): Found | undefined {
  const { subject } = event
  switch (event.event_type) {
    case 'mission.completed':
    case 'mission.rejected': {
      const { attempt, decision } = event.data
      const by = decision?.approver
      return { type: event.event_type, subject, about: [subject], mission: subject, attempt, by }
    }
    case 'mission.task_rework': {
      const { task, attempt, reason } = event.data
      // What a panel decided is contested as the panel's decision, not once more as what followed from it.
      if (reason === 'adjudication' || reason === 'appeal') return undefined
      return { type: event.event_type, subject, about: [subject], mission: subject, task, attempt, outcome: reason }
    }
    case 'review.panel_concluded': {
      const { about, outcome } = event.data
      if (about.kind !== 'task') return undefined
      const { mission, task, attempt } = about
      return { type: event.event_type, subject, about: [mission], mission, task, attempt, outcome }
    }
    case 'governance.incident_resolved': {
      const { resolution, concerns, accused } = event.data
      if (resolution === 'settled') return undefined
      // The accused too, named among the subjects or not: while it is contested nothing final is built on it.
      const about = [...new Set([subject, ...concerns, ...(accused === null ? [] : [accused])])]
      return { type: event.event_type, subject, about, by: event.data.by ?? undefined, outcome: resolution }
    }
    case 'trust.gain_discarded':
      return {
        type: event.event_type,
        subject,
        about: [subject],
        actor: event.data.actor,
        outcome: event.data.reason,
      }
    case 'trust.machine_quarantined':
    case 'trust.machine_decommissioned':
      return { type: event.event_type, subject, about: [subject], actor: subject }
    case 'governance.appeal_decided': {
      const appeal = state.appeals.byId.get(subject)
      if (appeal === undefined || appeal.level > 1) return undefined
      const { about, mission, task, attempt, actor } = appeal.decision
      const { outcome } = event.data
      return { type: event.event_type, subject, about, mission, task, attempt, actor, outcome, appeal: subject }
    }
    default:
      return undefined
  }
}

/** A decision about the subject against which an appeal may still be filed, and until when. */
export function contestable(
  { appeals }: State,
  subject: string,
  at: Millis,
  windowMs: number,
): { readonly decision: string; readonly until: Millis } | undefined {
  for (const id of appeals.decisionsOn.get(subject) ?? []) {
    const decision = appeals.decisions.get(id)
    if (decision === undefined || appeals.against.has(id)) continue
    const until = millis(decision.at + windowMs)
    if (at <= until) return { decision: id, until }
  }
  return undefined
}

export function affectedBy(state: State, decisionId: string): Concerned | undefined {
  const decision = state.appeals.decisions.get(decisionId)
  return decision === undefined ? undefined : concernedBy(state, decision)
}

/** @param own the decision that is contested: who hears the appeal against it is no stranger to that appeal */
function concernedBy(state: State, decision: Decision, own = decision.id): Concerned {
  const first = decision.appeal === undefined ? undefined : state.appeals.byId.get(decision.appeal)
  if (first !== undefined) {
    const before = concernedBy(state, first.decision, own)
    return { ...before, deciders: [...before.deciders, ...everSat(state, first.panel)] }
  }
  switch (decision.type) {
    case 'governance.incident_resolved':
      return ofIncident(state, decision, own)
    case 'trust.gain_discarded':
    case 'trust.machine_quarantined':
    case 'trust.machine_decommissioned':
      return { affected: humansOf(state, [decision.actor]), answerable: [], deciders: [] }
    default:
      return ofMission(state, decision, own)
  }
}

function ofMission(state: State, { mission: id = '', by }: Decision, own: string): Concerned {
  const mission = state.missions.get(id)
  if (mission === undefined) return { affected: [], answerable: [], deciders: [] }
  const affected = humansOf(state, involvedIn(state, id))
  const answerable = by === undefined ? [] : [by]
  // Whoever adjudicated one of its tasks in any attempt has judged this mission before: that is not uninvolved.
  const sat = (state.panels.ofMission.get(id) ?? []).flatMap((panel) => everSat(state, panel))
  return { affected, answerable, deciders: [...answerable, ...sat, ...heardBefore(state, id, own)] }
}

function ofIncident(state: State, { subject, by }: Decision, own: string): Concerned {
  const incident = state.incidents.byId.get(subject)
  if (incident === undefined) return { affected: [], answerable: [], deciders: [] }
  const owners = incident.concerns.map((subject) => state.missions.get(subject)?.owner ?? subject)
  const affected = humansOf(state, [incident.accused, incident.reporter, ...owners])
  // Who resolved it before it was opened again decided in the same matter, and so did who heard an appeal about that.
  const before = [...humansOf(state, [by, ...incident.resolvers]), ...heardBefore(state, subject, own)]
  // Who may not resolve it, because it is about what they do, does not hear an appeal about it either.
  const involved = humansOf(
    state,
    incident.concerns.flatMap((one) => involvedIn(state, one)),
  )
  return { affected, answerable: humansOf(state, [by]), deciders: [...before, ...involved] }
}

/** Who had a hand in what an incident concerns: a mission's own, the parties to an appeal, whose gain it is. */
function involvedIn(state: State, subject: string): readonly (string | undefined)[] {
  const mission = state.missions.get(subject)
  if (mission !== undefined) {
    const roles = isScoped(mission) ? [mission.scope.planner, mission.scope.integrator] : []
    return [mission.owner, ...roles, ...mission.everWorked, ...mission.everReviewed]
  }
  const appeal = state.appeals.byId.get(subject)
  if (appeal !== undefined) return [appeal.appellant, ...appeal.respondents]
  return [state.trust.suspensions.get(subject)?.actor]
}

/** The humans among the actors, and the operators of the machines among them. Anything else is nobody. */
function humansOf(state: State, actors: readonly (string | undefined)[]): readonly string[] {
  const found = actors.flatMap((id) => {
    if (id === undefined) return []
    if (state.identities.humans.has(id)) return [id]
    const operator = state.machines.get(id)?.operator
    return operator === undefined ? [] : [operator]
  })
  return [...new Set(found)].toSorted()
}

/** Who sat in the hearing of another decision in the same matter. */
function heardBefore(state: State, matter: string, own: string): readonly string[] {
  return (state.appeals.ever.get(matter) ?? []).flatMap((one) => {
    const appeal = state.appeals.byId.get(one)
    return appeal === undefined || appeal.decision.id === own ? [] : everSat(state, appeal.panel)
  })
}

function everSat(state: State, panel: string | undefined): readonly string[] {
  const found = panel === undefined ? undefined : state.panels.byId.get(panel)
  return found?.sat ?? []
}
