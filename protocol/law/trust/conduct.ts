/**
 * The fold of conduct: the last twenty tasks, verdicts and duties of an actor, and what of them was counted wrongly.
 *
 * A verdict is one for each seat that was filled, however often its outcome turns: it has a number among its reviewer's,
 * and is corrected there. Source: spec 4.2 («Inputs»).
 */
import type { Millis } from '../../wire/time.ts'
import { placeOf, verdictPlace, type Place, type Proof, type Sitting, type Trust } from './state.ts'
import { judged, mended, pushed, spoiled, type Twenty } from './twenty.ts'
import { push, recount } from './window.ts'

/** A seat of a review was filled with a revealed decision in time, or was lost by silence. */
export function duty(trust: Trust, id: string, answered: boolean, at: Millis): void {
  const place = placeOf(trust, id)
  if (place === undefined) return
  pushTo(place, 'duty', answered)
  if (answered) push(place.cohort.answers, place.cohort.columns.answered, place.index, 1, at)
}

/** A verdict became final without anybody contradicting it: its evidence was sent back by the reviews themselves. */
export function verdictStands(trust: Trust, id: string, sitting: Sitting): void {
  setVerdict(trust, id, sitting, true)
}

/** @returns its number among the reviewer's verdicts, from 1; 0 for whoever has none */
export function setVerdict(trust: Trust, actor: string, sitting: Sitting, good: boolean): number {
  const place = placeOf(trust, actor)
  if (place === undefined) return 0
  const known = verdictPlace(trust, actor, sitting)
  put(place, 'verdict', judged(conductAt(place, 'verdict'), known, good))
  if (known !== undefined) return known
  const number = conductAt(place, 'verdict').count
  const { mission, task, attempt } = sitting
  if (mission === null || task === null || attempt === null) return number
  const verdict = { actor, task, attempt, place: number }
  trust.verdicts.set(mission, [...(trust.verdicts.get(mission) ?? []), verdict])
  return number
}

export type Conduct = 'task' | 'verdict' | 'duty'

export function conductAt({ cohort: { columns }, index }: Place, of: Conduct): Twenty {
  const [bits, count] = columnsOf(columns, of)
  return { bits: bits[index] ?? 0, count: count[index] ?? 0 }
}

function columnsOf(columns: Place['cohort']['columns'], of: Conduct): readonly [Uint32Array, Uint32Array] {
  if (of === 'task') return [columns.tasks, columns.taskCount]
  return of === 'verdict' ? [columns.verdicts, columns.verdictCount] : [columns.duties, columns.dutyCount]
}

/** @returns its number, from 1 */
export function pushTo(place: Place, of: Conduct, good: boolean): number {
  return put(place, of, pushed(conductAt(place, of), good))
}

function put(place: Place, of: Conduct, { bits, count }: Twenty): number {
  const [bitColumn, countColumn] = columnsOf(place.cohort.columns, of)
  bitColumn[place.index] = bits
  countColumn[place.index] = count
  return count
}

/**
 * What was accepted and is no longer counts as bad, as long as it is among the last twenty, and is none of the thirty
 * days' accepted tasks; restored, it is as it was.
 */
export function correct(place: Place, proof: Proof, stands: boolean): void {
  const { cohort, index } = place
  const of = proof.role === 'reviewer' ? 'verdict' : 'task'
  const how = stands && proof.clean ? mended : spoiled
  put(place, of, how(conductAt(place, of), proof.place))
  if (of === 'task') recount(cohort.acceptances, cohort.columns.accepted, index, proof.at, stands ? 1 : 0)
}
