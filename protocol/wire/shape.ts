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
import type { Brand } from './brand.ts'
import { Fault } from './fault.ts'
import type { Json } from './json.ts'
import type { Malformed } from './malformed.ts'
import { err, ok, type Result } from './result.ts'
import { check } from './shape-check.ts'
import type { Field, Fields, Infer, ObjectOf, Scalar, Shape, TaggedOf } from './shape-node.ts'

export type { Infer, Node, Shape } from './shape-node.ts'

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
  return { kind: 'refined', inner, code, accepts }
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

/** The tag belongs to each case; a case under a condition keeps its condition. */
function withField(shape: Shape, name: string, field: Shape): Shape {
  if (shape.kind === 'refined') return { ...shape, inner: withField(shape.inner, name, field) }
  if (shape.kind !== 'object') throw new Fault('shape-case-not-an-object', { tag: name, kind: shape.kind })
  const fields = new Map<string, Field>(shape.fields).set(name, { shape: field, optional: false })
  return { kind: 'object', fields, required: shape.required + 1 }
}
