/**
 * A mutant that no rule would find: one guard of the law taken out by hand, and the sentence of the spec that stands
 * without it no longer.
 */
export type ByHand = {
  readonly file: string
  /** What the patch removes, in words; its name. */
  readonly guard: string
  /** Where it is demanded. */
  readonly source: string
  /** A constraint or code that it concerns, where it has one. */
  readonly about?: string
  /** There exactly once in the file. */
  readonly before: string
  readonly after: string
}
