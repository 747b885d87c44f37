import assert from 'node:assert/strict'
import test from 'node:test'
import { toJsonSchema } from '../../../protocol/wire/json-schema.ts'
import * as Shape from '../../../protocol/wire/shape.ts'
import { VISIBLE_PATTERN } from '../../../protocol/wire/visible-text.ts'

test('a shape is described as a schema, closed where the shape is closed', () => {
  const shape = Shape.object(
    {
      id: Shape.string({ min: 1, max: 64, pattern: /^[a-z]+$/ }),
      verdict: Shape.oneOf('approve', 'reject'),
      version: Shape.literal(1),
      weights: Shape.array(Shape.integer({ min: 0, max: 9 }), { min: 1, distinct: true }),
    },
    { note: Shape.text({ max: 9 }), until: Shape.nullable(Shape.boolean()) },
  )
  assert.deepEqual(toJsonSchema(shape), {
    type: 'object',
    properties: {
      id: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[a-z]+$' },
      verdict: { enum: ['approve', 'reject'] },
      version: { const: 1 },
      weights: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 9 }, minItems: 1, uniqueItems: true },
      note: { type: 'string', minLength: 1, maxLength: 9, pattern: VISIBLE_PATTERN },
      until: { anyOf: [{ type: 'boolean' }, { type: 'null' }] },
    },
    required: ['id', 'verdict', 'version', 'weights'],
    additionalProperties: false,
  })
})

test('records, tagged objects, conditions and anything', () => {
  assert.deepEqual(toJsonSchema(Shape.record(Shape.string({ max: 3 }), Shape.json(), { max: 2 })), {
    type: 'object',
    propertyNames: { type: 'string', maxLength: 3 },
    additionalProperties: {},
    maxProperties: 2,
  })
  const tagged = Shape.tagged('kind', { a: Shape.object({}), b: Shape.object({ n: Shape.boolean() }) })
  assert.deepEqual(toJsonSchema(tagged), {
    oneOf: [
      { type: 'object', properties: { kind: { const: 'a' } }, required: ['kind'], additionalProperties: false },
      {
        type: 'object',
        properties: { n: { type: 'boolean' }, kind: { const: 'b' } },
        required: ['n', 'kind'],
        additionalProperties: false,
      },
    ],
    discriminator: { propertyName: 'kind' },
  })
  const even = Shape.refined(Shape.integer({ min: 0, max: 4 }), 'odd', (value) => value % 2 === 0)
  assert.deepEqual(toJsonSchema(even), { type: 'integer', minimum: 0, maximum: 4, 'x-condition': 'odd' })
})
