/** Review of form: digests, strict JSON, and the mission's schema; nothing that cannot be judged is approved. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Json } from '../../../../protocol/wire/canonical-json.ts'
import { utf8 } from '../../../../protocol/wire/bytes.ts'
import { digest } from '../../../../protocol/wire/sha256.ts'
import { reviewForm } from '../../../../runtime/agents/form/form.ts'
import { conformance } from '../../../../runtime/agents/form/json-schema.ts'
import { reviewerFor } from '../../../../runtime/agents/skills.ts'
import type { NamedBytes, ReviewJob } from '../../../../runtime/agents/skill.ts'

function file(name: string, content: unknown): NamedBytes {
  const bytes = utf8(typeof content === 'string' ? content : JSON.stringify(content))
  return { name, digest: digest(bytes), bytes }
}

const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['total'],
  properties: { total: { type: 'integer', minimum: 0 } },
  additionalProperties: false,
}

function job(more: Partial<ReviewJob> = {}): ReviewJob {
  const report = file('out/report.json', { total: 42 })
  return {
    mission: 'm-1',
    task: 't-1',
    attempt: 1,
    title: 'T',
    scope: 'S',
    criteria: ['C'],
    instructions: 'I',
    inputs: [file('report.schema.json', SCHEMA)],
    artifacts: [report],
    intermediate: [],
    reproduction: { command: [], inputs: [], outputs: [{ name: report.name, digest: report.digest }], environment: {} },
    account: 'A',
    ...more,
  }
}

suite('review of form', () => {
  test('a result that conforms to the mission’s schema is approved, with a word on what was not looked at', async () => {
    const { verdict, reasons } = await reviewForm(job())
    assert.equal(verdict, 'approve')
    assert.match(reasons[0]?.text ?? '', /conforms to report.schema.json. Whether it is true was not looked at/)
  })

  const BROKEN: readonly (readonly [what: string, more: Partial<ReviewJob>, why: RegExp])[] = [
    ['a field too many', { artifacts: [file('report.json', { total: 42, more: 1 })] }, /differs .* by "false"/],
    ['a string for a number', { artifacts: [file('report.json', { total: '42' })] }, /differs .* "properties"|"type"/],
    ['a field twice', { artifacts: [file('report.json', '{"total":1,"total":2}')] }, /no strict JSON/],
    ['no JSON', { artifacts: [file('report.json', 'total: 42')] }, /no strict JSON/],
    ['no schema', { inputs: [] }, /gave no schema for any result/],
    [
      'a schema that its worker brought',
      { inputs: [], artifacts: [file('report.json', { total: 42 }), file('report.schema.json', {})] },
      /gave no schema for any result/,
    ],
    [
      'a schema with a pattern',
      { inputs: [file('report.schema.json', { pattern: '(a+)+$' })] },
      /"pattern", which is not judged/,
    ],
    ['a schema that is no JSON', { inputs: [file('report.schema.json', '{')] }, /the form cannot be judged/],
    [
      'bytes that are not what their digest says',
      { intermediate: [{ ...file('a', 'a'), digest: digest('b') }] },
      /^a is what/,
    ],
  ]
  for (const [what, more, why] of BROKEN) {
    test(`${what}: rework`, async () => {
      const said = await reviewForm(job({ ...more, reproduction: { ...job().reproduction, outputs: [] } }))
      assert.equal(said.verdict, 'rework')
      assert.ok(
        said.reasons.some(({ text }) => why.test(text)),
        JSON.stringify(said.reasons),
      )
    })
  }

  test('a declared output that was not handed in: rework', async () => {
    const outputs = [{ name: 'other.json', digest: digest('x') }]
    assert.equal((await reviewForm(job({ reproduction: { ...job().reproduction, outputs } }))).verdict, 'rework')
  })

  test('it is among the deterministic agents, for every class', () => {
    assert.equal(reviewerFor('documentation_update', 'form'), reviewForm)
    assert.equal(reviewerFor('internal_operations_change', 'form'), reviewForm)
    assert.equal(reviewerFor('internal_operations_change', 'rerun'), undefined)
  })
})

suite('conformance to a JSON Schema', () => {
  const CASES: readonly (readonly [schema: Json, value: Json, kind: string])[] = [
    [true, 1, 'conforms'],
    [false, 1, 'differs'],
    [{}, { a: [null] }, 'conforms'],
    [{ type: 'string' }, 'a', 'conforms'],
    [{ type: 'string' }, 1, 'differs'],
    [{ type: ['string', 'null'] }, null, 'conforms'],
    [{ type: 'integer' }, 2, 'conforms'],
    [{ type: 'object' }, [], 'differs'],
    [{ type: 'whatever' }, 1, 'unjudged'],
    [{ const: { a: 1, b: 2 } }, { b: 2, a: 1 }, 'conforms'],
    [{ enum: ['a', 1] }, 1, 'conforms'],
    [{ enum: ['a', 1] }, 2, 'differs'],
    [{ enum: [1.5] }, 1.5, 'conforms'],
    [{ uniqueItems: true }, [0.5, 0.5], 'differs'],
    [{ minimum: 2 }, 1, 'differs'],
    [{ minimum: 2 }, 2, 'conforms'],
    [{ maximum: 2 }, 3, 'differs'],
    [{ minimum: 2 }, 'text', 'conforms'],
    [{ minLength: 2 }, '😀', 'differs'],
    [{ maxLength: 1 }, '😀', 'conforms'],
    [{ minItems: 1 }, [], 'differs'],
    [{ maxItems: 1 }, [1, 2], 'differs'],
    [{ uniqueItems: true }, [1, 1], 'differs'],
    [{ uniqueItems: true }, [1, 2], 'conforms'],
    [{ items: { type: 'integer' } }, [1, 'a'], 'differs'],
    [{ required: ['a'] }, {}, 'differs'],
    [{ required: ['constructor'] }, {}, 'differs'],
    [{ properties: { a: { type: 'string' } } }, { a: 1 }, 'differs'],
    [{ properties: { a: { type: 'string' } } }, {}, 'conforms'],
    [{ properties: { a: { pattern: 'x' } } }, {}, 'unjudged'],
    [{ additionalProperties: { type: 'integer' } }, { a: 'x' }, 'differs'],
    [{ properties: { a: {} }, additionalProperties: false }, { a: 1 }, 'conforms'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, null, 'conforms'],
    [{ anyOf: [{ type: 'string' }, { $ref: '#' }] }, 'a', 'unjudged'],
    [{ oneOf: [{ type: 'integer' }, { minimum: 1 }] }, 2, 'differs'],
    [{ allOf: [{ type: 'integer' }, { minimum: 1 }] }, 2, 'conforms'],
    [{ not: { type: 'string' } }, 'a', 'differs'],
    [{ not: { format: 'date' } }, 'a', 'unjudged'],
    [{ $ref: '#' }, 1, 'unjudged'],
    [{ __proto__: null, toString: 1 }, 1, 'unjudged'],
    ['schema', 1, 'unjudged'],
  ]
  for (const [schema, value, kind] of CASES) {
    test(`${JSON.stringify(value)} by ${JSON.stringify(schema)}: ${kind}`, () => {
      assert.equal(conformance(schema, value).kind, kind)
    })
  }

  test('a schema that goes on for ever is not judged', () => {
    let deep: Json = {}
    for (let i = 0; i < 100; i += 1) deep = { allOf: [deep] }
    assert.equal(conformance(deep, 1).kind, 'unjudged')
  })
})
