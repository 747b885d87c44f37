/**
 * Trust as it stands in the middle of an entry.
 *
 * A process sees the state before the entry; where one entry moves an actor more than once (many proofs by one
 * commitment, a settlement and a withdrawal), the second movement must begin where the first one ended. The desk keeps
 * that running picture, one per decision, and writes the events; the fold does the rest.
 *
 * Source: spec 4.2 («Order»).
 */
import type { Constitution } from '../constitution/constitution.ts'
import type { EventDraft } from '../constraints/event.ts'
import { restAt } from '../trust/act.ts'
import type { ChangeCause } from '../trust/event.ts'
import { conductAt } from '../trust/conduct.ts'
import { VOLUME_MS } from '../trust/evolve.ts'
import { decayDue } from '../trust/rules/decay.ts'
import { mayGain } from '../trust/rules/gain.ts'
import { penalty } from '../trust/rules/penalty.ts'
import { clip, step, type Limits, type Step } from '../trust/rules/step.ts'
import { capInForce, placeOf, type Begun, type Kind, type Place } from '../trust/state.ts'
import type { Twenty } from '../trust/twenty.ts'
import { sumAt } from '../trust/window.ts'
import type { Situation } from './process.ts'

/** One actor, as far as this entry has come. */
export type Row = {
  readonly id: string
  readonly kind: Kind
  trust: number
  risen: number
  grown: number
  /** Decay that has not been charged yet. */
  due: number
  tasks: Twenty
  verdicts: Twenty
  readonly duties: Twenty
  accepted: number
  readonly answered: number
  /** What a re-certification gave it from nothing, and when. */
  begun: Begun
}

export type Desk = {
  readonly rows: Map<string, Row>
  /** Everybody's trust after this entry's settlement, by index; undefined where there was none yet. */
  settled: { readonly human: Uint32Array; readonly machine: Uint32Array } | undefined
  suspensions: number
}

const desks = new WeakMap<Situation, Desk>()

export function deskOf(situation: Situation): Desk {
  const known = desks.get(situation)
  if (known !== undefined) return known
  const desk: Desk = { rows: new Map(), settled: undefined, suspensions: 0 }
  desks.set(situation, desk)
  return desk
}

/** The actor's row, or undefined for whoever has no trust. */
export function rowOf(id: string, situation: Situation): Row | undefined {
  const desk = deskOf(situation)
  const known = desk.rows.get(id)
  if (known !== undefined) return known
  const place = placeOf(situation.state.trust, id)
  if (place === undefined) return undefined
  const row = read(id, place, desk, situation)
  desk.rows.set(id, row)
  return row
}

function read(id: string, place: Place, { settled }: Desk, { at, state, world }: Situation): Row {
  const { kind, cohort, index } = place
  const { columns } = cohort
  const { trust } = world.constitution
  return {
    id,
    kind,
    trust: (settled === undefined ? columns.value : settled[kind])[index] ?? 0,
    risen: settled === undefined ? (columns.risen[index] ?? 0) : 0,
    grown: kind === 'human' ? sumAt(cohort.growth, columns.grown, index, at, trust.slowWindowMs) : 0,
    due: settled === undefined ? decayDue(kind, restAt(columns, index), at, trust) : 0,
    tasks: conductAt(place, 'task'),
    verdicts: conductAt(place, 'verdict'),
    duties: conductAt(place, 'duty'),
    accepted: sumAt(cohort.acceptances, columns.accepted, index, at, VOLUME_MS),
    answered: sumAt(cohort.answers, columns.answered, index, at, VOLUME_MS),
    begun: state.trust.begun.get(id) ?? { seq: -1, left: 0 },
  }
}

/** Whether the actor gains at all now: no machine at zero or out of service does (reading T17). */
export function gains(row: Row, { world }: Situation): boolean {
  const actor = world.actor(row.id)
  const status = actor?.kind === 'machine' ? { status: actor.status } : {}
  return row.kind === 'human' || mayGain({ trust: row.trust, ...status })
}

/** Whether the machine's token changed hands after that entry: what it had or lost by then is nobody's (spec 4.5). */
export function isForfeited(id: string, seq: number, { state }: Situation): boolean {
  const forfeited = state.machines.get(id)?.forfeitedSeq
  return forfeited !== undefined && seq < forfeited
}

export type Why = {
  readonly cause: ChangeCause
  readonly gain: number
  readonly penalty: number
  readonly renews: boolean
  /** False where humans have validated the gain already. */
  readonly guarded: boolean
}

/** Move an actor's trust by one cause, with the decay that is due. */
export function move(row: Row, why: Why, situation: Situation): { readonly step: Step; readonly event: EventDraft } {
  const { cause, gain, penalty, renews, guarded } = why
  const from = row.trust
  const decay = row.due
  const made = step(row, { gain, penalty, decay }, limitsFor(row.kind, cause, situation), guarded)
  const rise = cause === 'restoration' ? 0 : Math.max(0, made.to - from)
  row.trust = made.to
  row.risen += rise
  if (row.kind === 'human') row.grown += rise
  row.due = 0
  const { held, cut } = made
  const data = { from, to: made.to, cause, gain, penalty, decay, held, cut, renews: renews && row.kind === 'machine' }
  return { step: made, event: { event_type: 'trust.changed', subject: row.id, data } }
}

/**
 * Move an actor's trust down by a penalty. `taken` is by how much less they have than without it, which is all that can
 * ever be given back: neither decay that was due nor the fall to a lower cap is part of it, for both come anyway.
 */
export function take(row: Row, why: Why, situation: Situation): { readonly taken: number; readonly event: EventDraft } {
  const { floor, cap } = limitsFor(row.kind, why.cause, situation)
  const spared = clip(row.trust - row.due, floor, cap)
  const { step, event } = move(row, why, situation)
  return { taken: Math.max(0, spared - step.to), event }
}

/**
 * Give back what was taken: no gain, so the limits of growth are not its limits, nor does it fill them for what is one.
 * Floor and cap hold, for they are where anybody's trust may stand; a machine out of service gets nothing (T17). What a
 * re-certification gave from nothing since then comes to the same trust a second time, and is set off. What was taken
 * before a machine's token changed hands was another holder's.
 */
export function giveBack(
  actor: string,
  amount: number,
  takenSeq: number,
  situation: Situation,
): { readonly given: number; readonly begun: number; readonly event: EventDraft } | undefined {
  const row = rowOf(actor, situation)
  if (row === undefined) return undefined
  const due = gains(row, situation) && !isForfeited(actor, takenSeq, situation) ? amount : 0
  const begun = takenSeq < row.begun.seq ? Math.min(due, row.begun.left) : 0
  row.begun = { ...row.begun, left: row.begun.left - begun }
  const why = { cause: 'restoration', gain: due - begun, penalty: 0, renews: false, guarded: false } as const
  const { step, event } = move(row, why, situation)
  return { given: step.applied, begun, event }
}

function limitsFor(kind: Kind, cause: ChangeCause, { state, world: { constitution } }: Situation): Limits {
  const { trust } = constitution
  const isGain = cause !== 'restoration'
  return {
    floor: trust.floor[kind],
    cap: kind === 'human' ? Math.max(trust.floor.human, capInForce(state.trust, constitution)) : trust.max.machine,
    perEpoch: isGain ? trust.gainPerEpochMax[kind] : Number.MAX_SAFE_INTEGER,
    // The slow window bounds humans: machine trust never votes.
    perWindow: isGain && kind === 'human' ? trust.slowGainMax : Number.MAX_SAFE_INTEGER,
    fast: trust.fastElevation,
  }
}

/** What failures cost: beta for each severe one, gamma for each minor one, in µT. */
export function penaltyOf(kind: Kind, severity: 'minor' | 'severe', { trust }: Constitution): number {
  const costs = { severe: trust.severeFailure[kind], minor: trust.minorFailure[kind] }
  return penalty(severity === 'severe' ? { severe: 1, minor: 0 } : { severe: 0, minor: 1 }, costs)
}

/** A name for this entry's next suspension. */
export function nextSuspension(situation: Situation): string {
  const desk = deskOf(situation)
  desk.suspensions += 1
  return `gain:${situation.seq}-${desk.suspensions}`
}
