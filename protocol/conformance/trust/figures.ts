/**
 * From the decimals of the trust vectors to the exact figures of the law.
 *
 * A decimal is read as its shortest form. 1e-9, which the vectors use for «a trace of trust», is one µT.
 */
import { Fault } from '../../wire/fault.ts'
import { millionths } from '../../law/constitution/decimal.ts'
import { share, type Share } from '../../law/trust/rules/share.ts'
import { same, type Difference, type Vector } from '../suite.ts'

const TRACE = 1e-9

/** A decimal in µT or millionths; finer ones towards zero. Throws what is no number. */
export function micro(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Fault('vector-figure', { field })
  if (value === TRACE) return 1
  const exact = millionths(value)
  return exact ?? Math.trunc(value * 1e6)
}

/** A decimal of 0 … 1 as an exact share. */
export function shareOf(value: unknown, field: string): Share {
  if (typeof value !== 'number') throw new Fault('vector-figure', { field })
  const [, whole = '', fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? []
  if (whole === '') throw new Fault('vector-figure', { field })
  return share(Number(whole + fraction), 10 ** fraction.length)
}

/** Agrees to within one µT (the README of the vectors). */
export function near(what: string, expected: unknown, given: number): Difference | undefined {
  if (typeof expected !== 'number') return { what, expected, given: given / 1e6 }
  return Math.abs(expected * 1e6 - given) <= 1 ? undefined : { what, expected, given: given / 1e6 }
}

export function fieldsOf(vector: Vector, field: string): Vector {
  const value = vector[field]
  if (typeof value !== 'object' || value === null) throw new Fault('vector-malformed', { field, expected: 'an object' })
  return value as Vector
}

/** Refused means thrown by the law or by whoever reads its figures, before anything has changed. */
export function refused(what: string, work: () => unknown): Difference | undefined {
  try {
    work()
  } catch {
    return undefined
  }
  return same(what, 'refused', 'taken')
}
