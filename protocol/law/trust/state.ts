/**
 * Trust as the fold holds it: two cohorts that never mix, what is suspended, and which work has been minted from.
 *
 * Source: spec 4.1–4.3. Invariants: I-01, I-02, I-03.
 */
import type { Millis } from '../../wire/time.ts'
import { emptyColumns, enter, widened, type Columns } from './columns.ts'
import type { Constitution } from '../constitution/constitution.ts'
import type { DiscardReason, FailureKind, Work } from './event.ts'
import { emptyHistory, write, type History } from './history.ts'
import { capOf, type CapRule } from './rules/cap.ts'
import { emptyWindow, type Window } from './window.ts'

export type Kind = 'human' | 'machine'

export type Cohort = {
  readonly ids: string[]
  readonly index: Map<string, number>
  /** Replaced by wider ones when the room is used up. */
  columns: Columns
  readonly history: History
  /** Upward movements, accepted tasks and answered duties by time. */
  readonly growth: Window
  readonly acceptances: Window
  readonly answers: Window
}

/** A proof of trust that was minted, as far as it may have to be withdrawn or its outcome corrected. */
export type Proof = Work & {
  readonly actor: string
  readonly gain: number
  /** What it moved, released gain included. */
  readonly applied: number
  /** Its number among the actor's accepted tasks or verdicts (`twenty.ts`). */
  readonly place: number
  /** Whether it was good when it was minted; what is restored is as good as it was. */
  readonly clean: boolean
  readonly withdrawn: boolean
}

/** Gain that waits for humans (spec 4.3). Warm: its window passes by time alone, once a phase has a quorum. */
export type Suspension = Work & {
  readonly id: string
  readonly actor: string
  readonly amount: number
  readonly epoch: number
  readonly seq: number
  readonly at: Millis
  readonly signatures: readonly { readonly by: string; readonly seq: number }[]
  readonly status: 'waiting' | 'released' | 'discarded'
  /** Why it was discarded last; undefined where it never was. */
  readonly discarded: DiscardReason | undefined
  /** What of it a release has moved. */
  readonly applied: number
}

/** What it cost an actor that a mission they had worked on or approved did not stand. */
export type Overturned = {
  readonly actor: string
  readonly task: string | null
  readonly kind: FailureKind
  readonly taken: number
  /** The bad verdict's number among the actor's (`twenty.ts`), where one was added. */
  readonly place: number | undefined
  readonly seq: number
}

/** A completed mission whose work is minted from when the commitment that holds its entry is final. */
export type Awaiting = { readonly mission: string; readonly seq: number }

export type Trust = {
  readonly human: Cohort
  readonly machine: Cohort
  /** The human cap of this epoch; undefined until a first epoch was settled. */
  cap: number | undefined
  /** By the epoch that holds the completing entry. */
  readonly awaiting: Map<number, readonly Awaiting[]>
  readonly proofs: Map<string, readonly Proof[]>
  readonly suspensions: Map<string, Suspension>
  /** By the mission: the failures of the last entry in which its approved work was found not to stand. */
  readonly overturned: Map<string, readonly Overturned[]>
  /** What an upheld incident cost its accused, by the incident. */
  readonly misconduct: Map<string, { readonly actor: string; readonly taken: number; readonly forgiven: boolean }>
}

export function emptyTrust(): Trust {
  return {
    human: emptyCohort(),
    machine: emptyCohort(),
    cap: undefined,
    awaiting: new Map(),
    proofs: new Map(),
    suspensions: new Map(),
    overturned: new Map(),
    misconduct: new Map(),
  }
}

function emptyCohort(): Cohort {
  return {
    ids: [],
    index: new Map(),
    columns: emptyColumns(),
    history: emptyHistory(),
    growth: emptyWindow(),
    acceptances: emptyWindow(),
    answers: emptyWindow(),
  }
}

/** A newcomer with their initial trust. An id enters once, in one cohort. */
export function admit(cohort: Cohort, id: string, trust: number, entry: { seq: number; at: Millis }): void {
  if (cohort.index.has(id)) return
  const index = cohort.ids.length
  if (index === cohort.columns.value.length) cohort.columns = widened(cohort.columns)
  cohort.ids.push(id)
  cohort.index.set(id, index)
  enter(cohort.columns, index, trust, entry.at)
  write(cohort.history, cohort.columns.latest, index, { seq: entry.seq, from: 0, to: trust, cause: 'registered' })
}

export type Place = { readonly kind: Kind; readonly cohort: Cohort; readonly index: number }

/** Where an actor stands, or undefined for whoever has no trust at all (the runtime, a stranger). */
export function placeOf(trust: Trust, id: string): Place | undefined {
  const human = trust.human.index.get(id)
  if (human !== undefined) return { kind: 'human', cohort: trust.human, index: human }
  const machine = trust.machine.index.get(id)
  return machine === undefined ? undefined : { kind: 'machine', cohort: trust.machine, index: machine }
}

/** What was minted from an actor's part in a piece of work, withdrawn or not. */
export function proofOf({ proofs }: Trust, { mission, task, role }: Work, actor: string): Proof | undefined {
  return proofs.get(mission)?.find((one) => one.actor === actor && one.role === role && one.task === task)
}

/** Whether a review was minted from: its verdict is among the last twenty, and is corrected there, not added again. */
export function isMintedVerdict(
  trust: Trust,
  reviewer: string,
  { mission, task }: { readonly mission: string | null; readonly task: string | null },
): boolean {
  return mission !== null && proofOf(trust, { mission, task, role: 'reviewer' }, reviewer) !== undefined
}

/** In µT. Nobody who is not registered has any. */
export function trustOf(trust: Trust, id: string): number {
  const place = placeOf(trust, id)
  return place === undefined ? 0 : (place.cohort.columns.value[place.index] ?? 0)
}

export function lastActOf(trust: Trust, id: string): number | undefined {
  const place = placeOf(trust, id)
  return place?.cohort.columns.lastAct[place.index]
}

/** The population of the first epoch is its founder alone, at the initial trust of a human. */
export function capInForce(trust: Trust, constitution: Constitution): number {
  const first = constitution.initialTrust.human
  const founder = { count: 1, sum: BigInt(first), squares: BigInt(first) * BigInt(first) }
  return trust.cap ?? capOf(founder, capRule(constitution))
}

export function capRule({ trust }: Constitution): CapRule {
  return { max: trust.max.human, deviations: trust.capDeviations, minSpread: trust.capMinSpread }
}
