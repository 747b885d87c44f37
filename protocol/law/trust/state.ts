/**
 * Trust as the fold holds it: two cohorts that never mix, what is suspended, and which work has been minted from.
 *
 * Source: spec 4.1–4.3. Invariants: I-01, I-02, I-03.
 */
import type { Millis } from '../../wire/time.ts'
import { emptyColumns, enter, widened, type Columns } from './columns.ts'
import type { Constitution } from '../constitution/constitution.ts'
import type { DiscardReason, FailureKind, Finding, Work } from './event.ts'
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
  readonly attempt: number
  /** The entry that minted it, and when. */
  readonly seq: number
  readonly at: Millis
  readonly gain: number
  /** What it moved, released gain included. */
  readonly applied: number
  /** Its number among the actor's accepted tasks, or among their verdicts (`twenty.ts`). */
  readonly place: number
  /** Whether it was good when it was minted; what is restored is as good as it was. */
  readonly clean: boolean
  /** The entry that took it back; undefined while it stands. */
  readonly withdrawn: number | undefined
}

/** A verdict among its reviewer's last twenty: one for each seat they filled, however often its outcome turns. */
export type Verdict = {
  readonly actor: string
  readonly task: string
  readonly attempt: number
  readonly place: number
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

/** What a finding about a mission's work cost an actor. */
export type Blame = {
  readonly actor: string
  readonly task: string | null
  readonly attempt: number | null
  readonly kind: FailureKind
  readonly finding: Finding
  readonly taken: number
  readonly seq: number
}

/** A completed mission whose work is minted from when the commitment that holds its entry is final. */
export type Awaiting = { readonly mission: string; readonly seq: number }

/** What a re-certification gave a machine from nothing, as far as no restoration was set against it. */
export type Begun = { readonly seq: number; readonly left: number }

export type Trust = {
  readonly human: Cohort
  readonly machine: Cohort
  /** The human cap of this epoch; undefined until a first epoch was settled. */
  cap: number | undefined
  /** The active humans that this cap was computed over, when the epoch before was closed. */
  population: CapBasis | undefined
  /** By the epoch that holds the completing entry. */
  readonly awaiting: Map<number, readonly Awaiting[]>
  readonly proofs: Map<string, readonly Proof[]>
  readonly verdicts: Map<string, readonly Verdict[]>
  readonly suspensions: Map<string, Suspension>
  /** By the mission: the failures of the findings about its work that stand. */
  readonly blames: Map<string, readonly Blame[]>
  /** What an upheld incident cost its accused, by the incident. */
  readonly misconduct: Map<string, Misconduct>
  /** By the machine. */
  readonly begun: Map<string, Begun>
}

export type CapBasis = {
  readonly epoch: number
  readonly active: number
  readonly sum: number
  readonly mean: number
  readonly deviation: number
}

export type Misconduct = {
  readonly actor: string
  readonly taken: number
  readonly forgiven: boolean
  readonly seq: number
}

export function emptyTrust(): Trust {
  return {
    human: emptyCohort(),
    machine: emptyCohort(),
    cap: undefined,
    population: undefined,
    awaiting: new Map(),
    proofs: new Map(),
    verdicts: new Map(),
    suspensions: new Map(),
    blames: new Map(),
    misconduct: new Map(),
    begun: new Map(),
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

/** A seat in a review: whoever filled it has given one verdict. */
export type Sitting = { readonly mission: string | null; readonly task: string | null; readonly attempt: number | null }

/** The verdict's number among the reviewer's, if it is among them: it is corrected there, never added again. */
export function verdictPlace({ verdicts }: Trust, actor: string, sitting: Sitting): number | undefined {
  const { mission, task, attempt } = sitting
  return verdicts.get(mission ?? '')?.find((one) => one.actor === actor && one.task === task && one.attempt === attempt)
    ?.place
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

export function capInForce(trust: Trust, constitution: Constitution): number {
  const first = constitution.initialTrust.human
  const founder = { count: 1, sum: BigInt(first), squares: BigInt(first) * BigInt(first) }
  return trust.cap ?? capOf(founder, capRule(constitution))
}

/** The population of the first epoch is its founder alone, at the initial trust of a human. */
export function populationInForce({ population }: Trust, { initialTrust }: Constitution): CapBasis {
  const { human } = initialTrust
  return population ?? { epoch: 0, active: 1, sum: human, mean: human, deviation: 0 }
}

export function capRule({ trust }: Constitution): CapRule {
  return { max: trust.max.human, deviations: trust.capDeviations, minSpread: trust.capMinSpread }
}
