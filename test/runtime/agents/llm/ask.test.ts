/** One question to a model: what is accepted, what is asked again, and what is refused for good. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { APICallError } from 'ai'
import * as Shape from '../../../../protocol/wire/shape.ts'
import { ask, ASK_LIMITS, type Asked } from '../../../../runtime/agents/llm/ask.ts'
import type { LanguageModel } from '../../../../runtime/agents/llm/settings.ts'
import { MODEL, modelSaying, modelWithoutAName } from '../../../support/runtime/mock-model.ts'

const shape = Shape.object({ total: Shape.integer({ min: 0, max: 9 }) })
const question = {
  purpose: 'review',
  place: 'm-1 t-1 1',
  instructions: 'Count.',
  prompt: 'How many?',
  shape,
  check: ({ total }: { readonly total: number }) =>
    total === 7
      ? ({ ok: false, error: { code: 'seven-is-wrong', path: '/total' } } as const)
      : ({ ok: true, value: total } as const),
} as const

function asked(language: LanguageModel, more: Partial<Asked> = {}): Asked {
  const limits = { ...ASK_LIMITS, retries: 0 }
  return {
    provider: 'mock',
    model: 'claude-as-claimed',
    language,
    family: 'claude',
    key: 'secret-key',
    limits,
    ...more,
  }
}

type Read = {
  readonly accepted: number
  readonly family: string
  readonly settings: { readonly seed: number; readonly temperature: number }
  readonly calls: readonly {
    readonly messages: readonly { readonly role: string; readonly content: string }[]
    readonly response: { readonly model: string; readonly text: string }
    readonly usage: object
    readonly finish_reason: string
    readonly refused: string | null
  }[]
}

function read(transcript: Uint8Array): Read {
  return JSON.parse(Buffer.from(transcript).toString()) as Read
}

test('an answer that fits is taken, and the transcript has all of it', async () => {
  const model = modelSaying([{ total: 3 }])
  const { value, transcript } = await ask(asked(model), question, undefined)
  assert.equal(value, 3)
  const { accepted, calls, family, settings } = read(transcript)
  assert.deepEqual([accepted, family, calls.length], [0, 'claude', 1])
  assert.deepEqual(calls[0], {
    messages: [{ role: 'user', content: 'How many?' }],
    response: { id: 'answer-1', model: MODEL, text: '{"total":3}' },
    usage: { input: 100, output: 20 },
    finish_reason: 'stop',
    warnings: [],
    refused: null,
  })
  const [call] = model.doGenerateCalls
  assert.deepEqual([call?.temperature, call?.seed], [settings.temperature, settings.seed])
  assert.equal(call?.responseFormat?.type, 'json')
})

test('the seed comes from the place of the task alone', async () => {
  const seeds = await Promise.all(
    ['m-1 t-1 1', 'm-1 t-1 1', 'm-1 t-1 2'].map(async (place) => {
      const { transcript } = await ask(asked(modelSaying([{ total: 1 }])), { ...question, place }, undefined)
      return read(transcript).settings.seed
    }),
  )
  assert.equal(seeds[0], seeds[1])
  assert.notEqual(seeds[0], seeds[2])
})

const REFUSED: readonly (readonly [what: string, answer: string | object, why: string])[] = [
  ['no JSON', 'Three, I think.', 'answer-is-no-json'],
  ['nothing', '', 'answer-is-no-json'],
  ['a string for a number', { total: '3' }, 'field-type at /total'],
  ['a number out of range', { total: 10 }, 'field-range at /total'],
  ['a missing field', {}, 'field-missing at /total'],
  ['a field too many', { total: 3, verdict: 'approve' }, 'field-unknown at /verdict'],
  ['a prototype for a field', '{"total":3,"__proto__":{}}', 'field-unknown at /__proto__'],
  ['what the caller refuses', { total: 7 }, 'seven-is-wrong at /total'],
]

for (const [what, answer, why] of REFUSED) {
  test(`${what} is told to the model, which is asked again`, async () => {
    const { value, transcript } = await ask(asked(modelSaying([answer, { total: 2 }])), question, undefined)
    assert.equal(value, 2)
    const { accepted, calls } = read(transcript)
    assert.deepEqual([accepted, calls[0]?.refused], [1, why])
    assert.ok(calls[1]?.messages.at(-1)?.content.includes(why))
  })

  test(`${what}, again and again: no answer, and no default`, async () => {
    const model = modelSaying([answer])
    await assert.rejects(ask(asked(model), question, undefined), {
      code: 'llm-answer-unusable',
      params: { attempts: 3, last: why },
    })
    assert.equal(model.doGenerateCalls.length, 3)
  })
}

test('an answer that was cut off is not read', async () => {
  await assert.rejects(ask(asked(modelSaying([{ total: 3 }], { finish: 'length' })), question, undefined), {
    params: { attempts: 3, last: 'answer-ended-with-length' },
  })
})

const STRANGERS: readonly (readonly [what: string, model: LanguageModel, code: string])[] = [
  ['another family', modelSaying([{ total: 3 }], { model: 'gpt-6' }), 'model-family-differs'],
  ['an unknown model', modelSaying([{ total: 3 }], { model: 'house-model-1' }), 'model-family-unknown'],
  ['no name, though one was asked for', modelWithoutAName([{ total: 3 }]), 'model-not-stated'],
  ['another family, with an unusable answer', modelSaying(['no'], { model: 'gpt-6' }), 'model-family-differs'],
]

for (const [what, model, code] of STRANGERS) {
  test(`a provider that answers with ${what} is refused at once`, async () => {
    await assert.rejects(ask(asked(model), question, undefined), { code })
    assert.equal((model as ReturnType<typeof modelSaying>).doGenerateCalls.length, 1)
  })
}

function apiError(statusCode: number): APICallError {
  return new APICallError({
    message: 'Incorrect key: secret-key',
    url: 'https://provider.example/v1',
    requestBodyValues: { key: 'secret-key' },
    statusCode,
    responseBody: 'secret-key',
  })
}

for (const status of [401, 429, 500]) {
  test(`a provider that says ${status} is a fault without a word of what it said`, async () => {
    await assert.rejects(ask(asked(modelSaying([apiError(status)])), question, undefined), (fault: Error) => {
      assert.deepEqual(
        [(fault as Error & { code: string }).code, (fault as Error & { params: object }).params],
        ['llm-provider-failed', { status }],
      )
      assert.ok(!`${fault.stack} ${JSON.stringify(fault)} ${String(fault.cause)}`.includes('secret-key'))
      return true
    })
  })
}

test('a busy provider is asked again by the library, as often as it may', async () => {
  const model = modelSaying([apiError(503), { total: 4 }])
  const limits = { ...ASK_LIMITS, retries: 1 }
  const { value } = await ask(asked(model, { limits }), question, undefined)
  assert.deepEqual([value, model.doGenerateCalls.length], [4, 2])
})

test('a question beyond the budget is not asked', async () => {
  const model = modelSaying([{ total: 3 }])
  const limits = { ...ASK_LIMITS, budget: 4 }
  await assert.rejects(ask(asked(model, { limits }), question, undefined), { code: 'llm-budget-spent' })
  assert.equal(model.doGenerateCalls.length, 0)
})

test('what the attempts cost is counted against the budget', async () => {
  const model = modelSaying(['no'])
  const limits = { ...ASK_LIMITS, budget: 150 }
  await assert.rejects(ask(asked(model, { limits }), question, undefined), { code: 'llm-budget-spent' })
  assert.equal(model.doGenerateCalls.length, 1)
})

test('who is stopped stops', async () => {
  const stopping = new AbortController()
  stopping.abort()
  await assert.rejects(ask(asked(modelSaying([{ total: 3 }])), question, stopping.signal), { code: 'llm-stopped' })
})

test('a key that a model repeats is not published', async () => {
  await assert.rejects(ask(asked(modelSaying(['secret-key', { total: 3 }])), question, undefined), {
    code: 'llm-key-in-transcript',
  })
})
