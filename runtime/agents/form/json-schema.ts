/**
 * Does a JSON value conform to a JSON Schema? The part of JSON Schema 2020-12 that says what a value looks like, read
 * strictly: a schema with any other keyword cannot be judged by, and is said so, rather than judged by half.
 *
 *     type, const, enum, properties, required, additionalProperties, items, minItems, maxItems, uniqueItems,
 *     minLength, maxLength, minimum, maximum, anyOf, allOf, oneOf, not; $schema, $id, title, description say nothing
 *
 * `pattern` is left out on purpose: a stranger's expression can keep a machine busy for ever. Lengths are code points.
 *
 * Source: JSON Schema 2020-12, Core and Validation.
 */
import type { Json } from '../../../protocol/wire/canonical-json.ts'

type Fields = { readonly [name: string]: Json }

export type Conformance =
  | { readonly kind: 'conforms' }
  | { readonly kind: 'differs'; readonly path: string; readonly keyword: string }
  | { readonly kind: 'unjudged'; readonly keyword: string }

const SAYS_NOTHING = new Set(['$schema', '$id', '$comment', 'title', 'description', 'examples', 'default'])
const DEPTH_MAX = 64

export function conformance(schema: Json, value: Json, path = '', depth = 0): Conformance {
  if (schema === true) return { kind: 'conforms' }
  if (schema === false) return { kind: 'differs', path, keyword: 'false' }
  if (!isFields(schema) || depth > DEPTH_MAX)
    return { kind: 'unjudged', keyword: depth > DEPTH_MAX ? 'depth' : 'schema' }
  let found: Conformance = { kind: 'conforms' }
  for (const keyword of Object.keys(schema)) {
    if (SAYS_NOTHING.has(keyword)) continue
    const check = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined
    if (check === undefined) return { kind: 'unjudged', keyword }
    const one = check({ wanted: schema[keyword] ?? null, schema, value, path, depth: depth + 1, keyword })
    // Go on: what cannot be judged further down outweighs what differs here.
    if (one.kind === 'unjudged') return one
    if (found.kind === 'conforms') found = one
  }
  return found
}

type Asked = {
  readonly wanted: Json
  readonly schema: Fields
  readonly value: Json
  readonly path: string
  readonly depth: number
  readonly keyword: string
}

type Check = (asked: Asked) => Conformance

const bound = (
  measure: (value: Json) => number | undefined,
  holds: (given: number, limit: number) => boolean,
): Check => {
  return ({ wanted, value, path, keyword }) => {
    if (typeof wanted !== 'number') return { kind: 'unjudged', keyword }
    const given = measure(value)
    return given === undefined || holds(given, wanted) ? { kind: 'conforms' } : { kind: 'differs', path, keyword }
  }
}

const numberOf = (value: Json) => (typeof value === 'number' ? value : undefined)
const lengthOf = (value: Json) => (typeof value === 'string' ? Array.from(value).length : undefined)
const countOf = (value: Json) => (Array.isArray(value) ? value.length : undefined)
const atLeast = (given: number, limit: number) => given >= limit
const atMost = (given: number, limit: number) => given <= limit

const KEYWORDS: { readonly [keyword: string]: Check } = {
  type: ({ wanted, value, path, keyword }) => {
    const names = Array.isArray(wanted) ? wanted : [wanted]
    if (!names.every((name) => typeof name === 'string' && TYPES.has(name))) return { kind: 'unjudged', keyword }
    return names.some((name) => isOfType(value, String(name)))
      ? { kind: 'conforms' }
      : { kind: 'differs', path, keyword }
  },
  const: ({ wanted, value, path, keyword }) =>
    same(wanted, value) ? { kind: 'conforms' } : { kind: 'differs', path, keyword },
  enum: ({ wanted, value, path, keyword }) => {
    if (!Array.isArray(wanted)) return { kind: 'unjudged', keyword }
    return wanted.some((one: Json) => same(one, value)) ? { kind: 'conforms' } : { kind: 'differs', path, keyword }
  },
  required: ({ wanted, value, path, keyword }) => {
    if (!Array.isArray(wanted)) return { kind: 'unjudged', keyword }
    if (!isFields(value)) return { kind: 'conforms' }
    const names: readonly Json[] = wanted
    const missing = names.find((name) => typeof name !== 'string' || !Object.hasOwn(value, name))
    return missing === undefined
      ? { kind: 'conforms' }
      : { kind: 'differs', path: `${path}/${typeof missing === 'string' ? missing : ''}`, keyword }
  },
  properties: ({ wanted, value, path, depth, keyword }) => {
    if (!isFields(wanted)) return { kind: 'unjudged', keyword }
    // Each is looked at, also where the value has none: a schema is read whole or not at all.
    const names = Object.keys(wanted)
    return first(
      names.map((name) => {
        const has = isFields(value) && Object.hasOwn(value, name)
        const one = conformance(wanted[name] ?? null, has ? (value[name] ?? null) : null, `${path}/${name}`, depth)
        return has || one.kind === 'unjudged' ? one : { kind: 'conforms' }
      }),
    )
  },
  additionalProperties: ({ wanted, schema, value, path, depth, keyword }) => {
    if (typeof wanted !== 'boolean' && !isFields(wanted)) return { kind: 'unjudged', keyword }
    if (!isFields(value)) return { kind: 'conforms' }
    const named = isFields(schema.properties ?? null) ? (schema.properties as Fields) : {}
    const others = Object.keys(value).filter((name) => !Object.hasOwn(named, name))
    return first(others.map((name) => conformance(wanted, value[name] ?? null, `${path}/${name}`, depth)))
  },
  items: ({ wanted, value, path, depth, keyword }) => {
    if (typeof wanted !== 'boolean' && !isFields(wanted)) return { kind: 'unjudged', keyword }
    if (!Array.isArray(value)) return { kind: 'conforms' }
    return first(value.map((item: Json, i) => conformance(wanted, item, `${path}/${i}`, depth)))
  },
  uniqueItems: ({ wanted, value, path, keyword }) => {
    if (typeof wanted !== 'boolean') return { kind: 'unjudged', keyword }
    if (!wanted || !Array.isArray(value)) return { kind: 'conforms' }
    const distinct = new Set(value.map((item: Json) => ordered(item)))
    return distinct.size === value.length ? { kind: 'conforms' } : { kind: 'differs', path, keyword }
  },
  minItems: bound(countOf, atLeast),
  maxItems: bound(countOf, atMost),
  minLength: bound(lengthOf, atLeast),
  maxLength: bound(lengthOf, atMost),
  minimum: bound(numberOf, atLeast),
  maximum: bound(numberOf, atMost),
  allOf: (asked) => counted(asked, (conforming, all) => conforming === all),
  anyOf: (asked) => counted(asked, (conforming) => conforming > 0),
  oneOf: (asked) => counted(asked, (conforming) => conforming === 1),
  not: ({ wanted, value, path, depth, keyword }) => {
    const one = conformance(wanted, value, path, depth)
    if (one.kind === 'unjudged') return one
    return one.kind === 'differs' ? { kind: 'conforms' } : { kind: 'differs', path, keyword }
  },
}

function counted(
  { wanted, value, path, depth, keyword }: Asked,
  enough: (conforming: number, all: number) => boolean,
): Conformance {
  if (!Array.isArray(wanted) || wanted.length === 0) return { kind: 'unjudged', keyword }
  const found = wanted.map((schema: Json) => conformance(schema, value, path, depth))
  const unjudged = found.find(({ kind }) => kind === 'unjudged')
  if (unjudged !== undefined) return unjudged
  const conforming = found.filter(({ kind }) => kind === 'conforms').length
  return enough(conforming, found.length) ? { kind: 'conforms' } : { kind: 'differs', path, keyword }
}

function first(found: readonly Conformance[]): Conformance {
  return (
    found.find(({ kind }) => kind === 'unjudged') ??
    found.find(({ kind }) => kind === 'differs') ?? { kind: 'conforms' }
  )
}

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'])

function isOfType(value: Json, type: string): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isFields(value)
  if (type === 'integer') return Number.isSafeInteger(value)
  return typeof value === type
}

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function same(a: Json, b: Json): boolean {
  return ordered(a) === ordered(b)
}

/** As text with the fields in order. Fractions are numbers here: these are not records. */
function ordered(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => ordered(item)).join(',')}]`
  if (!isFields(value)) return JSON.stringify(value)
  const fields = Object.keys(value).toSorted()
  return `{${fields.map((name) => `${JSON.stringify(name)}:${ordered(value[name] ?? null)}`).join(',')}}`
}
