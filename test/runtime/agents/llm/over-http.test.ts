/** The way a provider takes: a server that speaks the chat protocol of OpenAI-compatible servers, and no mock in between. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import * as Shape from '../../../../protocol/wire/shape.ts'
import { ask, ASK_LIMITS, type Asked } from '../../../../runtime/agents/llm/ask.ts'
import { modelFrom, settingsFrom } from '../../../../runtime/agents/llm/settings.ts'

type Body = {
  readonly model: string
  readonly temperature?: number
  readonly seed?: number
  readonly max_tokens?: number
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema: object } }
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
}

async function provider(t: TestContext, answer: (turn: number) => { status: number; body: object }) {
  const seen: { body: Body; authorization: string }[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Body
      seen.push({ body, authorization: incoming.headers.authorization ?? '' })
      const said = answer(seen.length)
      outgoing.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => server.close())
  const settings = settingsFrom({
    GENESIS_LLM_PROVIDER: 'openai-compatible',
    GENESIS_LLM_MODEL: 'llama-asked-for',
    GENESIS_LLM_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    GENESIS_LLM_API_KEY: 'the-key',
  })
  const asked: Asked = {
    provider: settings.provider,
    model: settings.model,
    language: await modelFrom(settings),
    family: 'llama',
    key: settings.key,
    limits: { ...ASK_LIMITS, retries: 0 },
  }
  return { asked, seen }
}

function completion(content: string, model?: string) {
  const choice = { index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }
  const usage = { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 }
  const named = model === undefined ? {} : { model }
  return { status: 200, body: { id: 'c-1', object: 'chat.completion', created: 1, ...named, choices: [choice], usage } }
}

const question = {
  purpose: 'review',
  place: 'm-1 t-1 1',
  instructions: 'Count.',
  prompt: 'How many?',
  shape: Shape.object({ total: Shape.integer({ min: 0, max: 9 }) }),
  check: ({ total }: { readonly total: number }) => ({ ok: true, value: total }) as const,
} as const

test('a provider is asked with schema, seed and bounds, and its answer read', async (t) => {
  const { asked, seen } = await provider(t, () => completion('{"total":4}', 'llama-3.3-70b'))
  const { value, transcript } = await ask(asked, question, undefined)
  assert.equal(value, 4)
  const [{ body, authorization }] = seen as [(typeof seen)[number]]
  assert.equal(authorization, 'Bearer the-key')
  assert.deepEqual([body.model, body.temperature, body.max_tokens], ['llama-asked-for', 0, ASK_LIMITS.outputTokens])
  assert.equal(Number.isInteger(body.seed), true)
  assert.equal(body.response_format?.type, 'json_schema')
  assert.deepEqual(
    body.messages.map(({ role }) => role),
    ['system', 'user'],
  )
  const text = Buffer.from(transcript).toString()
  assert.ok(text.includes('llama-3.3-70b') && text.includes('"input":11'))
  assert.ok(!text.includes('the-key'))
})

test('a provider that does not name the model is refused, though one was asked for', async (t) => {
  const { asked } = await provider(t, () => completion('{"total":4}'))
  await assert.rejects(ask(asked, question, undefined), { code: 'model-not-stated' })
})

test('a provider that answers with another model is refused', async (t) => {
  const { asked, seen } = await provider(t, () => completion('{"total":4}', 'qwen3-32b'))
  await assert.rejects(ask(asked, question, undefined), {
    code: 'model-family-differs',
    params: { registered: 'llama', answered: 'qwen', model: 'qwen3-32b' },
  })
  assert.equal(seen.length, 1)
})

test('a busy provider is asked again, a forbidden one is not', async (t) => {
  const busy = await provider(t, (turn) =>
    turn === 1 ? { status: 429, body: { error: { message: 'slow' } } } : completion('{"total":4}', 'llama-3'),
  )
  const limits = { ...busy.asked.limits, retries: 1 }
  assert.equal((await ask({ ...busy.asked, limits }, question, undefined)).value, 4)
  assert.equal(busy.seen.length, 2)
  const closed = await provider(t, () => ({ status: 401, body: { error: { message: 'bad key the-key' } } }))
  await assert.rejects(ask({ ...closed.asked, limits }, question, undefined), {
    code: 'llm-provider-failed',
    params: { status: 401 },
  })
  assert.equal(closed.seen.length, 1)
})
