/** Names of what is remembered: `live` is asked again with every new entry, `fixed` never changes. */
export const LIVE = ['live'] as const
export const FIXED = ['fixed'] as const
