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
import { ONE } from '../../constitution/decimal.ts'
import type { Columns } from '../columns.ts'

export type Charge = {
  /** Actors whose trust fell. */
  charged: number
  /** By how much, together. */
  fell: number
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
  const charge: Charge = { charged: 0, fell: 0, atZero: [] }
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
      charge.charged += 1
      charge.fell += trust - to
    }
  }
  return charge
}

function settleMachines(
  { value, renewed, charged, owed, drift, driftCharged }: Columns,
  length: number,
  at: number,
  { agePerDay, drift: perDrift, max }: Constitution['trust'],
  out: Uint32Array,
): Charge {
  const charge: Charge = { charged: 0, fell: 0, atZero: [] }
  for (let i = 0; i < length; i++) {
    const trust = value[i]!
    if (trust === 0) {
      out[i] = 0
      continue
    }
    const idle = at - renewed[i]!
    const hours = idle < HOUR ? 0 : Math.floor(idle / HOUR)
    const before = charged[i]!
    let decay = owed[i]!
    if (hours > before) decay += Math.floor((hours * agePerDay) / 24) - Math.floor((before * agePerDay) / 24)
    const drifted = drift[i]! - driftCharged[i]!
    if (drifted > 0) decay += Math.floor((drifted * perDrift) / ONE)
    let to = trust - decay
    if (to < 0) to = 0
    if (to > max.machine) to = max.machine
    out[i] = to
    if (to < trust) {
      charge.charged += 1
      charge.fell += trust - to
      if (to === 0) charge.atZero.push(i)
    }
  }
  return charge
}

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
    const idle = at - renewed[i]!
    const hours = idle < HOUR ? 0 : Math.floor(idle / HOUR)
    if (hours > charged[i]!) charged[i] = hours
  }
  driftCharged.set(drift.subarray(0, length))
}
