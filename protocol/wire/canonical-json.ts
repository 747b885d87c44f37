/**
 * Canonical JSON: the one spelling of a value, the bytes that are hashed and signed.
 *
 * Keys ascend by UTF-16 code units, nothing stands between tokens, strings escape only what must be escaped,
 * numbers are written as ECMAScript writes them:
 *
 *     { b: [1, true], a: 'é\n' }  →  {"a":"é\n","b":[1,true]}
 *
 * `encode` covers all of RFC 8785, floats included. Records are held to less (`parseRecord`): safe integers
 * only, and the text must already be canonical, so that a record has exactly one form on the wire.
 *
 * Errors: json-malformed, json-duplicate-key, json-too-deep, json-too-large, json-surrogate, json-number,
 * json-not-canonical, json-utf8; Fault no-json-form.
 * Source: RFC 8785, RFC 8259, RFC 7493 (I-JSON); spec 2.1, reading X12.
 */
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'
import { readStrictly } from './strict-json.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** `bytes` of UTF-8, and containers inside containers: `[]` has depth 1. */
export type Caps = { readonly bytes: number; readonly depth: number }

export const RECORD_CAPS: Caps = { bytes: 1_048_576, depth: 64 }

/** Deeper than any text we read, shallow enough for every stack: what exceeds it is a circle or a mistake. */
const ENCODE_DEPTH = 1000

/** Throws Fault `no-json-form`, naming the reason, on a value that JSON cannot hold without changing it. */
export function encode(value: unknown): string {
  return write(value, ENCODE_DEPTH, false)
}

export function encodeBytes(value: unknown): Uint8Array {
  return Bytes.utf8(encode(value))
}

/** Strict JSON in any spelling: whitespace and floats are allowed, ambiguity is not. */
export function parse(input: string | Uint8Array, caps: Caps = RECORD_CAPS): Result<Json, Malformed> {
  const source = textOf(input, caps)
  return source.ok ? readStrictly(source.value, caps.depth) : source
}

/**
 * A record: canonical, safe integers only.
 *
 * The common case costs a native parse, an encoding and a comparison. That suffices: a duplicate key, a
 * negative zero, a needless escape or a space would all be gone from the encoding. The strict reader runs
 * only to name what is wrong.
 */
export function parseRecord(input: string | Uint8Array, caps: Caps = RECORD_CAPS): Result<Json, Malformed> {
  const source = textOf(input, caps)
  if (!source.ok) return source
  try {
    const value = JSON.parse(source.value) as Json
    if (write(value, caps.depth, true) === source.value) return ok(value)
  } catch {
    // not JSON, or JSON that no record may hold: named below
  }
  const read = readStrictly(source.value, caps.depth)
  if (!read.ok) return read
  const number = firstUnsafeNumber(read.value)
  if (number !== undefined) return malformed('json-number', { given: number })
  return malformed('json-not-canonical')
}

function textOf(input: string | Uint8Array, caps: Caps): Result<string, Malformed> {
  if (typeof input !== 'string') {
    if (input.length > caps.bytes) return malformed('json-too-large', { bytes: input.length, max: caps.bytes })
    const decoded = Bytes.text(input)
    return decoded.ok ? decoded : malformed('json-utf8')
  }
  if (input.length * 3 <= caps.bytes) return ok(input)
  const bytes = utf8Length(input)
  return bytes <= caps.bytes ? ok(input) : malformed('json-too-large', { bytes, max: caps.bytes })
}

function utf8Length(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    // each half of a surrogate pair counts two of the four bytes
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3
  }
  return bytes
}

function firstUnsafeNumber(value: Json): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? undefined : value
  if (typeof value !== 'object' || value === null) return undefined
  for (const inner of Object.values(value)) {
    const found = firstUnsafeNumber(inner)
    if (found !== undefined) return found
  }
  return undefined
}

function write(value: unknown, depth: number, integersOnly: boolean): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      if (integersOnly ? !Number.isSafeInteger(value) : !Number.isFinite(value)) throw noJsonForm(String(value))
      return String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (depth === 0) throw noJsonForm('too deep, or a circle')
      return Array.isArray(value)
        ? writeArray(value, depth - 1, integersOnly)
        : writeObject(value as { [key: string]: unknown }, depth - 1, integersOnly)
    default:
      throw noJsonForm(typeof value)
  }
}

function writeArray(items: readonly unknown[], depth: number, integersOnly: boolean): string {
  if (items.length === 0) return '[]'
  let out = '[' + write(items[0], depth, integersOnly)
  for (let i = 1; i < items.length; i++) out += ',' + write(items[i], depth, integersOnly)
  return out + ']'
}

function writeObject(object: { [key: string]: unknown }, depth: number, integersOnly: boolean): string {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== Object.prototype && prototype !== null) throw noJsonForm('an object of a class')
  const keys = Object.keys(object)
  if (keys.length === 0) return '{}'
  for (let i = 1; i < keys.length; i++) {
    if (keys[i - 1]! > keys[i]!) {
      keys.sort()
      break
    }
  }
  let out = '{'
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    out += (i === 0 ? '' : ',') + quote(key) + ':' + write(object[key], depth, integersOnly)
  }
  return out + '}'
}

/** What JSON escapes, and surrogates, which have to be looked at. */
// oxlint-disable-next-line no-control-regex
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/

/** JSON.stringify escapes as RFC 8785 asks, except that it also writes lone surrogates. */
function quote(text: string): string {
  if (!NEEDS_CARE.test(text)) return '"' + text + '"'
  if (!text.isWellFormed()) throw noJsonForm('a lone surrogate')
  return JSON.stringify(text)
}

function noJsonForm(reason: string): Fault {
  return new Fault('no-json-form', { reason })
}
