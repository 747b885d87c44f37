/**
 * When epochs end. Regular ends lie on multiples of the epoch length since 1970, so that hourly epochs end on the
 * hour in every deployment.
 *
 *     ended(n-1) ──────────────── epoch n ────────────────▶ next regular end
 *                       ▲ a development deployment may close here, on demand, on a full minute
 *
 * Source: spec 2.3. All times in milliseconds.
 */
import type { Millis } from '../../wire/time.ts'

export const MINUTE_MS = 60_000

/** The first regular end after a moment. */
export function nextRegularEnd(after: Millis, epochMs: number): Millis {
  return ((Math.floor(after / epochMs) + 1) * epochMs) as Millis
}

/** The latest full minute at or before a moment. */
export function minuteOf(at: Millis): Millis {
  return (at - (at % MINUTE_MS)) as Millis
}

/**
 * The end that a close at `at` would give this epoch, or undefined where none is due.
 *
 * Regular deployments close epoch by epoch, however many were missed. A development deployment covers its downtime
 * with one close, and `onDemand` closes at the latest full minute that lies after the last end.
 */
export function dueEnd(
  epoch: { lastEnd: Millis; epochMs: number; development: boolean },
  at: Millis,
  onDemand: boolean,
): Millis | undefined {
  const regular = nextRegularEnd(epoch.lastEnd, epoch.epochMs)
  if (!epoch.development) return at >= regular ? regular : undefined
  if (at >= regular) return Math.max(regular, latestRegularEnd(at, epoch.epochMs)) as Millis
  const minute = minuteOf(at)
  return onDemand && minute > epoch.lastEnd ? minute : undefined
}

function latestRegularEnd(at: Millis, epochMs: number): Millis {
  return (at - (at % epochMs)) as Millis
}

/** Whether `end` is an end that this epoch may be given at `at`. */
export function mayEndAt(
  epoch: { lastEnd: Millis; epochMs: number; development: boolean },
  end: Millis,
  at: Millis,
): boolean {
  if (end > at || end <= epoch.lastEnd) return false
  if (!epoch.development) return end === nextRegularEnd(epoch.lastEnd, epoch.epochMs)
  return end % MINUTE_MS === 0
}
