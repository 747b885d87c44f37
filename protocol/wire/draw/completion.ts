/**
 * The one question the draw asks: can those taken so far be completed to a valid chamber?
 *
 * Candidates are offered in rank order, each once. `takes` answers whether the candidate gets a seat, and gives it:
 * the members so far, with the candidate and some of those not offered yet, make a valid chamber.
 */
export type Completion = {
  /** Whether the seats can be filled at all. Asked before the first candidate is offered. */
  feasible(): boolean
  takes(index: number): boolean
}

/** How many different ones a chamber must show, by constraint. */
export type Minimums = {
  readonly regions: number
  readonly organizations: number
  readonly modelFamilies: number
  readonly methodTypes: number
}
