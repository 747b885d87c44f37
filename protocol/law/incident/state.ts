/** Incidents as the fold holds them, and which subjects have one open. Source: spec 3.6. */
import type { Millis } from '../../wire/time.ts'
import type { Resolution } from './event.ts'
import type { IncidentKind, Severity } from './kinds.ts'

export type Incident = {
  readonly id: string
  readonly kind: IncidentKind
  readonly severity: Severity
  /** Subjects that it holds while it is open; the accused is held too. */
  readonly concerns: readonly string[]
  readonly accused: string | undefined
  /** Undefined where the law itself opened it. */
  readonly reporter: string | undefined
  readonly responsible: string | undefined
  readonly account: string
  readonly grounds: readonly string[]
  readonly seq: number
  readonly openedAt: Millis
  readonly status: 'open' | Resolution
  readonly resolved: { readonly by: string | undefined; readonly reason: string; readonly seq: number } | undefined
  /** Every human who has resolved it, in order: one that was reopened is not theirs to resolve again. */
  readonly resolvers: readonly string[]
}

export type Incidents = {
  readonly byId: Map<string, Incident>
  /** Open incidents by the subject that they concern. */
  readonly openOn: Map<string, Set<string>>
  /** The severe ones among them, by the subject: these keep it out of every seat. */
  readonly severeOn: Map<string, Set<string>>
  /** How many reports of each human, their machines' among them, are open. */
  readonly openBy: Map<string, number>
  /** Every report that was made, by what it says: the same again says nothing new. */
  readonly reported: Set<string>
}

export function emptyIncidents(): Incidents {
  return { byId: new Map(), openOn: new Map(), severeOn: new Map(), openBy: new Map(), reported: new Set() }
}

/**
 * What makes two reports the same: severity, kind, accused, subjects and facts, in whatever order they were written. The
 * severity too, or whoever comes first with a small word for a thing could keep the great one from being said.
 */
export function reportKey(report: {
  readonly severity: string
  readonly kind: string
  readonly accused: string | undefined
  readonly concerns: readonly string[]
  readonly grounds: readonly string[]
}): string {
  // None of these notations holds a space or a comma.
  const { severity, kind, accused = '', concerns, grounds } = report
  return `${severity} ${kind} ${accused} ${concerns.toSorted().join(',')} ${grounds.toSorted().join(',')}`
}
