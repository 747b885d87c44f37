/**
 * The one clock of a process. Everything that asks for the time asks here, so that a development clock can
 * move the ledger and the chains together.
 *
 * Units: whole milliseconds since 1970. May stand still or step back: whoever needs order takes the larger
 * of this and what it has already written.
 */
import type { Millis } from '../../protocol/wire/time.ts'

export type Clock = { now(): Millis }
