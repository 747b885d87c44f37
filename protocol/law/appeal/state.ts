/** Appeals as the fold holds them, and which subjects have one open. Source: spec 3.6. */
export type Appeals = {
  /** Open appeals by the subject whose decision they contest. */
  readonly openOn: Map<string, ReadonlySet<string>>
}

export function emptyAppeals(): Appeals {
  return { openOn: new Map() }
}
