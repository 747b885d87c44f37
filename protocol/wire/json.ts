/** What JSON can hold, and how much of it is read. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** `bytes` of UTF-8, and containers inside containers: `[]` has depth 1. */
export type Caps = { readonly bytes: number; readonly depth: number }
