/**
 * Incidents that nobody reports: the law opens them where it sees them, and closes them where what they waited for
 * has come about (spec 3.6, 4.3).
 *
 *     trust.gain_suspended, trust.gain_held_again ─▶ suspended-gain, until the gain is released or discarded
 *     governance.epoch_closed ──▶ overdue-commitment, while an older epoch is late on chain; a human resolves it
 *     governance.epoch_closed ──▶ phase-deadline, at or behind the limit of founder stewardship; it concerns the founding,
 *                                 `genesis`, and so nobody in particular: all is withheld from then on anyway (spec 5.1)
 */
import type { IncidentEvent } from '../incident/event.ts'
import type { LawsKind, Severity } from '../incident/kinds.ts'
import type { Incident } from '../incident/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

export const openIncidents: Process = (event, situation) => {
  switch (event.event_type) {
    case 'trust.gain_suspended':
    case 'trust.gain_held_again':
      return [opened(situation, `incident-${event.subject}`, 'suspended-gain', event.subject)]
    case 'trust.gain_released':
      return settled(situation, event.subject, 'The gain was released.')
    case 'trust.gain_discarded':
      return settled(situation, event.subject, 'The gain was discarded.')
    case 'governance.epoch_closed':
      return [...overdue(situation), ...deadline(situation)]
    default:
      return NOTHING
  }
}

/** One at a time: a chain that is down for a day is one incident, not twenty-four. */
function overdue(situation: Situation): readonly IncidentEvent[] {
  const { world, at } = situation
  const epoch = world.overdueEpoch(at)
  if (epoch === undefined || openOf(situation, 'overdue-commitment', 'epochs').length > 0) return []
  return [opened(situation, `incident-epoch-${epoch}`, 'overdue-commitment', 'epochs')]
}

/** Limits are reached at equality; it is one incident, however many epochs are closed behind it. */
function deadline(situation: Situation): readonly IncidentEvent[] {
  const { world, at } = situation
  const { phases } = world.constitution
  const passed = world.phase().id === 'G0' && at >= world.deployment.startedAt + phases.g0MaxMs
  if (!passed || openOf(situation, 'phase-deadline', FOUNDING).length > 0) return []
  return [opened(situation, 'incident-phase-g0', 'phase-deadline', FOUNDING)]
}

/** What stands for the deployment as a whole. */
const FOUNDING = 'genesis'

function opened({ state, world }: Situation, wanted: string, kind: LawsKind, subject: string): IncidentEvent {
  // Names are first come: whoever took this one before has it.
  let id = wanted
  for (let n = 2; world.kindOf(id) !== undefined || state.incidents.byId.has(id); n++) id = `${wanted}.${n}`
  const nobody = { accused: null, reporter: null, responsible: null }
  const data = {
    kind,
    severity: SEVERITIES[kind],
    concerns: [subject],
    ...nobody,
    account: ACCOUNTS[kind],
    grounds: [],
  } as const
  return { event_type: 'governance.incident_opened', subject: id, data }
}

const SEVERITIES: { readonly [kind in LawsKind]: Severity } = {
  'suspended-gain': 'minor',
  'overdue-commitment': 'minor',
  'phase-deadline': 'severe',
}

const ACCOUNTS: { readonly [kind in LawsKind]: string } = {
  'suspended-gain': 'A gain of one epoch lies beyond the guard and waits for humans.',
  'overdue-commitment': 'A closed epoch is not on chain although it is due.',
  'phase-deadline': 'The phase has come to its limit and no other has begun.',
}

function settled(situation: Situation, subject: string, reason: string): readonly IncidentEvent[] {
  return openOf(situation, 'suspended-gain', subject).map(({ id, kind, severity, concerns }) => ({
    event_type: 'governance.incident_resolved',
    subject: id,
    data: { resolution: 'settled', kind, severity, concerns, accused: null, by: null, reason },
  }))
}

function openOf({ state }: Situation, kind: string, subject: string): readonly Incident[] {
  const { byId, openOn } = state.incidents
  return [...(openOn.get(subject) ?? [])].flatMap((id) => {
    const incident = byId.get(id)
    return incident?.kind === kind ? [incident] : []
  })
}
