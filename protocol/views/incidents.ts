/**
 * Incidents as readers see them: what was reported or found, what it holds, and how it ended.
 *
 *     { id, kind, severity, concerns, accused, reporter, account, grounds, seq, opened_at, status, resolved }
 */
import type { Json } from '../wire/canonical-json.ts'
import { formatTimestamp } from '../wire/time.ts'
import type { Incident } from '../law/incident/state.ts'
import type { State } from '../law/state.ts'

type View = { readonly [key: string]: Json }

export function incidentsView(state: State): View {
  return { incidents: [...state.incidents.byId.values()].map(incident) }
}

export function incidentView(state: State, id: string): View | undefined {
  const found = state.incidents.byId.get(id)
  return found === undefined ? undefined : incident(found)
}

function incident(found: Incident): View {
  const { id, kind, severity, concerns, accused, reporter, account, grounds, seq, openedAt, status, resolved } = found
  return {
    id,
    kind,
    severity,
    concerns,
    accused: accused ?? null,
    reporter: reporter ?? null,
    account,
    grounds,
    seq,
    opened_at: formatTimestamp(openedAt),
    status,
    resolved: resolved === undefined ? null : { by: resolved.by ?? null, reason: resolved.reason, seq: resolved.seq },
  }
}
