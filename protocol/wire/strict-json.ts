/**
 * A strict reader of JSON: where JSON.parse would guess, keep the last of two keys or let a lone surrogate
 * through, this one says what is wrong and where.
 *
 * `__proto__` and its like are keys as any other: they become own properties.
 *
 * Errors: json-malformed, json-duplicate-key, json-too-deep, json-surrogate, json-number (beyond a double),
 * each with `position` in UTF-16 code units.
 * Source: RFC 8259, RFC 7493.
 */
import type { Json } from './json.ts'
import { describe, type Malformed } from './malformed.ts'
import { err, ok, type Result } from './result.ts'

type Cursor = { readonly text: string; at: number; readonly depth: number }

/** Thrown inside this file only, to leave the recursion. */
class Stop {
  readonly fault: Malformed
  constructor(fault: Malformed) {
    this.fault = fault
  }
}

export function readStrictly(text: string, depth: number): Result<Json, Malformed> {
  const cursor: Cursor = { text, at: 0, depth }
  try {
    skipSpace(cursor)
    const value = readValue(cursor, depth)
    skipSpace(cursor)
    if (cursor.at < text.length) throw stop('json-malformed', cursor.at)
    return ok(value)
  } catch (thrown) {
    if (thrown instanceof Stop) return err(thrown.fault)
    throw thrown
  }
}

function readValue(cursor: Cursor, depth: number): Json {
  switch (cursor.text[cursor.at]) {
    case '{':
      return readObject(cursor, enter(cursor, depth))
    case '[':
      return readArray(cursor, enter(cursor, depth))
    case '"':
      return readString(cursor)
    case 't':
      return readWord(cursor, 'true', true)
    case 'f':
      return readWord(cursor, 'false', false)
    case 'n':
      return readWord(cursor, 'null', null)
    default:
      return readNumber(cursor)
  }
}

function enter(cursor: Cursor, depth: number): number {
  if (depth === 0) throw new Stop(describe('json-too-deep', { max: cursor.depth, position: cursor.at }))
  cursor.at++
  skipSpace(cursor)
  return depth - 1
}

function readObject(cursor: Cursor, depth: number): Json {
  const object: { [key: string]: Json } = {}
  if (take(cursor, '}')) return object
  for (;;) {
    const start = cursor.at
    if (cursor.text[start] !== '"') throw stop('json-malformed', start)
    const key = readString(cursor)
    if (Object.hasOwn(object, key)) throw stop('json-duplicate-key', start)
    skipSpace(cursor)
    if (!take(cursor, ':')) throw stop('json-malformed', cursor.at)
    skipSpace(cursor)
    const value = readValue(cursor, depth)
    // plain assignment to __proto__ would change the prototype
    if (key === '__proto__') {
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
    } else {
      object[key] = value
    }
    skipSpace(cursor)
    if (take(cursor, '}')) return object
    if (!take(cursor, ',')) throw stop('json-malformed', cursor.at)
    skipSpace(cursor)
  }
}

function readArray(cursor: Cursor, depth: number): Json {
  const items: Json[] = []
  if (take(cursor, ']')) return items
  for (;;) {
    items.push(readValue(cursor, depth))
    skipSpace(cursor)
    if (take(cursor, ']')) return items
    if (!take(cursor, ',')) throw stop('json-malformed', cursor.at)
    skipSpace(cursor)
  }
}

// oxlint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y

function readString(cursor: Cursor): string {
  const token = match(cursor, STRING)
  const value = JSON.parse(token) as string
  if (!value.isWellFormed()) throw stop('json-surrogate', cursor.at)
  cursor.at += token.length
  return value
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y

function readNumber(cursor: Cursor): number {
  const token = match(cursor, NUMBER)
  const value = Number(token)
  if (!Number.isFinite(value)) throw stop('json-number', cursor.at)
  cursor.at += token.length
  return value
}

function readWord<T extends Json>(cursor: Cursor, word: string, value: T): T {
  if (!cursor.text.startsWith(word, cursor.at)) throw stop('json-malformed', cursor.at)
  cursor.at += word.length
  return value
}

function match(cursor: Cursor, token: RegExp): string {
  token.lastIndex = cursor.at
  const found = token.exec(cursor.text)
  if (found === null) throw stop('json-malformed', cursor.at)
  return found[0]
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false
  cursor.at++
  return true
}

function skipSpace(cursor: Cursor): void {
  for (; cursor.at < cursor.text.length; cursor.at++) {
    const code = cursor.text.charCodeAt(cursor.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
  }
}

function stop(code: string, position: number): Stop {
  return new Stop(describe(code, { position }))
}
