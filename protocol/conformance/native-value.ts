/**
 * Values that vector files give as JavaScript expressions (`10n`, `new Set([1])`, `{ a: undefined }`), read by a
 * small reader instead of being run: a file of vectors is data, and data must not be able to do anything.
 *
 *     value     literal | array | object | function | new Name(values) | Name(values) | Name.member(values)
 *               | ( value ) | - value | local | program
 *     program   (() => { const a = {}; a.self = a; return a })()          for values that contain themselves
 *
 * Names come from a closed list. Functions and classes are read as such; their bodies are never looked at.
 *
 * Errors: Fault `expression-unknown` with the place; the runner counts it as a failed case.
 */
import { Fault } from '../wire/fault.ts'

const NAMES = new Set(
  (
    'Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error Float32Array Float64Array ' +
    'Int16Array Int32Array Int8Array Map Number Object Promise RangeError RegExp Set String Symbol TypeError ' +
    'Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet'
  ).split(' '),
)
const MEMBERS = new Set(
  (
    'NaN POSITIVE_INFINITY NEGATIVE_INFINITY MAX_VALUE MIN_VALUE MAX_SAFE_INTEGER MIN_SAFE_INTEGER EPSILON iterator ' +
    'toStringTag asyncIterator create freeze assign fromEntries for of from'
  ).split(' '),
)
const CHANGES = new Set(['push', 'add', 'set'])

const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', NaN],
  ['Infinity', Infinity],
])

type Reader = { readonly source: string; at: number; readonly locals: Map<string, unknown> }
type Callable = (...values: readonly unknown[]) => unknown

export function nativeValue(expression: string): unknown {
  const reader: Reader = { source: expression, at: 0, locals: new Map() }
  const value = readValue(reader)
  if (rest(reader) !== '') throw unknown(reader)
  return value
}

function readValue(reader: Reader): unknown {
  if (take(reader, /-/y)) return negated(readValue(reader))
  if (take(reader, /\[/y)) return readList(reader, ']')
  if (take(reader, /\{/y)) return readObject(reader)
  if (isFunction(reader)) return opaqueFunction(reader)
  if (take(reader, /\((?:\(\s*\)\s*=>|function\s*\(\s*\))\s*\{/y)) return readProgram(reader)
  if (take(reader, /\(/y)) return enclosed(reader)
  const text = take(reader, /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`/y)
  if (text !== undefined) return textOf(text)
  const pattern = take(reader, /\/(?![*/])(?:[^/\\\n]|\\.)+\/[dgimsuvy]*/y)
  if (pattern !== undefined) {
    const end = pattern.lastIndexOf('/')
    return new RegExp(pattern.slice(1, end), pattern.slice(end + 1))
  }
  const digits = take(reader, /0[xX][0-9a-fA-F]+n?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?n?/y)
  if (digits !== undefined) return digits.endsWith('n') ? BigInt(digits.slice(0, -1)) : Number(digits)
  return readNamed(reader)
}

function readNamed(reader: Reader): unknown {
  const isNew = take(reader, /new\b/y) !== undefined
  if (isNew && take(reader, /\(?\s*(?=class\b)/y) !== undefined) return instanceOfSomeClass(reader)
  const name = take(reader, /[A-Za-z_$][\w$]*/y)
  if (name === undefined) throw unknown(reader)
  if (!isNew && CONSTANTS.has(name)) return CONSTANTS.get(name)
  if (!isNew && reader.locals.has(name)) return reader.locals.get(name)
  if (!NAMES.has(name)) throw unknown(reader)
  const named = (globalThis as unknown as { readonly [name: string]: unknown })[name] as Callable
  if (isNew) return Reflect.construct(named, take(reader, /\(/y) === undefined ? [] : readList(reader, ')'))
  if (take(reader, /\(/y) !== undefined) return named(...readList(reader, ')'))
  if (take(reader, /\./y) === undefined) return named
  const member = take(reader, /\w+/y) ?? ''
  if (!MEMBERS.has(member) || !(member in named)) throw unknown(reader)
  const value = (named as unknown as { readonly [name: string]: unknown })[member]
  return take(reader, /\(/y) === undefined ? value : (value as Callable).call(named, ...readList(reader, ')'))
}

/** Items up to the closing bracket; a comma with nothing before it leaves a hole. */
function readList(reader: Reader, end: ']' | ')'): unknown[] {
  const items: unknown[] = []
  for (;;) {
    if (take(reader, end === ']' ? /\]/y : /\)/y)) return items
    if (take(reader, /,/y)) {
      items.length++
      continue
    }
    items.push(readValue(reader))
    if (take(reader, /,/y) === undefined && !rest(reader).startsWith(end)) throw unknown(reader)
  }
}

function readObject(reader: Reader): unknown {
  const object: { [key: string | symbol]: unknown } = {}
  while (take(reader, /\}/y) === undefined) {
    const key = readKey(reader)
    if (take(reader, /:/y) === undefined) throw unknown(reader)
    const value = readValue(reader)
    if (key === '__proto__') Object.setPrototypeOf(object, value as object | null)
    else object[key] = value
    if (take(reader, /,/y) === undefined && !rest(reader).startsWith('}')) throw unknown(reader)
  }
  return object
}

function readKey(reader: Reader): string | symbol {
  if (take(reader, /\[/y)) {
    const [key] = readList(reader, ']')
    return typeof key === 'symbol' ? key : String(key)
  }
  const key = take(reader, /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w$]+/y)
  if (key === undefined) throw unknown(reader)
  return /^["']/.test(key) ? textOf(key) : key
}

function readProgram(reader: Reader): unknown {
  for (;;) {
    if (take(reader, /return\b/y)) {
      const value = readValue(reader)
      take(reader, /;/y)
      if (take(reader, /\}\s*\)\s*\(\s*\)/y) === undefined) throw unknown(reader)
      return value
    }
    const declared = take(reader, /(?:const|let|var)\s+[A-Za-z_$][\w$]*\s*=/y)
    if (declared === undefined) change(reader)
    else reader.locals.set(/[\w$]+(?=\s*=$)/.exec(declared)![0], readValue(reader))
    take(reader, /;/y)
  }
}

/** `a.b = value`, `a[0] = value`, `a.push(value)` and its like. */
function change(reader: Reader): void {
  const target = reader.locals.get(take(reader, /[A-Za-z_$][\w$]*/y) ?? '')
  if (typeof target !== 'object' || target === null) throw unknown(reader)
  const member = take(reader, /\[/y)
    ? String(readList(reader, ']')[0])
    : take(reader, /\.\s*[\w$]+/y)
        ?.slice(1)
        .trim()
  if (member === undefined) throw unknown(reader)
  const fields = target as { [name: string]: unknown }
  if (take(reader, /=/y)) fields[member] = readValue(reader)
  else if (CHANGES.has(member) && take(reader, /\(/y))
    (fields[member] as Callable).call(target, ...readList(reader, ')'))
  else throw unknown(reader)
}

function enclosed(reader: Reader): unknown {
  const value = readValue(reader)
  if (take(reader, /\)/y) === undefined) throw unknown(reader)
  return value
}

const FUNCTION = /(?:async\s+)?(?:function\b|\([\w\s,]*\)\s*=>|[A-Za-z_$][\w$]*\s*=>)|class\b/y

function isFunction(reader: Reader): boolean {
  skipSpace(reader)
  FUNCTION.lastIndex = reader.at
  return FUNCTION.test(reader.source)
}

/** Skips to the bracket or comma that ends it. */
function opaqueFunction(reader: Reader): unknown {
  let depth = 0
  for (; reader.at < reader.source.length; reader.at++) {
    const character = reader.source[reader.at]!
    if ('([{'.includes(character)) depth++
    if (depth === 0 && ',)]}'.includes(character)) break
    if (')]}'.includes(character)) depth--
  }
  return () => undefined
}

function instanceOfSomeClass(reader: Reader): unknown {
  opaqueFunction(reader)
  take(reader, /\)/y)
  if (take(reader, /\(/y)) readList(reader, ')')
  return Object.create({})
}

/** JSON knows the same escapes, in double quotes. */
function textOf(quoted: string): string {
  const inner = quoted
    .slice(1, -1)
    .replaceAll(/\\(['`])/g, '$1')
    .replaceAll(/\\x([0-9a-fA-F]{2})/g, '\\u00$1')
  const escaped = quoted.startsWith('"') ? inner : inner.replaceAll(/(?<!\\)"/g, '\\"').replaceAll('\n', '\\n')
  return JSON.parse(`"${escaped}"`) as string
}

function negated(value: unknown): unknown {
  return typeof value === 'bigint' ? -value : -(value as number)
}

function take(reader: Reader, token: RegExp): string | undefined {
  skipSpace(reader)
  token.lastIndex = reader.at
  const found = token.exec(reader.source)
  if (found === null) return undefined
  reader.at += found[0].length
  return found[0]
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.source[reader.at] ?? '')) reader.at++
}

function rest(reader: Reader): string {
  return reader.source.slice(reader.at).trim()
}

function unknown(reader: Reader): Fault {
  return new Fault('expression-unknown', { expression: reader.source, position: reader.at })
}
