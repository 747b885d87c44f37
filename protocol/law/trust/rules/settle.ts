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
import type { Kind } from '../state.ts'
import { aged, drifted } from './decay.ts'

export type Charge = {
  /** Actors whose trust fell. */
  readonly charged: number
  /** By how much, together. */
  readonly fell: number
  /** Those whom it brought to zero. */
  readonly atZero: number[]
}

/** Trust after the settlement, written to `out`; nothing else changes. */
export function settle(
  kind: Kind,
  columns: Columns,
  length: number,
  at: number,
  dynamics: Constitution['trust'],
  cap: number,
  out: Uint32Array,
): Charge {
  return inBlocks(kind, length, { columns, at, dynamics, cap, out, closes: false })
}

/** The settlement in the columns themselves: rest is charged up to now, and a new epoch's movements begin. */
export function settleAndClose(
  kind: Kind,
  columns: Columns,
  length: number,
  at: number,
  dynamics: Constitution['trust'],
  cap: number,
): Charge {
  return inBlocks(kind, length, { columns, at, dynamics, cap, out: columns.value, closes: true })
}

type Run = {
  readonly columns: Columns
  readonly at: number
  readonly dynamics: Constitution['trust']
  readonly cap: number
  readonly out: Uint32Array
  readonly closes: boolean
}

type Sum = { charged: number; fell: number; readonly atZero: number[] }

/**
 * Actors taken at a time. A function that is called often is soon made fast, a long loop that runs once an hour begins
 * slowly every time: half of the settlement's time went there.
 */
const BLOCK = 4096

function inBlocks(kind: Kind, length: number, run: Run): Charge {
  const sum: Sum = { charged: 0, fell: 0, atZero: [] }
  const settleBlock = kind === 'human' ? settleHumans : settleMachines
  const { drift, driftCharged, owed, risen } = run.columns
  for (let from = 0; from < length; from += BLOCK) {
    const to = Math.min(length, from + BLOCK)
    settleBlock(from, to, run, sum)
    if (!run.closes) continue
    risen.fill(0, from, to)
    owed.fill(0, from, to)
    if (kind === 'machine') driftCharged.set(drift.subarray(from, to), from)
  }
  return sum
}

function settleHumans(from: number, to: number, { columns, at, dynamics, cap, out, closes }: Run, sum: Sum): void {
  const { value, renewed, charged, owed } = columns
  const { dormancyPerDay } = dynamics
  // Most are not dormant: their rest ended before the grace did, and only what they owe is due.
  const dormantSince = at - dynamics.dormancyGraceMs - DAY
  const least = dynamics.floor.human
  const top = Math.max(least, cap)
  let [count, fell] = [0, 0]
  for (let i = from; i < to; i++) {
    const before = value[i]!
    let decay = owed[i]!
    const past = dormantSince - renewed[i]!
    if (past >= 0) {
      const days = ((past / DAY) | 0) + 1
      const paid = charged[i]!
      if (days > paid) {
        decay += (days - paid) * dormancyPerDay
        if (closes) charged[i] = days
      }
    }
    let after = before - decay
    if (after < least) after = least
    if (after > top) after = top
    out[i] = after
    if (after < before) {
      count += 1
      fell += before - after
    }
  }
  sum.charged += count
  sum.fell += fell
}

function settleMachines(from: number, to: number, { columns, at, dynamics, out, closes }: Run, sum: Sum): void {
  const { value, renewed, charged, owed, drift, driftCharged } = columns
  const { agePerDay } = dynamics
  const top = dynamics.max.machine
  let [count, fell] = [0, 0]
  for (let i = from; i < to; i++) {
    const before = value[i]!
    let decay = owed[i]!
    const hours = ((at - renewed[i]!) / HOUR) | 0
    const paid = charged[i]!
    if (hours > paid) {
      decay += agedBetween(paid, hours, agePerDay)
      if (closes) charged[i] = hours
    }
    if (drift[i]! > driftCharged[i]!) decay += drifted(driftCharged[i]!, drift[i]!, dynamics.drift)
    let after = before - decay
    if (after < 0) after = 0
    if (after > top) after = top
    out[i] = after
    if (after < before) {
      count += 1
      fell += before - after
      if (after === 0) sum.atZero.push(i)
    }
  }
  sum.charged += count
  sum.fell += fell
}

/** `aged(to) − aged(from)`, as integers of 32 bits where they are, which is nearly always. */
function agedBetween(from: number, to: number, perDay: number): number {
  if (to * perDay >= SMALL) return aged(to, perDay) - aged(from, perDay)
  return ((Math.imul(to, perDay) / 24) | 0) - ((Math.imul(from, perDay) / 24) | 0)
}

const SMALL = 2 ** 31
