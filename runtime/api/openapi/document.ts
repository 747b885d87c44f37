/**
 * The API as an OpenAPI 3.1 document: addresses from the router and `operations.ts`, commands from the law's table with
 * the schemas of their bodies, problems from the catalogue.
 *
 * Source: OpenAPI 3.1.0; JSON Schema 2020-12; RFC 9457; spec 10.3.
 */
import { payloadShape } from '../../../protocol/law/admission.ts'
import { allCommandTypes, FINAL_DECISION, type Registered } from '../../../protocol/law/commands.ts'
import { GENESIS, genesisBody, PROTOCOL_VERSION } from '../../../protocol/law/founding/command.ts'
import { envelopeShape } from '../../../protocol/wire/dsse.ts'
import { digest as digestShape } from '../../../protocol/wire/identifiers.ts'
import type { Json } from '../../../protocol/wire/json.ts'
import { toJsonSchema, type JsonSchema } from '../../../protocol/wire/json-schema.ts'
import { problemOf, PROBLEMS, type ProblemCode } from '../problems.ts'
import type { Answer, Operation } from './operation.ts'
import { DOOR, OPERATIONS, PATH_PARAMETERS } from './operations.ts'

export type Route = { readonly method: string; readonly path: string }

/** The routes that `operations.ts` describes, in its order. */
export function describedRoutes(): readonly Route[] {
  return Object.keys(OPERATIONS).map((key) => {
    const [method = '', path = ''] = key.split(' ')
    return { method, path }
  })
}

export function openApi(routes: readonly Route[]): Json {
  const paths: { [path: string]: { [method: string]: Json } } = {}
  for (const route of routes) {
    const operation = operationOf(route)
    paths[addressOf(route.path)] = {
      ...paths[addressOf(route.path)],
      [route.method.toLowerCase()]: operationObject(route, operation),
    }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Genesis',
      version: PROTOCOL_VERSION,
      description:
        'Signed commands, pure law, a log that anyone can re-run. There are no sessions and no passwords: a write is its signature. Everything that goes wrong is a problem document with a stable code. Addresses that are not here are the web app’s, where one is served.',
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { ...schemas(), ...commandSchemas() } },
    'x-problems': PROBLEMS,
  }
}

/** An address that nobody described is shown as such: what answers is not left out. */
function operationOf({ method, path }: Route): Operation {
  const key = `${method} ${path}`
  const known = Object.hasOwn(OPERATIONS, key) ? OPERATIONS[key] : undefined
  return (
    known ?? { tag: 'state', summary: 'Not described yet', answers: { 200: { about: 'See the code.' } }, problems: [] }
  )
}

/** `/v1/missions/:id` → `/v1/missions/{id}` */
export function addressOf(path: string): string {
  return path.replaceAll(/:([a-z]+)/g, '{$1}').replace('*', '{path}')
}

function operationObject({ method, path }: Route, operation: Operation): Json {
  const { tag, summary, about, parameters = [], body, answers, problems } = operation
  const address = addressOf(path)
  const inPath = [...address.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    description: PATH_PARAMETERS[name!]?.about ?? '',
    schema: PATH_PARAMETERS[name!]?.schema ?? { type: 'string' },
  }))
  const others = parameters.map(({ about: description, required = false, ...rest }) => ({
    ...rest,
    description,
    required,
  }))
  return {
    operationId: `${method.toLowerCase()}${address.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) => next?.toUpperCase() ?? '')}`,
    tags: [tag],
    summary,
    ...(about === undefined ? {} : { description: about }),
    ...(inPath.length + others.length === 0 ? {} : { parameters: [...inPath, ...others] }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            description: body.about,
            content: Object.fromEntries(body.types.map((type) => [type, { schema: body.schema }])),
          },
        }),
    responses: { ...answerObjects(answers), ...problemObjects(problems) },
  }
}

function answerObjects(answers: Operation['answers']): { readonly [status: string]: Json } {
  return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerObject(answer)]))
}

function answerObject({ about, type, schema = {}, headers }: Answer): Json {
  const named = Object.entries(headers ?? {}).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ])
  return {
    description: about,
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) as Json }),
    ...(type === undefined ? {} : { content: { [type]: { schema } } }),
  }
}

/** One response for each status, naming the codes that come with it. */
function problemObjects(problems: readonly ProblemCode[]): { readonly [status: string]: Json } {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of new Set([...problems, ...DOOR])) {
    const { status } = PROBLEMS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: codes.map((code) => `\`${code}\`: ${problemOf(code)?.title ?? ''}`).join('. '),
          content: {
            'application/problem+json': {
              schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] },
            },
          },
        },
      ]),
  )
}

function schemas(): { readonly [name: string]: JsonSchema } {
  const text = { type: 'string' }
  const digest = { $ref: '#/components/schemas/Digest' }
  return {
    Digest: toJsonSchema(digestShape),
    Problem: {
      type: 'object',
      description: 'RFC 9457. `x-problems` of this document says what each code means and what to do.',
      properties: {
        type: { type: 'string', description: '`urn:genesis:problem:` and the code' },
        title: text,
        status: { type: 'integer' },
        detail: text,
        code: { type: 'string', description: 'Stable, and never used for anything else.' },
        params: { type: 'object', description: 'The figures of the case.' },
        path: { type: 'string', description: 'JSON Pointer to the place in what was sent.' },
        violations: { type: 'array', items: { $ref: '#/components/schemas/Violation' } },
        seq: { type: 'integer' },
        hash: digest,
      },
      required: ['type', 'title', 'status', 'detail', 'code'],
    },
    Violation: {
      type: 'object',
      properties: { constraint: text, level: text, params: { type: 'object' } },
      required: ['constraint', 'level', 'params'],
      additionalProperties: false,
    },
    Envelope: {
      ...toJsonSchema(envelopeShape),
      description: 'DSSE. The payload is the base64 of a Payload in canonical JSON.',
    },
    Payload: {
      description: 'What is signed: who does what to which subject. The body is that of the command’s type.',
      oneOf: commandTypes().map(([type]) => ({ $ref: `#/components/schemas/${schemaName(type)}` })),
      discriminator: {
        propertyName: 'type',
        mapping: Object.fromEntries(commandTypes().map(([type]) => [type, `#/components/schemas/${schemaName(type)}`])),
      },
    },
    Entry: {
      type: 'object',
      properties: {
        seq: { type: 'integer', minimum: 0 },
        previous: digest,
        recorded_at: text,
        command: { $ref: '#/components/schemas/Envelope' },
        outcome: { enum: ['committed', 'withheld'] },
        events: { type: 'array', items: { type: 'object' } },
        violations: { type: 'array', items: { $ref: '#/components/schemas/Violation' } },
      },
      required: ['seq', 'previous', 'recorded_at', 'command', 'outcome'],
      additionalProperties: false,
    },
    Stored: {
      type: 'object',
      properties: { bytes: { type: 'integer', minimum: 0 }, digest },
      required: ['bytes', 'digest'],
      additionalProperties: false,
    },
  }
}

/** Those that somebody can send, and the one that began it all. */
function commandTypes(): readonly (readonly [string, Registered | undefined])[] {
  const sent = allCommandTypes().filter((type) => type !== FINAL_DECISION)
  return [[GENESIS, undefined] as const, ...sent.map((type) => [type.type, type] as const)]
}

export function schemaName(type: string): string {
  return `command.${type}`
}

function commandSchemas(): { readonly [name: string]: JsonSchema } {
  const payload = toJsonSchema(payloadShape)
  return Object.fromEntries(
    commandTypes().map(([name, type]) => [
      schemaName(name),
      {
        ...payload,
        properties: {
          ...(payload['properties'] as { [field: string]: Json }),
          type: { const: name },
          body: toJsonSchema(type?.body ?? genesisBody),
        },
        ...(type === undefined ? {} : about(type)),
      },
    ]),
  )
}

function about({ effect, signers, owner, subjectKind, creates, constraints }: Registered): JsonSchema {
  return {
    description: `${effect}, signed by ${signers.join(' or ')}. Owner: ${owner}. Subject: ${creates ? 'a new ' : ''}${subjectKind}.`,
    'x-effect': effect,
    'x-signers': [...signers],
    'x-constraints': constraints.map(({ id }) => id),
  }
}
