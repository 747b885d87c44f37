/**
 * The kinds of value a parameter can have, and how one value is judged by itself.
 *
 *     share(0.7, 1)   a decimal from 0.70 to 1, kept as 700 000 … 1 000 000 millionths
 *     days(1, 90)     a whole number of days from 1 to 90
 *     fixed(0)        exactly this value: the protocol leaves no choice
 *     members([...])  exactly these names, each once, in any order
 *
 * Units: decimals in millionths (trust: microtrust), everything countable as the whole number that was written.
 * Errors: the structure codes of `finding.ts`. Nothing is converted to be nice: a number in quotes is text, 1 is
 * not true, 29.5 is not an integer.
 */
import type { Json } from '../../../wire/canonical-json.ts'
import { millionths, ONE } from '../decimal.ts'
import type { StructureCode } from '../finding.ts'

export type Unit =
  | 'decimal'
  | 'microtrust'
  | 'permille'
  | 'days'
  | 'hours'
  | 'humans'
  | 'rounds'
  | 'seats'
  | 'sessions'
  | 'count'
  | 'flag'
  | 'name'
  | 'list'
  | 'text'

export type Bounds = { readonly min?: number; readonly above?: number; readonly max?: number; readonly below?: number }

export type Kind =
  | ({ readonly type: 'decimal'; readonly unit: Unit } & Bounds)
  | ({ readonly type: 'permille'; readonly unit: 'permille' } & Bounds)
  | ({ readonly type: 'integer'; readonly unit: Unit } & Bounds)
  | { readonly type: 'fixed'; readonly unit: Unit; readonly value: string | number | boolean }
  | { readonly type: 'flag'; readonly unit: 'flag' }
  | { readonly type: 'one-of'; readonly unit: 'name'; readonly names: readonly string[] }
  | { readonly type: 'members'; readonly unit: 'list'; readonly names: readonly string[]; readonly ordered: boolean }
  | { readonly type: 'pointers'; readonly unit: 'list'; readonly including: readonly string[] }
  | { readonly type: 'text'; readonly unit: 'text'; readonly pattern: RegExp; readonly form: string }

export const decimal = (bounds: Bounds): Kind => ({ type: 'decimal', unit: 'decimal', ...bounds })
/** A decimal of at most three places, kept in thousandths. */
export const permille = (bounds: Bounds): Kind => ({ type: 'permille', unit: 'permille', ...bounds })
export const trust = (bounds: Bounds): Kind => ({ type: 'decimal', unit: 'microtrust', ...bounds })
export const days = (min: number, max: number): Kind => ({ type: 'integer', unit: 'days', min, max })
export const hours = (min: number, max: number): Kind => ({ type: 'integer', unit: 'hours', min, max })
export const humans = (min: number, max: number): Kind => ({ type: 'integer', unit: 'humans', min, max })
export const rounds = (min: number, max: number): Kind => ({ type: 'integer', unit: 'rounds', min, max })
export const seats = (min: number, max: number): Kind => ({ type: 'integer', unit: 'seats', min, max })
export const sessions = (min: number, max: number): Kind => ({ type: 'integer', unit: 'sessions', min, max })
export const count = (min: number, max: number): Kind => ({ type: 'integer', unit: 'count', min, max })
export const flag: Kind = { type: 'flag', unit: 'flag' }
export const fixed = (value: string | number | boolean, unit: Unit): Kind => ({ type: 'fixed', unit, value })
export const oneOf = (...names: string[]): Kind => ({ type: 'one-of', unit: 'name', names })
export const members = (names: readonly string[]): Kind => ({ type: 'members', unit: 'list', names, ordered: false })
export const sequence = (names: readonly string[]): Kind => ({ type: 'members', unit: 'list', names, ordered: true })
/** JSON Pointers into the same document, each once; at least those named. */
export const pointers = (...including: string[]): Kind => ({ type: 'pointers', unit: 'list', including })
export const textOf = (pattern: RegExp, form: string): Kind => ({ type: 'text', unit: 'text', pattern, form })

/** What an accepted value is kept as: decimals in millionths (or permille), the rest as it stands. */
export type Exact = number | boolean | string | readonly string[]

export type Judged =
  | { readonly ok: true; readonly value: Exact }
  | { readonly ok: false; readonly code: StructureCode; readonly required: string }

const PERMILLE = ONE / 1000

const no = (code: StructureCode, required: string): Judged => ({ ok: false, code, required })
const yes = (value: Exact): Judged => ({ ok: true, value })

/** Judge one value by its kind alone. */
export function judge(kind: Kind, value: Json): Judged {
  const required = rangeOf(kind)
  switch (kind.type) {
    case 'decimal': {
      if (typeof value !== 'number') return no('parameter-wrong-type', required)
      if (!within(kind, value)) return no('parameter-out-of-range', required)
      const exact = millionths(value)
      return exact === undefined ? no('parameter-too-fine', 'at most 6 decimal places') : yes(exact)
    }
    case 'permille': {
      if (typeof value !== 'number') return no('parameter-wrong-type', required)
      if (!within(kind, value)) return no('parameter-out-of-range', required)
      const exact = millionths(value)
      const whole = exact !== undefined && exact % PERMILLE === 0
      return whole ? yes(exact / PERMILLE) : no('parameter-too-fine', 'at most 3 decimal places')
    }
    case 'integer':
      if (typeof value !== 'number') return no('parameter-wrong-type', required)
      if (!Number.isSafeInteger(value)) return no('parameter-not-integer', required)
      return within(kind, value) ? yes(value + 0) : no('parameter-out-of-range', required)
    case 'fixed':
      if (typeof value !== typeof kind.value) return no('parameter-wrong-type', required)
      if (value !== kind.value) return no('parameter-fixed', required)
      return yes(typeof kind.value === 'number' && kind.unit !== 'count' ? (millionths(kind.value) ?? 0) : kind.value)
    case 'flag':
      return typeof value === 'boolean' ? yes(value) : no('parameter-wrong-type', required)
    case 'one-of':
      if (typeof value !== 'string') return no('parameter-wrong-type', required)
      return kind.names.includes(value) ? yes(value) : no('parameter-out-of-range', required)
    case 'members':
      if (!isTextList(value)) return no('parameter-wrong-type', required)
      return sameMembers(value, kind.names, kind.ordered) ? yes(value) : no('list-differs', required)
    case 'pointers':
      if (!isTextList(value)) return no('parameter-wrong-type', required)
      return isPointerList(value, kind.including) ? yes(value) : no('list-differs', required)
    case 'text':
      if (typeof value !== 'string') return no('parameter-wrong-type', required)
      return kind.pattern.test(value) ? yes(value) : no('parameter-out-of-range', required)
  }
}

/** The range as a formula, for tables and findings. */
export function rangeOf(kind: Kind): string {
  switch (kind.type) {
    case 'decimal':
    case 'permille':
      return `decimal ${boundsOf(kind)}`
    case 'integer':
      return `integer ${boundsOf(kind)}`
    case 'fixed':
      return `= ${JSON.stringify(kind.value)}`
    case 'flag':
      return 'true or false'
    case 'one-of':
      return kind.names.length === 1 ? `= "${kind.names[0]}"` : `one of ${kind.names.join(', ')}`
    case 'members':
      return `exactly ${kind.names.join(', ')}${kind.ordered ? ' in this order' : ''}`
    case 'pointers':
      return kind.including.length === 0
        ? 'JSON Pointers, each once'
        : `JSON Pointers, each once, with ${kind.including.join(', ')}`
    case 'text':
      return kind.form
  }
}

function boundsOf({ min, above, max, below }: Bounds): string {
  const parts = [
    min === undefined ? '' : `>= ${min}`,
    above === undefined ? '' : `> ${above}`,
    max === undefined ? '' : `<= ${max}`,
    below === undefined ? '' : `< ${below}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function within({ min, above, max, below }: Bounds, value: number): boolean {
  return (
    (min === undefined || value >= min) &&
    (above === undefined || value > above) &&
    (max === undefined || value <= max) &&
    (below === undefined || value < below)
  )
}

function isTextList(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function sameMembers(given: readonly string[], names: readonly string[], ordered: boolean): boolean {
  if (given.length !== names.length) return false
  return ordered ? given.every((name, i) => name === names[i]) : names.every((name) => given.includes(name))
}

const POINTER = /^(\/([^~/]|~[01])+)+$/

function isPointerList(given: readonly string[], including: readonly string[]): boolean {
  return (
    new Set(given).size === given.length &&
    given.every((pointer) => POINTER.test(pointer)) &&
    including.every((pointer) => given.includes(pointer))
  )
}
