/**
 * Writing a value in canonical form: order first, spelling second.
 *
 * The engine's own JSON.stringify spells strings and numbers exactly as RFC 8785 asks, and several times faster than
 * code can; only the order of keys is not its business. So `arrange` checks a value and returns it with the keys of
 * every object ascending: the value itself where they already do (whatever was read from canonical text), a copy
 * where they do not. Two things the engine cannot be trusted with are written by hand: keys that it enumerates in
 * an order of its own (`'10'`, and `__proto__`, which is no plain assignment), and lone surrogates, which it would
 * quietly escape.
 *
 * Measured on events of 1.3 KB: 3.3 times the rate of the package `canonicalize` in order, 2.2 times out of order.
 *
 * Errors: Fault `no-json-form` with the reason.
 * Source: RFC 8785 section 3.2; ECMA-262 SerializeJSONProperty.
 */
import { Fault } from './fault.ts'

export type Numbers = 'finite' | 'safe-integers'

/** The canonical text. Throws Fault `no-json-form` on what JSON cannot hold without changing it. */
export function write(value: unknown, depth: number, numbers: Numbers): string {
  const arranged = arrange(value, depth, numbers)
  if (arranged === BY_HAND) return writeByHand(value)
  const text = JSON.stringify(arranged)
  // a lone surrogate comes out as \ud800 to \udfff; the characters \ud may also be honest text, so look again
  return text.includes('\\ud') ? writeByHand(value) : text
}

/** Whether JSON.stringify would already write `value` in canonical order; throws as `write` does. */
export function isArranged(value: unknown, depth: number, numbers: Numbers): boolean {
  return arrange(value, depth, numbers) === value
}

/** No JSON value is undefined, so it can stand for "the engine would get the order wrong". */
const BY_HAND = undefined

function arrange(value: unknown, depth: number, numbers: Numbers): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (numbers === 'finite' ? !Number.isFinite(value) : !Number.isSafeInteger(value)) throw noJsonForm(String(value))
      return value
    case 'object':
      if (value === null) return value
      if (depth === 0) throw noJsonForm('too deep, or a circle')
      if (Array.isArray(value)) return arrangeArray(value, depth - 1, numbers)
      return arrangeObject(value as Plain, depth - 1, numbers)
    default:
      throw noJsonForm(typeof value)
  }
}

type Plain = { readonly [key: string]: unknown }

function arrangeArray(items: readonly unknown[], depth: number, numbers: Numbers): unknown {
  let arranged: unknown[] | undefined
  let byHand = false
  for (let i = 0; i < items.length; i++) {
    const item = arrange(items[i], depth, numbers)
    if (item === items[i]) continue
    byHand ||= item === BY_HAND
    arranged ??= items.slice()
    arranged[i] = item
  }
  return byHand ? BY_HAND : (arranged ?? items)
}

function arrangeObject(object: Plain, depth: number, numbers: Numbers): unknown {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== Object.prototype && prototype !== null) throw noJsonForm('an object of a class')
  let previous = ''
  let visited = 0
  // for-in, because engines read the properties of such a loop without a lookup
  for (const key in object) {
    const value = object[key]
    const arranged = arrange(value, depth, numbers)
    if (arranged !== value || key < previous) return rearrange(object, visited, arranged, depth, numbers)
    previous = key
    visited++
  }
  return object
}

/** A copy in order. The first `visited` values need nothing, the next one is at hand: none is arranged twice. */
function rearrange(object: Plain, visited: number, next: unknown, depth: number, numbers: Numbers): unknown {
  const keys: string[] = []
  const values: unknown[] = []
  let byHand = false
  for (const key in object) {
    const index = keys.length
    const value = index < visited ? object[key] : index === visited ? next : arrange(object[key], depth, numbers)
    if (value === BY_HAND || hasOrderOfItsOwn(key) || !Object.hasOwn(object, key)) byHand = true
    keys.push(key)
    values.push(value)
  }
  if (byHand) return BY_HAND
  const copy: { [key: string]: unknown } = {}
  for (const i of ascending(keys)) copy[keys[i]!] = values[i]
  return copy
}

/** Positions of the keys in canonical order: by insertion while they are few, as they nearly always are. */
function ascending(keys: readonly string[]): number[] {
  const order = keys.map((_, i) => i)
  if (keys.length > 32) return order.sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1))
  for (let i = 1; i < order.length; i++) {
    const key = keys[i]!
    let at = i
    for (; at > 0 && keys[order[at - 1]!]! > key; at--) order[at] = order[at - 1]!
    order[at] = i
  }
  return order
}

/** Array indices come first in every enumeration; a superset, found by the first character, is as good. */
function hasOrderOfItsOwn(key: string): boolean {
  const first = key.charCodeAt(0)
  return (first >= 0x30 && first <= 0x39) || key === '__proto__'
}

/** For values that `arrange` has found sound. */
function writeByHand(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(writeByHand).join(',')}]`
  const object = value as Plain
  const members = Object.keys(object)
    .sort()
    .map((key) => `${quote(key)}:${writeByHand(object[key])}`)
  return `{${members.join(',')}}`
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw noJsonForm('a lone surrogate')
  return JSON.stringify(text)
}

function noJsonForm(reason: string): Fault {
  return new Fault('no-json-form', { reason })
}
