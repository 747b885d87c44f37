/**
 * Mutants that change nothing anybody could see, each with the reason. They are not tried, and said to be.
 */
export const EQUIVALENT: { readonly [id: string]: string } = {}
