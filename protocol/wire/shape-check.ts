/**
 * Looks whether a value fits a shape, and says where it does not. The codes are listed in shape.ts.
 *
 * On the way that is taken every day, a value that fits, nothing is built: a path is put together only when a fault
 * comes back up.
 */
import { describe, under, type Malformed, type Params } from './malformed.ts'
import type { Node, Scalar, Shape } from './shape-node.ts'
import { isBlank } from './visible-text.ts'

export function check(shape: Shape, value: unknown): Malformed | undefined {
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
