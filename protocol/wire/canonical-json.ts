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
import { isArranged, write } from './canonical-order.ts'
import type { Caps, Json } from './json.ts'
import { malformed, type Malformed } from './malformed.ts'
import { ok, type Result } from './result.ts'
import { readStrictly } from './strict-json.ts'

export type { Caps, Json } from './json.ts'

export const RECORD_CAPS: Caps = { bytes: 1_048_576, depth: 64 }

/** Deeper than any text we read, shallow enough for every stack: what exceeds it is a circle or a mistake. */
const ENCODE_DEPTH = 1000

/** Throws Fault `no-json-form`, naming the reason, on a value that JSON cannot hold without changing it. */
export function encode(value: unknown): string {
  return write(value, ENCODE_DEPTH, 'finite')
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
 * The common case costs a native parse, a native encoding and a comparison. That suffices: a duplicate key, a
 * negative zero, a needless escape or a space would all be gone from the encoding. The strict reader runs for the
 * rest: to name what is wrong, and for keys that the engine would not enumerate in canonical order.
 */
export function parseRecord(input: string | Uint8Array, caps: Caps = RECORD_CAPS): Result<Json, Malformed> {
  const source = textOf(input, caps)
  if (!source.ok) return source
  try {
    const value = JSON.parse(source.value) as Json
    if (isArranged(value, caps.depth, 'safe-integers') && spellsOut(value, source.value)) return ok(value)
  } catch {
    // not JSON, or JSON that no record may hold: named below
  }
  const read = readStrictly(source.value, caps.depth)
  if (!read.ok) return read
  if (isCanonical(read.value, source.value, caps.depth)) return read
  const number = firstUnsafeNumber(read.value)
  if (number !== undefined) return malformed('json-number', { given: number })
  return malformed('json-not-canonical')
}

/** A lone surrogate, escaped in the text, would come back the same: the strict reader looks at such a text. */
function spellsOut(value: Json, text: string): boolean {
  return JSON.stringify(value) === text && !text.includes('\\ud')
}

function isCanonical(value: Json, text: string, depth: number): boolean {
  try {
    return write(value, depth, 'safe-integers') === text
  } catch {
    return false
  }
}

function textOf(input: string | Uint8Array, caps: Caps): Result<string, Malformed> {
  if (typeof input !== 'string') {
    if (input.length > caps.bytes) return malformed('json-too-large', { bytes: input.length, max: caps.bytes })
    const decoded = Bytes.text(input)
    return decoded.ok ? decoded : malformed('json-utf8')
  }
  if (input.length * 3 <= caps.bytes) return ok(input)
  const bytes = Bytes.utf8Length(input)
  return bytes <= caps.bytes ? ok(input) : malformed('json-too-large', { bytes, max: caps.bytes })
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
