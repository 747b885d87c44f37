/** The API describes itself, and what it says is so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allCommandTypes, FINAL_DECISION } from '../../../protocol/law/commands.ts'
import * as Shape from '../../../protocol/wire/shape.ts'
import { addressOf, describedRoutes, openApi, schemaName } from '../../../runtime/api/openapi/document.ts'
import { PROBLEMS } from '../../../runtime/api/problems.ts'
import { realApi } from './real-api.ts'

type Node = { readonly [name: string]: unknown }
type Document = {
  readonly paths: { readonly [address: string]: { readonly [method: string]: Node } }
  readonly components: { readonly schemas: { readonly [name: string]: Node } }
  readonly 'x-problems': object
}

const text = Shape.text()
const METHOD = Shape.oneOf('get', 'put', 'post', 'delete')
const content = Shape.record(
  Shape.string({ pattern: /^[a-z]+\/[a-z0-9.+-]+$/ }),
  Shape.object({ schema: Shape.json() }),
)
const parameter = Shape.object({
  name: text,
  in: Shape.oneOf('path', 'query', 'header'),
  description: text,
  required: Shape.boolean(),
  schema: Shape.json(),
})
const response = Shape.object(
  { description: text },
  { content, headers: Shape.record(text, Shape.object({ description: text, schema: Shape.json() })) },
)
const operation = Shape.object(
  {
    operationId: Shape.string({ pattern: /^[a-z][A-Za-z0-9]+$/ }),
    tags: Shape.array(text, { min: 1 }),
    summary: text,
    responses: Shape.record(Shape.string({ pattern: /^[1-5]\d\d$/ }), response, { min: 1 }),
  },
  {
    description: text,
    parameters: Shape.array(parameter),
    requestBody: Shape.object({ required: Shape.literal(true), description: text, content }),
  },
)
/** What OpenAPI 3.1 asks of a document, as far as ours goes; closed, so that a misspelt field is found. */
const openApiShape = Shape.object({
  openapi: Shape.literal('3.1.0'),
  jsonSchemaDialect: text,
  info: Shape.object({ title: text, version: text, description: text }),
  servers: Shape.array(Shape.object({ url: text })),
  paths: Shape.record(Shape.string({ pattern: /^\// }), Shape.record(METHOD, operation, { min: 1 })),
  components: Shape.object({ schemas: Shape.record(Shape.string({ pattern: /^[A-Za-z0-9._-]+$/ }), Shape.json()) }),
  'x-problems': Shape.json(),
})

/** Keywords of JSON Schema 2020-12 that we use, and what each must be. */
const KEYWORDS: { readonly [keyword: string]: (value: unknown) => void } = {
  type: (value) => assert.ok(['string', 'integer', 'boolean', 'null', 'array', 'object'].includes(value as string)),
  description: (value) => assert.equal(typeof value, 'string'),
  format: (value) => assert.equal(value, 'binary'),
  $ref: (value) => assert.match(value as string, /^#\/components\/schemas\//),
  const: () => {},
  default: () => {},
  enum: (value) => assert.ok((value as unknown[]).length > 0),
  // Patterns are read as Unicode, as JSON Schema recommends.
  pattern: (value) => assert.ok(new RegExp(value as string, 'u')),
  required: (value) => assert.ok((value as unknown[]).every((name) => typeof name === 'string')),
  uniqueItems: (value) => assert.equal(value, true),
  additionalProperties: (value) => (typeof value === 'boolean' ? undefined : requireSchema(value)),
  items: requireSchema,
  propertyNames: requireSchema,
  properties: (value) => Object.values(value as object).forEach(requireSchema),
  oneOf: (value) => (value as unknown[]).forEach(requireSchema),
  anyOf: (value) => (value as unknown[]).forEach(requireSchema),
  allOf: (value) => (value as unknown[]).forEach(requireSchema),
  discriminator: (value) => assert.equal(typeof (value as { propertyName: unknown }).propertyName, 'string'),
}

function requireSchema(schema: unknown): void {
  assert.ok(typeof schema === 'object' && schema !== null && !Array.isArray(schema), JSON.stringify(schema))
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword.startsWith('x-')) continue
    if (/^(min|max)(imum|Length|Items|Properties)$/.test(keyword)) assert.ok(Number.isSafeInteger(value), keyword)
    else {
      assert.ok(Object.hasOwn(KEYWORDS, keyword), `${keyword} is no keyword of ours`)
      KEYWORDS[keyword]!(value)
    }
  }
}

/** Every schema in a document, wherever it stands. */
function schemasIn(value: unknown, found: unknown[] = []): unknown[] {
  if (typeof value !== 'object' || value === null) return found
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'schema') found.push(inner)
    else schemasIn(inner, found)
  }
  return found
}

function described(): Document {
  return openApi(describedRoutes()) as unknown as Document
}

test('the server describes every route that it has, and no other', async (t) => {
  const { api } = await realApi(t)
  const response = await fetch(`${api.url}/api/openapi.json`)
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'application/json'])
  const served = (await response.json()) as Document
  const routesOf = ({ paths }: Document): string[] =>
    Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
  assert.deepEqual(routesOf(served).toSorted(), routesOf(described()).toSorted())
  for (const methods of Object.values(served.paths)) {
    for (const { summary } of Object.values(methods)) assert.notEqual(summary, 'Not described yet')
  }
})

test('it is an OpenAPI document', () => {
  const parsed = Shape.parse(openApiShape, JSON.parse(JSON.stringify(described())))
  assert.ok(parsed.ok, JSON.stringify(parsed))
  const ids = Object.values(described().paths).flatMap((methods) =>
    Object.values(methods).map((one) => one['operationId']),
  )
  assert.equal(new Set(ids).size, ids.length)
})

test('a document with a slip is not one', () => {
  for (const spoil of [
    (document: Node) => ({ ...document, openapi: '3.0.0' }),
    (document: Node) => ({ ...document, path: {} }),
    (document: Node) => ({ ...document, paths: { 'v1/x': {} } }),
    (document: Node) => ({ ...document, paths: { '/v1/x': { get: { summary: 'x' } } } }),
  ]) {
    assert.equal(Shape.parse(openApiShape, spoil(described() as unknown as Node)).ok, false)
  }
})

test('every schema is one, and every reference leads somewhere', () => {
  const document = described()
  const all = [...Object.values(document.components.schemas), ...schemasIn(document.paths)]
  assert.ok(all.length > 60)
  for (const schema of all) requireSchema(schema)
  for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    assert.ok(Object.hasOwn(document.components.schemas, name!), name)
  }
  assert.throws(() => requireSchema({ type: 'text' }))
  assert.throws(() => requireSchema({ minimun: 1 }))
})

test('every part of an address is a parameter, and says what it is', () => {
  for (const [address, methods] of Object.entries(described().paths)) {
    const inAddress = [...address.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name)
    for (const { parameters = [] } of Object.values(methods)) {
      const inPath = (parameters as { in: string; name: string; description: string }[]).filter(
        (one) => one.in === 'path',
      )
      assert.deepEqual(
        inPath.map(({ name }) => name),
        inAddress,
        address,
      )
      for (const { description } of inPath) assert.notEqual(description, '', address)
    }
  }
  assert.equal(addressOf('/v1/archive/*'), '/v1/archive/{path}')
})

test('every command that can be sent has its body in it', () => {
  const { schemas } = described().components
  for (const type of allCommandTypes()) {
    const schema = schemas[schemaName(type.type)] as { properties: { type: unknown; body: Node } } | undefined
    if (type === FINAL_DECISION) assert.equal(schema, undefined)
    else {
      assert.deepEqual(schema?.properties.type, { const: type.type })
      assert.ok(Object.keys(schema?.properties.body ?? {}).length > 0, type.type)
    }
  }
})

test('every problem is in it, under its status', () => {
  const document = described()
  assert.deepEqual(Object.keys(document['x-problems']), Object.keys(PROBLEMS))
  for (const methods of Object.values(document.paths)) {
    for (const { responses } of Object.values(methods)) {
      for (const [status, answer] of Object.entries(responses as Node)) {
        const [, codes = ''] = /"enum":(\[[^\]]*\])/.exec(JSON.stringify((answer as Node)['content'] ?? '')) ?? []
        if (Number(status) < 400) continue
        for (const code of JSON.parse(codes) as (keyof typeof PROBLEMS)[]) {
          assert.equal(PROBLEMS[code].status, Number(status), code)
        }
      }
    }
  }
})
