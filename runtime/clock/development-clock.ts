/**
 * A clock that stands still until somebody moves it: a month passes in minutes, the same way every time.
 *
 *     moveTo(at) ─▶ the ledger stamps with it, the beacon counts its rounds by it, the chain's next block bears it
 *
 * For development deployments only: whoever could set the time of another could open windows and close them. Time moves
 * forward, or not at all.
 *
 * Faults: `clock-set-back`, `clock-not-for-this-deployment`.
 * Source: spec 2.2 (one clock port; a development clock moves ledger and chains together).
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Millis } from '../../protocol/wire/time.ts'
import type { Clock } from '../ports/clock.ts'

export type DevelopmentClock = Clock & {
  /** Forward to this moment. */
  moveTo(at: Millis): void
}

const MADE = new WeakSet<Clock>()

export function developmentClock(start: Millis): DevelopmentClock {
  let now = start
  const clock: DevelopmentClock = {
    now: () => now,
    moveTo: (at) => {
      if (!Number.isSafeInteger(at) || at < now) throw new Fault('clock-set-back', { now, to: at })
      now = at
    },
  }
  MADE.add(clock)
  return clock
}

/** A deployment that is not for development runs by the machine's clock alone. */
export function requireClockFits(clock: Clock, deployment: { readonly development: boolean }): void {
  if (MADE.has(clock) && !deployment.development) throw new Fault('clock-not-for-this-deployment')
}
