/**
 * A shape as JSON Schema (2020-12), for people and generators that read an API's description.
 *
 * What a schema cannot say stands beside it as `x-condition`, the code that a value is refused with. The shape
 * decides; the schema describes.
 *
 * Source: JSON Schema 2020-12, Core and Validation; OpenAPI 3.1 for `discriminator`.
 */
import type { Json } from './json.ts'
import type { Node, Shape } from './shape-node.ts'
import { VISIBLE_PATTERN } from './visible-text.ts'

export type JsonSchema = { readonly [keyword: string]: Json }

export function toJsonSchema(shape: Shape): JsonSchema {
  switch (shape.kind) {
    case 'string':
      return { type: 'string', ...limits('Length', shape), ...patternOf(shape) }
    case 'integer':
      return { type: 'integer', minimum: shape.min, maximum: shape.max }
    case 'boolean':
      return { type: 'boolean' }
    case 'json':
      return {}
    case 'values':
      return shape.values.length === 1 ? { const: shape.values[0]! } : { enum: shape.values }
    case 'array':
      return {
        type: 'array',
        items: toJsonSchema(shape.item),
        ...limits('Items', shape),
        ...(shape.distinct ? { uniqueItems: true } : {}),
      }
    case 'record':
      return {
        type: 'object',
        propertyNames: toJsonSchema(shape.key),
        additionalProperties: toJsonSchema(shape.item),
        ...limits('Properties', shape),
      }
    case 'object':
      return objectSchema(shape)
    case 'tagged':
      return { oneOf: [...shape.cases.values()].map(toJsonSchema), discriminator: { propertyName: shape.tag } }
    case 'nullable':
      return { anyOf: [toJsonSchema(shape.inner), { type: 'null' }] }
    case 'refined':
      return { ...toJsonSchema(shape.inner), 'x-condition': shape.code }
  }
}

function objectSchema(shape: Extract<Node, { kind: 'object' }>): JsonSchema {
  const fields = [...shape.fields]
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, toJsonSchema(field.shape)])),
    required: fields.filter(([, field]) => !field.optional).map(([name]) => name),
    additionalProperties: false,
  }
}

/** minLength, maxItems and their like; what does not limit is left out. */
function limits(noun: string, { min, max }: { readonly min: number; readonly max: number }): JsonSchema {
  return { ...(min > 0 ? { [`min${noun}`]: min } : {}), ...(max < Infinity ? { [`max${noun}`]: max } : {}) }
}

function patternOf({ pattern, visible }: Extract<Node, { kind: 'string' }>): JsonSchema {
  if (pattern !== undefined) return { pattern: pattern.source }
  return visible ? { pattern: VISIBLE_PATTERN } : {}
}
