/**
 * Moments and lengths of time, for people. Units: milliseconds since 1970 and milliseconds.
 */
import { t } from '../text/text.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `2 days 3 h`, `4 min 05 s`: two units, rounded down, so that nobody believes to have more time than there is. */
export function duration(ms: number): string {
  const left = Math.max(0, ms)
  if (left >= DAY) return t.time.daysHours(Math.floor(left / DAY), Math.floor((left % DAY) / HOUR))
  if (left >= HOUR) return t.time.hoursMinutes(Math.floor(left / HOUR), Math.floor((left % HOUR) / MINUTE))
  return t.time.minutesSeconds(Math.floor(left / MINUTE), Math.floor((left % MINUTE) / SECOND))
}

/** In the reader's own time zone and language. */
export function moment(at: string | number): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return String(at)
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(date)
}
