/**
 * Shapes: what a JSON value must look like, written as data.
 *
 *     const vote = object({ reviewer: actorId, verdict: oneOf('approve', 'reject') }, { note: text({ max: 500 }) })
 *     type Vote = Infer<typeof vote>   // { readonly reviewer: ActorId; readonly verdict: …; readonly note?: string }
 *     parse(vote, json)                // Result<Vote, Malformed>
 *
 * A value that fits is returned as it came, not copied: its canonical form cannot change. Objects are closed,
 * a field that the shape does not name is refused. Keys are data: `__proto__` and `constructor` are looked up
 * as own properties or not at all, and whoever reads a `record` by a key from outside does it through `own`.
 *
 * Lengths of strings are counted in Unicode code points, as JSON Schema does. No rule depends on the Unicode
 * version of the engine: every host must give the same answer for ever.
 *
 * Errors, with a JSON Pointer to the place: field-missing, field-unknown, field-type, field-pattern, field-range
 * (number, length or count), field-blank, field-value (not one of the allowed), field-repeated, and the codes
 * that `refined` shapes bring.
 */
import type { Json } from './canonical-json.ts'
import type { Brand } from './brand.ts'
import { describe, under, type Malformed, type Params } from './malformed.ts'
import { err, ok, type Result } from './result.ts'
import { isBlank } from './visible-text.ts'

declare const shaped: unique symbol

/** `T` is known to the compiler alone; at run time a shape is its node. */
export type Shape<T = unknown> = Node & { readonly [shaped]?: T }

export type Infer<S> = S extends { readonly [shaped]?: infer T } ? T : never

export type Fields = { readonly [name: string]: Shape }

export type Node =
  | {
      readonly kind: 'string'
      readonly min: number
      readonly max: number
      readonly pattern: RegExp | undefined
      readonly visible: boolean
    }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'json' }
  | { readonly kind: 'values'; readonly values: readonly Scalar[] }
  | {
      readonly kind: 'array'
      readonly item: Shape
      readonly min: number
      readonly max: number
      readonly distinct: boolean
    }
  | {
      readonly kind: 'record'
      readonly key: Shape<string>
      readonly item: Shape
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Field>; readonly required: number }
  | { readonly kind: 'tagged'; readonly tag: string; readonly cases: ReadonlyMap<string, Shape> }
  | { readonly kind: 'nullable'; readonly inner: Shape }
  | {
      readonly kind: 'refined'
      readonly inner: Shape
      readonly code: string
      readonly accepts: (value: never) => boolean
    }

export type Field = { readonly shape: Shape; readonly optional: boolean }
type Scalar = string | number | boolean | null

type Flat<T> = { [K in keyof T]: T[K] } & {}
export type ObjectOf<R extends Fields, O extends Fields> = Flat<
  { readonly [K in keyof R]: Infer<R[K]> } & { readonly [K in keyof O]?: Infer<O[K]> }
>
export type TaggedOf<Tag extends string, C extends Fields> = {
  [K in keyof C & string]: Flat<{ readonly [T in Tag]: K } & Infer<C[K]>>
}[keyof C & string]

/** Any string whose length lies between `min` (0) and `max` (unlimited), and which the pattern matches somewhere: anchor it. */
export function string(limits: { min?: number; max?: number; pattern?: RegExp } = {}): Shape<string> {
  const { min = 0, max = Infinity, pattern } = limits
  return { kind: 'string', min, max, pattern, visible: false }
}

/** Text for people: at least one character that can be seen. */
export function text(limits: { min?: number; max?: number } = {}): Shape<string> {
  const { min = 1, max = Infinity } = limits
  return { kind: 'string', min, max, pattern: undefined, visible: true }
}

/** A safe integer, bounds inclusive. */
export function integer(limits: { min?: number; max?: number } = {}): Shape<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = limits
  return { kind: 'integer', min, max }
}

export function boolean(): Shape<boolean> {
  return { kind: 'boolean' }
}

/** Any JSON value: for what another shape will read later. */
export function json(): Shape<Json> {
  return { kind: 'json' }
}

export function literal<const T extends Scalar>(value: T): Shape<T> {
  return { kind: 'values', values: [value] }
}

export function oneOf<const T extends Scalar>(...values: readonly T[]): Shape<T> {
  return { kind: 'values', values }
}

/** `distinct` holds for items that are strings, numbers or booleans. */
export function array<S extends Shape>(
  item: S,
  limits: { min?: number; max?: number; distinct?: boolean } = {},
): Shape<readonly Infer<S>[]> {
  const { min = 0, max = Infinity, distinct = false } = limits
  return { kind: 'array', item, min, max, distinct }
}

/** An object whose keys are data. Read it with `own`. */
export function record<K extends string, S extends Shape>(
  key: Shape<K>,
  item: S,
  limits: { min?: number; max?: number } = {},
): Shape<{ readonly [name in K]?: Infer<S> }> {
  const { min = 0, max = Infinity } = limits
  return { kind: 'record', key, item, min, max }
}

export function object<R extends Fields, O extends Fields = {}>(required: R, optional?: O): Shape<ObjectOf<R, O>> {
  const fields = new Map<string, Field>()
  for (const [name, shape] of Object.entries(required)) fields.set(name, { shape, optional: false })
  for (const [name, shape] of Object.entries(optional ?? {})) fields.set(name, { shape, optional: true })
  return { kind: 'object', fields, required: Object.keys(required).length }
}

/** Objects told apart by the value of one field; each case describes the other fields. */
export function tagged<Tag extends string, C extends { readonly [name: string]: Shape<object> }>(
  tag: Tag,
  cases: C,
): Shape<TaggedOf<Tag, C>> {
  const withTag = Object.entries(cases).map(([name, shape]) => [name, withField(shape, tag, literal(name))] as const)
  return { kind: 'tagged', tag, cases: new Map(withTag) }
}

export function nullable<S extends Shape>(inner: S): Shape<Infer<S> | null> {
  return { kind: 'nullable', inner }
}

/** A condition that a picture cannot express, with the code it fails with. */
export function refined<T>(inner: Shape<T>, code: string, accepts: (value: T) => boolean): Shape<T> {
  return { kind: 'refined', inner, code, accepts: accepts as (value: never) => boolean }
}

/** The same shape under a brand: parsing is the only way to get one. */
export function branded<Name extends string, T = string>(shape: Shape<T>): Shape<Brand<T, Name>> {
  return shape as Shape<Brand<T, Name>>
}

/** A field by a key that came from outside: own properties only. */
export function own<T>(object: { readonly [name: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

export function parse<T>(shape: Shape<T>, value: unknown): Result<T, Malformed> {
  const fault = check(shape, value)
  return fault === undefined ? ok(value as T) : err(fault)
}

export function fits<T>(shape: Shape<T>, value: unknown): value is T {
  return check(shape, value) === undefined
}

function check(shape: Shape, value: unknown): Malformed | undefined {
  switch (shape.kind) {
    case 'string':
      return checkString(shape, value)
    case 'integer':
      if (!Number.isSafeInteger(value)) return wrongType('integer')
      return outside(value as number, shape.min, shape.max)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType('boolean')
    case 'json':
      return value === undefined ? wrongType('json') : undefined
    case 'values':
      return shape.values.includes(value as Scalar) ? undefined : describe('field-value', allowed(shape.values))
    case 'array':
      return checkArray(shape, value)
    case 'record':
      return checkRecord(shape, value)
    case 'object':
      return checkObject(shape, value)
    case 'tagged':
      return checkTagged(shape, value)
    case 'nullable':
      return value === null ? undefined : check(shape.inner, value)
    case 'refined':
      return check(shape.inner, value) ?? (shape.accepts(value as never) ? undefined : describe(shape.code))
  }
}

type NodeOf<K extends Node['kind']> = Extract<Node, { kind: K }>

function checkString(shape: NodeOf<'string'>, value: unknown): Malformed | undefined {
  if (typeof value !== 'string') return wrongType('string')
  // code points are at most code units: counting them is needed only near a limit
  if (value.length > shape.max || value.length < 2 * shape.min) {
    const fault = outside(codePoints(value), shape.min, shape.max)
    if (fault !== undefined) return fault
  }
  if (shape.pattern !== undefined && !shape.pattern.test(value)) {
    return describe('field-pattern', { pattern: shape.pattern.source })
  }
  return shape.visible && isBlank(value) ? describe('field-blank') : undefined
}

function checkArray(shape: NodeOf<'array'>, value: unknown): Malformed | undefined {
  if (!Array.isArray(value)) return wrongType('array')
  const fault = outside(value.length, shape.min, shape.max)
  if (fault !== undefined) return fault
  for (let i = 0; i < value.length; i++) {
    const inner = check(shape.item, value[i])
    if (inner !== undefined) return under(i, inner)
  }
  if (!shape.distinct || new Set(value).size === value.length) return undefined
  return under(
    value.findIndex((item, i) => value.indexOf(item) < i),
    describe('field-repeated'),
  )
}

function checkRecord(shape: NodeOf<'record'>, value: unknown): Malformed | undefined {
  if (!isObject(value)) return wrongType('object')
  const keys = Object.keys(value)
  const fault = outside(keys.length, shape.min, shape.max)
  if (fault !== undefined) return fault
  for (const key of keys) {
    const inner = check(shape.key, key) ?? check(shape.item, value[key])
    if (inner !== undefined) return under(key, inner)
  }
  return undefined
}

function checkObject(shape: NodeOf<'object'>, value: unknown): Malformed | undefined {
  if (!isObject(value)) return wrongType('object')
  let required = 0
  for (const key of Object.keys(value)) {
    const field = shape.fields.get(key)
    if (field === undefined) return under(key, describe('field-unknown'))
    const inner = check(field.shape, value[key])
    if (inner !== undefined) return under(key, inner)
    if (!field.optional) required++
  }
  if (required === shape.required) return undefined
  for (const [name, field] of shape.fields) {
    if (!field.optional && !Object.hasOwn(value, name)) return under(name, describe('field-missing'))
  }
  return undefined
}

function checkTagged(shape: NodeOf<'tagged'>, value: unknown): Malformed | undefined {
  if (!isObject(value)) return wrongType('object')
  if (!Object.hasOwn(value, shape.tag)) return under(shape.tag, describe('field-missing'))
  const name = value[shape.tag]
  const chosen = typeof name === 'string' ? shape.cases.get(name) : undefined
  if (chosen === undefined) return under(shape.tag, describe('field-value', allowed([...shape.cases.keys()])))
  return check(chosen, value)
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function outside(given: number, min: number, max: number): Malformed | undefined {
  if (given >= min && given <= max) return undefined
  const limits: Params = max === Infinity ? { given, min } : { given, max, min }
  return describe('field-range', limits)
}

function wrongType(expected: string): Malformed {
  return describe('field-type', { expected })
}

function allowed(values: readonly Scalar[]): Params {
  return { allowed: values.map(String).join(' | ') }
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function withField(shape: Shape, name: string, field: Shape): Shape {
  if (shape.kind !== 'object') return shape
  const fields = new Map(shape.fields).set(name, { shape: field, optional: false })
  return { kind: 'object', fields, required: shape.required + 1 }
}
