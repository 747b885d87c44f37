/**
 * What rest costs: a human's dormancy, a machine's age and drift. Charged in steps that telescope.
 *
 *     aged(h) = ⌊λ_age · h / 24⌋        charge from hour a to hour b = aged(b) − aged(a)
 *
 * So a year charged hour by hour comes to the same µT as a year charged at once: nothing is lost to rounding.
 *
 *     human    dormant days  = whole days past the grace period since the last signed act
 *     machine  idle hours    = whole hours since the last verified result
 *     machine  drift         = ⌊λ_drift · (drift now − drift charged)⌋, where it has increased
 *
 * Units: µT, milliseconds, drift in millionths. Source: spec 4.2.
 */
import { DAY, HOUR } from '../../../wire/time.ts'
import type { Constitution } from '../../constitution/constitution.ts'
import { ONE } from '../../constitution/decimal.ts'

type Dynamics = Constitution['trust']

/** Whole days of dormancy: the first is full one day after the grace period has ended. */
export function dormantDays(lastAct: number, at: number, graceMs: number): number {
  const rest = at - lastAct - graceMs
  return rest < DAY ? 0 : Math.floor(rest / DAY)
}

export function idleHours(verifiedAt: number, at: number): number {
  return at <= verifiedAt ? 0 : Math.floor((at - verifiedAt) / HOUR)
}

/** µT that a machine has lost to age after so many idle hours. */
export function aged(hours: number, perDay: number): number {
  const product = hours * perDay
  return (product - (product % 24)) / 24
}

/** µT that an increase of drift costs; a decrease costs and gives nothing. */
export function drifted(from: number, to: number, perUnit: number): number {
  if (to <= from) return 0
  const product = perUnit * (to - from)
  return (product - (product % ONE)) / ONE
}

export type Rest = {
  readonly renewed: number
  readonly charged: number
  readonly owed: number
  readonly drift: number
  readonly driftCharged: number
}

/** How far rest is to be charged at a moment: dormant days or idle hours. */
export function restUnits(kind: 'human' | 'machine', renewed: number, at: number, dynamics: Dynamics): number {
  return kind === 'human' ? dormantDays(renewed, at, dynamics.dormancyGraceMs) : idleHours(renewed, at)
}

/** The decay that is due at a moment: what was owed, and what has come since it was charged last. */
export function decayDue(kind: 'human' | 'machine', rest: Rest, at: number, dynamics: Dynamics): number {
  const units = restUnits(kind, rest.renewed, at, dynamics)
  if (kind === 'human') return rest.owed + dynamics.dormancyPerDay * Math.max(0, units - rest.charged)
  const age = aged(units, dynamics.agePerDay) - aged(Math.min(units, rest.charged), dynamics.agePerDay)
  return rest.owed + age + drifted(rest.driftCharged, rest.drift, dynamics.drift)
}
