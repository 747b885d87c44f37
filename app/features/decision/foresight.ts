/** What the law would make of a decision, by the browser's own replay. */
export type Foresight = {
  readonly outcome: 'committed' | 'withheld'
  readonly events: readonly string[]
  readonly violations: readonly { readonly constraint: string }[]
}
