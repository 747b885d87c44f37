/**
 * One question to a model, until its answer can be used or the attempts, the tokens or the time are spent.
 *
 *     ask ─▶ family? ─▶ whole? ─▶ JSON? ─▶ shape? ─▶ checks of the caller ─▶ answer, transcript
 *              │ no       └── no: told why, asked again, at most ATTEMPTS times ──▶ llm-answer-unusable
 *              └▶ fault: nothing is submitted in the name of another model
 *
 * There is no default answer: whoever gets none does nothing (spec 3.2: the number of reviewers is no evidence).
 *
 * Faults: `model-not-stated`, `model-family-unknown`, `model-family-differs`, `llm-answer-unusable`, `llm-budget-spent`,
 * `llm-timeout`, `llm-stopped`, `llm-provider-failed`. None of them carries what the provider said: it may repeat a key.
 * Source: spec 3.7.
 */
import {
  APICallError,
  generateText,
  jsonSchema,
  NoObjectGeneratedError,
  Output,
  RetryError,
  wrapLanguageModel,
} from 'ai'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { toJsonSchema } from '../../../protocol/wire/json-schema.ts'
import type { Result } from '../../../protocol/wire/result.ts'
import * as Shape from '../../../protocol/wire/shape.ts'
import { digestBytes, digest } from '../../../protocol/wire/sha256.ts'
import { familyOf } from './families.ts'
import type { LanguageModel } from './settings.ts'
import { transcriptBytes, type Call, type Message } from './transcript.ts'

/** The library prints warnings on standard output, which belongs to others; they are in the transcript. */
;(globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false

export type Asked = {
  readonly provider: string
  readonly model: string
  readonly language: LanguageModel
  /** What the machine is registered as. */
  readonly family: string
  readonly key: string | undefined
  readonly limits: AskLimits
}

export type AskLimits = {
  readonly attempts: number
  /** Tokens of one answer. */
  readonly outputTokens: number
  /** Tokens of all questions and answers together. */
  readonly budget: number
  /** Milliseconds of one attempt, the library's own retries included. */
  readonly wallMs: number
  /** Retries of the library on 429 and 5xx, with its growing pauses. */
  readonly retries: number
}

export const ASK_LIMITS: AskLimits = {
  attempts: 3,
  outputTokens: 16_000,
  budget: 200_000,
  wallMs: 300_000,
  retries: 2,
}

export type Unusable = { readonly code: string; readonly path?: string }

export type Question<S extends Shape.Shape, T> = {
  readonly purpose: 'work' | 'review'
  /** What the seed is derived from: the place of the task. */
  readonly place: string
  readonly instructions: string
  readonly prompt: string
  readonly shape: S
  /** What a shape cannot see. */
  readonly check: (answer: Shape.Infer<S>) => Result<T, Unusable>
}

export type Answer<T> = { readonly value: T; readonly transcript: Uint8Array }

export async function ask<S extends Shape.Shape, T>(
  asked: Asked,
  question: Question<S, T>,
  signal: AbortSignal | undefined,
): Promise<Answer<T>> {
  const { limits } = asked
  const seed = seedOf(question.place)
  const schema = plainSchema(toJsonSchema(question.shape))
  const calls: Call[] = []
  let messages: readonly Message[] = [{ role: 'user', content: question.prompt }]
  let spent = 0
  for (let attempt = 0; attempt < limits.attempts; attempt += 1) {
    const likely = estimate(question.instructions) + messages.reduce((sum, one) => sum + estimate(one.content), 0)
    if (spent + likely > limits.budget)
      throw new Fault('llm-budget-spent', { spent, next: likely, budget: limits.budget })
    if (signal?.aborted === true) throw new Fault('llm-stopped')
    const said = await once(asked, question.instructions, messages, schema, seed, signal)
    requireFamily(asked.family, said.model)
    const { text } = said
    spent += (said.usage.input ?? likely) + (said.usage.output ?? estimate(text))
    const read = readAnswer(question, said)
    const response = { id: said.id, model: said.model ?? '', text }
    const refused = read.ok ? null : inWords(read.error)
    const { usage, warnings } = said
    calls.push({ messages, response, usage, finish_reason: said.finishReason, warnings, refused })
    if (read.ok) {
      const transcript = {
        purpose: question.purpose,
        provider: asked.provider,
        model: asked.model,
        family: asked.family,
        settings: { temperature: 0, seed, max_output_tokens: limits.outputTokens },
        instructions: question.instructions,
        schema,
        calls,
        accepted: calls.length - 1,
      } as const
      return { value: read.value, transcript: transcriptBytes(transcript, asked.key) }
    }
    const again = `Your answer cannot be used: ${refused}. Answer again, whole, as JSON of the given schema.`
    messages = [...messages, { role: 'assistant', content: text || '(nothing)' }, { role: 'user', content: again }]
  }
  throw new Fault('llm-answer-unusable', { attempts: limits.attempts, last: calls.at(-1)?.refused ?? '' })
}

/** The provider has to say itself which model answered: the library would fill in the one that was asked for. */
function requireFamily(registered: string, model: string | undefined): void {
  if (model === undefined || model === '') throw new Fault('model-not-stated', { registered })
  const answered = familyOf(model)
  if (answered === undefined) throw new Fault('model-family-unknown', { model })
  if (answered !== registered) throw new Fault('model-family-differs', { registered, answered, model })
}

type Said = {
  readonly id: string
  readonly model: string | undefined
  readonly text: string
  readonly usage: Call['usage']
  readonly finishReason: string
  readonly warnings: readonly string[]
}

async function once(
  { language, limits }: Asked,
  instructions: string,
  messages: readonly Message[],
  schema: Json,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<Said> {
  const stated: { model?: string | undefined } = {}
  const model = wrapLanguageModel({
    model: language,
    middleware: {
      specificationVersion: 'v4',
      wrapGenerate: async ({ doGenerate }) => {
        const result = await doGenerate()
        stated.model = result.response?.modelId
        return result
      },
    },
  })
  try {
    const result = await generateText({
      model,
      instructions,
      messages: [...messages],
      output: Output.object({ schema: jsonSchema(schema as Parameters<typeof jsonSchema>[0]) }),
      temperature: 0,
      seed,
      maxOutputTokens: limits.outputTokens,
      maxRetries: limits.retries,
      timeout: limits.wallMs,
      ...(signal === undefined ? {} : { abortSignal: signal }),
    })
    return {
      id: result.response.id,
      model: stated.model,
      text: result.text,
      usage: usageOf(result.usage),
      finishReason: result.finishReason,
      warnings: (result.warnings ?? []).map((warning) => JSON.stringify(warning).slice(0, 300)),
    }
  } catch (cause) {
    // An answer that is no JSON of the schema is an answer: the model is told, and asked again.
    if (!NoObjectGeneratedError.isInstance(cause)) throw failure(cause, signal)
    return {
      id: cause.response?.id ?? '',
      model: stated.model,
      text: cause.text ?? '',
      usage: usageOf(cause.usage),
      finishReason: cause.finishReason ?? 'unknown',
      warnings: [],
    }
  }
}

type Counted = { readonly inputTokens: number | undefined; readonly outputTokens: number | undefined }

function usageOf(usage: Counted | undefined): Call['usage'] {
  return { input: usage?.inputTokens ?? null, output: usage?.outputTokens ?? null }
}

function readAnswer<S extends Shape.Shape, T>(
  question: Question<S, T>,
  { text, finishReason }: Said,
): Result<T, Unusable> {
  if (finishReason !== 'stop') return unusable(`answer-ended-with-${finishReason}`)
  if (!text.isWellFormed()) return unusable('answer-is-no-unicode')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return unusable('answer-is-no-json')
  }
  const parsed = Shape.parse(question.shape as Shape.Shape<Shape.Infer<S>>, json)
  if (parsed.ok) return question.check(parsed.value)
  const { code, path } = parsed.error
  return { ok: false, error: path === undefined ? { code } : { code, path } }
}

function unusable(code: string): { readonly ok: false; readonly error: Unusable } {
  return { ok: false, error: { code } }
}

function inWords({ code, path }: Unusable): string {
  return path === undefined || path === '' ? code : `${code} at ${path}`
}

function failure(cause: unknown, signal: AbortSignal | undefined): Fault {
  if (signal?.aborted === true) return new Fault('llm-stopped')
  const last = RetryError.isInstance(cause) ? cause.lastError : cause
  if (APICallError.isInstance(last)) return new Fault('llm-provider-failed', { status: last.statusCode ?? 0 })
  const name = last instanceof Error ? last.name : 'unknown'
  return name === 'TimeoutError' || name === 'AbortError'
    ? new Fault('llm-timeout')
    : new Fault('llm-provider-failed', { name })
}

/** 31 bits. Providers that know no seed ignore it, and say so in their warnings. */
function seedOf(place: string): number {
  return Buffer.from(digestBytes(digest(place))).readUInt32BE(0) >>> 1
}

/** Tokens of a text, on the high side. */
function estimate(text: string): number {
  return Math.ceil(text.length / 3)
}

/** Providers refuse schemas with bounds and patterns they do not know. The shape has them, and it decides. */
const BOUNDS = new Set([
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'x-condition',
])

function plainSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((item: Json) => plainSchema(item))
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema as { readonly [name: string]: Json }).filter(([name]) => !BOUNDS.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, plainSchema(value)]))
}
