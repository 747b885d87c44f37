/**
 * What a vector file is made of, and what a check of one of its cases looks like.
 *
 *     const roots: Check = (vector, file) => same('root', textAt(vector, 'root'), hex(root(first(vector, file))))
 *
 * A check answers nothing when the protocol agrees with the case, and otherwise the first difference. Readers throw
 * Fault `vector-malformed` for a case that lacks what its section promises; the runner counts that as a failure, as
 * it counts anything else that is thrown.
 */
import { fromHex } from '../wire/bytes.ts'
import { Fault } from '../wire/fault.ts'

export type Vector = { readonly [field: string]: unknown }

/** The parsed file: shared data beside `sections`. */
export type VectorFile = Vector & { readonly file: string; readonly sections: readonly VectorSection[] }
export type VectorSection = { readonly name: string; readonly cases: readonly Vector[] }

export type Difference = { readonly what: string; readonly expected: unknown; readonly given: unknown }

export type Check = (vector: Vector, file: VectorFile, section: VectorSection) => Difference | undefined

/** The checks of one file, by section. */
export type Suite = { readonly [section: string]: Check }

/** Compares strings, numbers, booleans and flat lists of them. */
export function same(what: string, expected: unknown, given: unknown): Difference | undefined {
  return JSON.stringify(expected) === JSON.stringify(given) ? undefined : { what, expected, given }
}

/** The first difference of several comparisons. */
export function firstOf(...differences: readonly (Difference | undefined)[]): Difference | undefined {
  return differences.find((difference) => difference !== undefined)
}

export function textAt(vector: Vector, field: string): string {
  const value = valueAt(vector, field)
  return typeof value === 'string' ? value : malformed(field, 'text')
}

export function numberAt(vector: Vector, field: string): number {
  const value = valueAt(vector, field)
  return typeof value === 'number' ? value : malformed(field, 'a number')
}

export function booleanAt(vector: Vector, field: string): boolean {
  const value = valueAt(vector, field)
  return typeof value === 'boolean' ? value : malformed(field, 'true or false')
}

export function listAt(vector: Vector, field: string): readonly unknown[] {
  const value = valueAt(vector, field)
  return Array.isArray(value) ? value : malformed(field, 'a list')
}

export function textsAt(vector: Vector, field: string): readonly string[] {
  const list = listAt(vector, field)
  return list.every((item) => typeof item === 'string') ? list : malformed(field, 'a list of texts')
}

export function recordsAt(vector: Vector, field: string): readonly Vector[] {
  const list = listAt(vector, field)
  return list.every(isVector) ? list : malformed(field, 'a list of objects')
}

export function bytesAt(vector: Vector, field: string): Uint8Array {
  return bytesOf(textAt(vector, field), field)
}

export function bytesOf(hex: string, field: string): Uint8Array {
  const bytes = fromHex(hex)
  return bytes.ok ? bytes.value : malformed(field, 'lower-case hex')
}

export function isVector(value: unknown): value is Vector {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueAt(vector: Vector, field: string): unknown {
  return Object.hasOwn(vector, field) ? vector[field] : malformed(field, 'there')
}

function malformed(field: string, expected: string): never {
  throw new Fault('vector-malformed', { field, expected })
}
