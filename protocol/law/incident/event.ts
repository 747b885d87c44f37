/** What can have happened to an incident. The event's subject is the incident's id. Source: spec 3.6. */
import type { EventDraft } from '../constraints/event.ts'
import type { IncidentKind, Severity } from './kinds.ts'

/** `settled`: what the incident waited for has come about, so the law itself closes what it had opened. */
export type Resolution = 'upheld' | 'dismissed' | 'settled'

export type IncidentEvent =
  | EventDraft<
      'governance.incident_opened',
      {
        kind: IncidentKind
        severity: Severity
        /** Subjects that it holds while it is open; the accused is held too. */
        concerns: readonly string[]
        accused: string | null
        /** Who reported it, and the human who answers for them; null where the law opened it. */
        reporter: string | null
        responsible: string | null
        account: string
        grounds: readonly string[]
      }
    >
  /** An appeal turned the resolution round: upheld becomes dismissed, dismissed is open again, or back. */
  | EventDraft<'governance.incident_reversed', { appeal: string; to: 'dismissed' | 'open' | 'upheld' }>
  | EventDraft<
      'governance.incident_resolved',
      {
        resolution: Resolution
        kind: IncidentKind
        severity: Severity
        concerns: readonly string[]
        accused: string | null
        /** Null where the law settled it. */
        by: string | null
        reason: string
      }
    >
