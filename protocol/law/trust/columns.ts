/**
 * One kind of actor as columns: everything that trust needs to know of them, by index in order of registration.
 *
 *     id ──▶ index ──▶ value[index], risen[index], …        76 bytes an actor, no object of their own
 *
 * Humans and machines have a cohort each, so that nothing computed over one can touch the other (spec 4.1, I-01).
 *
 * Units: µT; moments in milliseconds since 1970; the rest counts or the bits of `twenty.ts`.
 */
import type { Millis } from '../../wire/time.ts'

export type Columns = {
  /** Trust, in µT. */
  readonly value: Uint32Array
  /** Upward movements of the open epoch, added up: falls take nothing away from it. */
  readonly risen: Uint32Array
  /** Upward movements within the slow window, added up. */
  readonly grown: Uint32Array
  /** When the actor last signed an act that was committed. */
  readonly lastAct: Float64Array
  /** From when decay runs: a human's last act, a machine's last verified result. */
  readonly renewed: Float64Array
  /** Decay that was charged since then: a human's dormant days, a machine's idle hours. */
  readonly charged: Uint32Array
  /** Decay that was due when it was renewed and has not been charged yet, in µT. */
  readonly owed: Uint32Array
  /** How far a machine's environment is from the one that was verified, in millionths; and how much of it was charged. */
  readonly drift: Uint32Array
  readonly driftCharged: Uint32Array
  /** The last twenty accepted tasks: on time and without rework. */
  readonly tasks: Uint32Array
  readonly taskCount: Uint32Array
  /** The last twenty verdicts: not contradicted by the final outcome. */
  readonly verdicts: Uint32Array
  readonly verdictCount: Uint32Array
  /** The last twenty seats in a review: answered and revealed in time. */
  readonly duties: Uint32Array
  readonly dutyCount: Uint32Array
  /** Accepted tasks, and answered duties, of the last thirty days. */
  readonly accepted: Uint32Array
  readonly answered: Uint32Array
  /** The last record of the actor in `history.ts`, or -1. */
  readonly latest: Int32Array
}

const FIRST_CAPACITY = 16

export function emptyColumns(capacity: number = FIRST_CAPACITY): Columns {
  const counts = () => new Uint32Array(capacity)
  return {
    value: counts(),
    risen: counts(),
    grown: counts(),
    lastAct: new Float64Array(capacity),
    renewed: new Float64Array(capacity),
    charged: counts(),
    owed: counts(),
    drift: counts(),
    driftCharged: counts(),
    tasks: counts(),
    taskCount: counts(),
    verdicts: counts(),
    verdictCount: counts(),
    duties: counts(),
    dutyCount: counts(),
    accepted: counts(),
    answered: counts(),
    latest: new Int32Array(capacity),
  }
}

/** The same columns with twice the room. */
export function widened(columns: Columns): Columns {
  const wider = emptyColumns(columns.value.length * 2)
  for (const name of Object.keys(columns) as (keyof Columns)[]) wider[name].set(columns[name])
  return wider
}

/** A newcomer: their initial trust, alive since `at`. */
export function enter(columns: Columns, index: number, trust: number, at: Millis): void {
  columns.value[index] = trust
  columns.lastAct[index] = at
  columns.renewed[index] = at
  columns.latest[index] = -1
}
