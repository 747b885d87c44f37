/**
 * Reading what the API answers: the fields we need, of the types we need them in. Further fields are left alone, so
 * that an older app can read a newer server.
 *
 *     const seat = fields({ id: text, region: text, sealed: flag })
 *     type Seat = Read<typeof seat>
 *
 * Fault: `answer-unreadable` with the place.
 */
import { Fault } from '../../protocol/wire/fault.ts'

export type Reader<T> = (value: unknown, at: string) => T
export type Read<R> = R extends Reader<infer T> ? T : never
type Fields<F> = { readonly [name in keyof F]: Read<F[name]> }

export const text: Reader<string> = (value, at) => (typeof value === 'string' ? value : unreadable(at))
export const number: Reader<number> = (value, at) => (typeof value === 'number' ? value : unreadable(at))
export const flag: Reader<boolean> = (value, at) => (typeof value === 'boolean' ? value : unreadable(at))
export const anything: Reader<unknown> = (value) => value

export function oneOf<const T extends string>(...values: readonly T[]): Reader<T> {
  return (value, at) => values.find((one) => one === value) ?? unreadable(at)
}

export function nullable<T>(inner: Reader<T>): Reader<T | null> {
  return (value, at) => (value === null || value === undefined ? null : inner(value, at))
}

export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  return (value, at) => (Array.isArray(value) ? value.map((one, index) => item(one, `${at}/${index}`)) : unreadable(at))
}

/** An object whose keys are data. */
export function dictionary<T>(item: Reader<T>): Reader<{ readonly [name: string]: T }> {
  return (value, at) => {
    if (!isObject(value)) return unreadable(at)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, item(one, `${at}/${name}`)]))
  }
}

export function fields<F extends { readonly [name: string]: Reader<unknown> }>(of: F): Reader<Fields<F>> {
  return (value, at) => {
    if (!isObject(value)) return unreadable(at)
    const read = Object.entries(of).map(([name, reader]) => {
      const field = Object.hasOwn(value, name) ? value[name] : undefined
      return [name, reader(field, `${at}/${name}`)]
    })
    return Object.fromEntries(read) as Fields<F>
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unreadable(at: string): never {
  throw new Fault('answer-unreadable', { at })
}
