/**
 * Moments, written and counted, without a clock and without Date.
 *
 *     Timestamp  '2026-02-13T09:05:07.042Z'   in records, always UTC, always three decimals
 *     Millis     1770973507042                whole milliseconds since 1970-01-01T00:00:00.000Z
 *     epoch id   '2026-02-13T10:00Z'          the minute at which an epoch ends
 *     seconds    '2026-02-13T10:00:00Z'       the same moment in a commitment record
 *
 * Years 1970 to 9999 of the Gregorian calendar, days of 86 400 seconds: no leap seconds, no 24:00. A text is
 * read only if writing its value again gives the same text.
 *
 * Errors: `time-malformed`; Fault `time-out-of-range`.
 * Source: spec 2.1, 2.3; RFC 3339; civil-calendar arithmetic after H. Hinnant, chrono-compatible low-level
 * date algorithms.
 */
import type { Brand } from './brand.ts'
import { Fault } from './fault.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'

export type Timestamp = Brand<string, 'Timestamp'>
export type Millis = Brand<number, 'Millis'>

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** 9999-12-31T23:59:59.999Z */
export const LAST_MILLIS = 253_402_300_799_999 as Millis

/** A count of milliseconds from outside or from arithmetic; throws Fault `time-out-of-range` unless whole and in range. */
export function millis(count: number): Millis {
  if (!isMillis(count)) throw new Fault('time-out-of-range', { given: count })
  return count
}

export function isMillis(count: unknown): count is Millis {
  return Number.isSafeInteger(count) && (count as number) >= 0 && (count as number) <= LAST_MILLIS
}

const TIMESTAMP = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/
const SECONDS = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/
const EPOCH_ID = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$/

export function parseTimestamp(value: unknown): Result<Millis, Malformed> {
  return read(value, TIMESTAMP)
}

export function parseSeconds(value: unknown): Result<Millis, Malformed> {
  return read(value, SECONDS)
}

export function parseEpochId(value: unknown): Result<Millis, Malformed> {
  return read(value, EPOCH_ID)
}

export function isTimestamp(value: unknown): value is Timestamp {
  return parseTimestamp(value).ok
}

export function formatTimestamp(at: Millis): Timestamp {
  return `${secondsPart(at)}.${digits(at % SECOND, 3)}Z` as Timestamp
}

/** Rounds down to the second. */
export function formatSeconds(at: Millis): string {
  return `${secondsPart(at)}Z`
}

/** Rounds down to the minute. */
export function epochId(at: Millis): string {
  return `${minutesPart(at)}Z`
}

function secondsPart(at: Millis): string {
  return `${minutesPart(at)}:${digits(Math.floor(at / SECOND) % 60, 2)}`
}

function minutesPart(at: Millis): string {
  if (!isMillis(at)) throw new Fault('time-out-of-range', { given: at })
  const { year, month, day } = civilFromDays(Math.floor(at / DAY))
  const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`
  return `${date}T${digits(Math.floor(at / HOUR) % 24, 2)}:${digits(Math.floor(at / MINUTE) % 60, 2)}`
}

function read(value: unknown, form: RegExp): Result<Millis, Malformed> {
  if (typeof value !== 'string' || !form.test(value)) return malformed('time-malformed')
  const year = number(value, 0, 4)
  const month = number(value, 5, 2)
  const day = number(value, 8, 2)
  const hour = number(value, 11, 2)
  const minute = number(value, 14, 2)
  const second = form === EPOCH_ID ? 0 : number(value, 17, 2)
  const fraction = form === TIMESTAMP ? number(value, 20, 3) : 0
  const exists = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24
  if (!exists || minute > 59 || second > 59) return malformed('time-malformed')
  const days = daysFromCivil(year, month, day)
  return ok((days * DAY + hour * HOUR + minute * MINUTE + second * SECOND + fraction) as Millis)
}

function number(text: string, start: number, length: number): number {
  let value = 0
  for (let i = start; i < start + length; i++) value = value * 10 + text.charCodeAt(i) - 0x30
  return value
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days from 0000-03-01 to 1970-01-01. */
const UNIX_EPOCH_DAY = 719_468
const DAYS_PER_400_YEARS = 146_097

/** Days since 1970-01-01. Years are counted from March, so that the leap day is the last of its year. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const cycle = Math.floor(marchYear / 400)
  const yearOfCycle = marchYear - cycle * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear
  return cycle * DAYS_PER_400_YEARS + dayOfCycle - UNIX_EPOCH_DAY
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + UNIX_EPOCH_DAY
  const cycle = Math.floor(shifted / DAYS_PER_400_YEARS)
  const dayOfCycle = shifted - cycle * DAYS_PER_400_YEARS
  const leapDaysPassed =
    Math.floor(dayOfCycle / 1_460) - Math.floor(dayOfCycle / 36_524) + Math.floor(dayOfCycle / 146_096)
  const yearOfCycle = Math.floor((dayOfCycle - leapDaysPassed) / 365)
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}
