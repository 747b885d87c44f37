/** Bounds of the protocol itself: not parameters, so no amendment moves them. */

/** How far a command's time of issue may lie from the ledger's time, in milliseconds (spec 2.2). */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/** Longest text of one field, in UTF-16 code units. Longer things are artifacts. */
export const TEXT_MAX = 4_000
export const TITLE_MAX = 200

export const TASKS_MAX = 64
export const CRITERIA_MAX = 32
export const INPUTS_MAX = 32
export const OUTPUTS_MAX = 64
export const REASONS_MAX = 16
export const REFERENCES_MAX = 16

/** Subjects that one report of an incident names, and open reports of one human with all their machines. */
export const CONCERNS_MAX = 4
export const OPEN_REPORTS_MAX = 3

/** Standing conflicts that one human may have declared. */
export const CONFLICTS_MAX = 64

/** Actors whose refusals above their rate one close of an epoch counts, and the most it says of one. */
export const REFUSED_ACTORS_MAX = 256
export const REFUSED_COUNT_MAX = 1_000_000_000

/** Largest artifact that a record may name, in bytes. */
export const ARTIFACT_MAX = 64 * 1024 * 1024
