/**
 * Everything that a state holds as one SHA-256: equal states have equal digests, however they came about.
 *
 * Order counts (of maps, sets and fields): it shows in views and in records. Whether two places share one object does
 * not. Throws TypeError on what is no plain data: a state that cannot be written down cannot be compared either.
 */
import { createHash, type Hash } from 'node:crypto'

const CHUNK = 65_536
const DEPTH_MAX = 1000

export function digestOfState(saved: unknown): string {
  const out = writer(createHash('sha256'))
  walk(saved, out, DEPTH_MAX)
  return out.end()
}

type Out = { text(text: string): void; bytes(bytes: Uint8Array): void; end(): string }

/** Small pieces are gathered: a hash takes a microsecond to be called. */
function writer(hash: Hash): Out {
  let pieces = ''
  const flush = (): void => {
    hash.update(pieces, 'utf8')
    pieces = ''
  }
  return {
    text: (text) => {
      pieces += text
      if (pieces.length > CHUNK) flush()
    },
    bytes: (bytes) => {
      flush()
      hash.update(bytes)
    },
    end: () => {
      flush()
      return hash.digest('hex')
    },
  }
}

/** Each value begins with its kind and its length, so that no two values are written alike. */
function walk(value: unknown, out: Out, depth: number): void {
  if (depth === 0) throw new TypeError('a state that deep is a circle')
  switch (typeof value) {
    case 'string':
      return out.text(`s${value.length}:${value}`)
    case 'number':
      return out.text(Object.is(value, -0) ? 'n-0;' : `n${value};`)
    case 'bigint':
      return out.text(`i${value};`)
    case 'boolean':
      return out.text(value ? 't' : 'f')
    case 'undefined':
      return out.text('u')
    case 'object':
      return value === null ? out.text('z') : walkObject(value, out, depth - 1)
    default:
      throw new TypeError(`a ${typeof value} in a state`)
  }
}

function walkObject(value: object, out: Out, depth: number): void {
  if (Array.isArray(value)) {
    out.text(`a${value.length}:`)
    for (const item of value) walk(item, out, depth)
  } else if (value instanceof Map) {
    out.text(`m${value.size}:`)
    for (const [key, item] of value) {
      walk(key, out, depth)
      walk(item, out, depth)
    }
  } else if (value instanceof Set) {
    out.text(`e${value.size}:`)
    for (const item of value) walk(item, out, depth)
  } else if (ArrayBuffer.isView(value)) {
    out.text(`b${value.constructor.name}${value.byteLength}:`)
    out.bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  } else {
    walkFields(value, out, depth)
  }
}

function walkFields(value: object, out: Out, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('an object of a class in a state')
  const names = Object.keys(value)
  out.text(`o${names.length}:`)
  for (const name of names) {
    out.text(`k${name.length}:${name}`)
    walk((value as { readonly [name: string]: unknown })[name], out, depth)
  }
}
