/** The fold of incident events. */
import type { Millis } from '../../wire/time.ts'
import type { IncidentEvent } from './event.ts'
import { reportKey, type Incident, type Incidents } from './state.ts'

export function evolveIncident(
  incidents: Incidents,
  event: IncidentEvent,
  entry: { readonly seq: number; readonly at: Millis },
): void {
  switch (event.event_type) {
    case 'governance.incident_opened': {
      const { accused, reporter, responsible, ...facts } = event.data
      const incident: Incident = {
        ...facts,
        id: event.subject,
        accused: accused ?? undefined,
        reporter: reporter ?? undefined,
        responsible: responsible ?? undefined,
        seq: entry.seq,
        openedAt: entry.at,
        status: 'open',
        resolved: undefined,
        resolvers: [],
      }
      incidents.byId.set(incident.id, incident)
      hold(incidents, incident)
      if (incident.reporter !== undefined) incidents.reported.add(reportKey(incident))
      count(incidents, incident, 1)
      return
    }
    case 'governance.incident_resolved': {
      const incident = incidents.byId.get(event.subject)
      if (incident === undefined) return
      const { resolution, by, reason } = event.data
      const resolved = { by: by ?? undefined, reason, seq: entry.seq }
      const resolvers = by === null ? incident.resolvers : [...incident.resolvers, by]
      incidents.byId.set(incident.id, { ...incident, status: resolution, resolved, resolvers })
      release(incidents, incident)
      count(incidents, incident, -1)
      return
    }
    case 'governance.incident_reversed': {
      const incident = incidents.byId.get(event.subject)
      if (incident === undefined) return
      const { to } = event.data
      incidents.byId.set(incident.id, {
        ...incident,
        status: to,
        resolved: to === 'open' ? undefined : incident.resolved,
      })
      if (to === 'open' && incident.status !== 'open') {
        hold(incidents, incident)
        count(incidents, incident, 1)
      }
      if (to !== 'open' && incident.status === 'open') {
        release(incidents, incident)
        count(incidents, incident, -1)
      }
      return
    }
  }
}

function hold({ openOn, severeOn }: Incidents, incident: Incident): void {
  for (const subject of heldBy(incident)) {
    open(openOn, subject, incident.id)
    if (incident.severity === 'severe') open(severeOn, subject, incident.id)
  }
}

function release({ openOn, severeOn }: Incidents, incident: Incident): void {
  for (const subject of heldBy(incident)) {
    close(openOn, subject, incident.id)
    close(severeOn, subject, incident.id)
  }
}

/** In place: whoever has a thousand open incidents must not cost a thousand steps for the next. */
function open(on: Map<string, Set<string>>, subject: string, id: string): void {
  const known = on.get(subject)
  if (known === undefined) on.set(subject, new Set([id]))
  else known.add(id)
}

function close(on: Map<string, Set<string>>, subject: string, id: string): void {
  const known = on.get(subject)
  known?.delete(id)
  if (known?.size === 0) on.delete(subject)
}

function heldBy(incident: Incident): readonly string[] {
  const { accused, concerns } = incident
  return accused === undefined || concerns.includes(accused) ? concerns : [...concerns, accused]
}

function count({ openBy }: Incidents, { responsible }: Incident, by: number): void {
  if (responsible === undefined) return
  const open = (openBy.get(responsible) ?? 0) + by
  if (open > 0) openBy.set(responsible, open)
  else openBy.delete(responsible)
}
