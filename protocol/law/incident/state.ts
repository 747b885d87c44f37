/** Incidents as the fold holds them, and which subjects have one open. Source: spec 3.6. */
export type Incident = {
  readonly id: string
  readonly kind: string
  readonly severity: 'minor' | 'severe'
  /** Subjects that it holds while it is open. */
  readonly concerns: readonly string[]
  readonly accused: string | undefined
  /** Undefined where the law itself opened it. */
  readonly reporter: string | undefined
  readonly seq: number
  readonly status: 'open' | 'upheld' | 'dismissed'
}

export type Incidents = {
  readonly byId: Map<string, Incident>
  /** Open incidents by the subject that they concern. */
  readonly openOn: Map<string, ReadonlySet<string>>
}

export function emptyIncidents(): Incidents {
  return { byId: new Map(), openOn: new Map() }
}
