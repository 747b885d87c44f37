/**
 * The epoch's close: whoever had no proof and no failure is charged for their rest, all in one pass over a column.
 *
 *     T' = clip(T − decay due, floor, cap)
 *
 * Nothing rises here. The cap is that of the epoch which ends: it can lie below what an actor has, when newcomers have
 * pulled the mean down, and then trust comes down to it.
 *
 * Units: µT, milliseconds. Source: spec 4.2 («Order»).
 */
import { DAY, HOUR } from '../../../wire/time.ts'
import type { Constitution } from '../../constitution/constitution.ts'
import type { Columns } from '../columns.ts'
import { aged, drifted } from './decay.ts'

export type Charge = {
  /** Actors whose trust fell. */
  readonly charged: number
  /** By how much, together. */
  readonly fell: number
  /** Those whom it brought to zero. */
  readonly atZero: number[]
}

/** Trust after the settlement, written to `out`; it may be the column itself. */
export function settle(
  kind: 'human' | 'machine',
  columns: Columns,
  length: number,
  at: number,
  dynamics: Constitution['trust'],
  cap: number,
  out: Uint32Array,
): Charge {
  return kind === 'human'
    ? settleHumans(columns, length, at, dynamics, cap, out)
    : settleMachines(columns, length, at, dynamics, out)
}

function settleHumans(
  { value, renewed, charged, owed }: Columns,
  length: number,
  at: number,
  { dormancyGraceMs, dormancyPerDay, floor }: Constitution['trust'],
  cap: number,
  out: Uint32Array,
): Charge {
  let [count, fell] = [0, 0]
  // Most are not dormant: their rest ended before the grace did, and only what they owe is due.
  const dormantSince = at - dormancyGraceMs - DAY
  const top = Math.max(floor.human, cap)
  for (let i = 0; i < length; i++) {
    const trust = value[i]!
    let decay = owed[i]!
    if (renewed[i]! <= dormantSince) {
      const days = Math.floor((at - renewed[i]! - dormancyGraceMs) / DAY) - charged[i]!
      if (days > 0) decay += days * dormancyPerDay
    }
    let to = trust - decay
    if (to < floor.human) to = floor.human
    if (to > top) to = top
    out[i] = to
    if (to < trust) {
      count += 1
      fell += trust - to
    }
  }
  return { charged: count, fell, atZero: [] }
}

function settleMachines(
  { value, renewed, charged, owed, drift, driftCharged }: Columns,
  length: number,
  at: number,
  { agePerDay, drift: perDrift, max }: Constitution['trust'],
  out: Uint32Array,
): Charge {
  let [count, fell] = [0, 0]
  const atZero: number[] = []
  for (let i = 0; i < length; i++) {
    const trust = value[i]!
    if (trust === 0) {
      out[i] = 0
      continue
    }
    const hours = ((at - renewed[i]!) / HOUR) | 0
    const before = charged[i]!
    let decay = owed[i]!
    if (hours > before) decay += agedBetween(before, hours, agePerDay)
    if (drift[i]! > driftCharged[i]!) decay += drifted(driftCharged[i]!, drift[i]!, perDrift)
    let to = trust - decay
    if (to < 0) to = 0
    if (to > max.machine) to = max.machine
    out[i] = to
    if (to < trust) {
      count += 1
      fell += trust - to
      if (to === 0) atZero.push(i)
    }
  }
  return { charged: count, fell, atZero }
}

/** `aged(to) − aged(from)`. As integers of 32 bits where they are, which is nearly always, it takes a third of the time. */
function agedBetween(from: number, to: number, perDay: number): number {
  const product = to * perDay
  if (product >= SMALL) return aged(to, perDay) - aged(from, perDay)
  return ((product / 24) | 0) - (((from * perDay) / 24) | 0)
}

const SMALL = 2 ** 31

/** Everybody's rest is charged up to now, and a new epoch's movements begin. */
export function closeAccounts(
  kind: 'human' | 'machine',
  { renewed, charged, owed, drift, driftCharged, risen }: Columns,
  length: number,
  at: number,
  graceMs: number,
): void {
  risen.fill(0, 0, length)
  owed.fill(0, 0, length)
  if (kind === 'human') {
    const dormantSince = at - graceMs - DAY
    for (let i = 0; i < length; i++) {
      if (renewed[i]! > dormantSince) continue
      const days = Math.floor((at - renewed[i]! - graceMs) / DAY)
      if (days > charged[i]!) charged[i] = days
    }
    return
  }
  for (let i = 0; i < length; i++) {
    const hours = ((at - renewed[i]!) / HOUR) | 0
    if (hours > charged[i]!) charged[i] = hours
  }
  driftCharged.set(drift.subarray(0, length))
}
