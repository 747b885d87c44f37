/**
 * Which model an LLM agent asks: provider, model and key, by environment.
 *
 *     GENESIS_LLM_PROVIDER   anthropic | openai | openai-compatible | gateway
 *     GENESIS_LLM_MODEL      the provider's name for the model
 *     GENESIS_LLM_BASE_URL   openai-compatible only
 *     key                    ANTHROPIC_API_KEY, OPENAI_API_KEY, AI_GATEWAY_API_KEY; GENESIS_LLM_API_KEY for
 *                            openai-compatible, where the server wants one
 *     GENESIS_LLM_BUDGET     tokens that one task or review may cost in all (200000)
 *
 * The key goes to the provider's client and nowhere else: it is in no log, fault, transcript or evidence.
 *
 * Faults: `llm-not-configured` (names what to set), `llm-provider-unknown`, `llm-key-missing`, `llm-budget-invalid`.
 * Source: spec 3.7.
 */
import type { wrapLanguageModel } from 'ai'
import { Fault } from '../../../protocol/wire/fault.ts'
import { encode } from '../../../protocol/wire/canonical-json.ts'
import { digest, type Digest } from '../../../protocol/wire/sha256.ts'

/** A model object of the library, such as its providers and its mocks make. */
export type LanguageModel = Parameters<typeof wrapLanguageModel>[0]['model']

export type LlmSettings = {
  readonly provider: Provider
  readonly model: string
  readonly baseUrl: string | undefined
  readonly key: string | undefined
  /** Tokens, of questions and answers together. */
  readonly budget: number
}

const PROVIDERS = ['anthropic', 'openai', 'openai-compatible', 'gateway'] as const
export type Provider = (typeof PROVIDERS)[number]

const KEYS: { readonly [provider in Provider]: { readonly name: string; readonly required: boolean } } = {
  anthropic: { name: 'ANTHROPIC_API_KEY', required: true },
  openai: { name: 'OPENAI_API_KEY', required: true },
  'openai-compatible': { name: 'GENESIS_LLM_API_KEY', required: false },
  gateway: { name: 'AI_GATEWAY_API_KEY', required: true },
}

const BUDGET = 200_000

type Environment = { readonly [name: string]: string | undefined }

export function settingsFrom(environment: Environment): LlmSettings {
  const given = (name: string): string | undefined => environment[name]?.trim() || undefined
  const provider = given('GENESIS_LLM_PROVIDER')
  const model = given('GENESIS_LLM_MODEL')
  if (provider === undefined || model === undefined) {
    throw new Fault('llm-not-configured', { set: 'GENESIS_LLM_PROVIDER and GENESIS_LLM_MODEL' })
  }
  if (!isProvider(provider)) throw new Fault('llm-provider-unknown', { provider, known: PROVIDERS.join(', ') })
  const { name, required } = KEYS[provider]
  const key = given(name)
  if (required && key === undefined) throw new Fault('llm-key-missing', { set: name })
  const baseUrl = given('GENESIS_LLM_BASE_URL')
  if (provider === 'openai-compatible' && baseUrl === undefined) {
    throw new Fault('llm-not-configured', { set: 'GENESIS_LLM_BASE_URL' })
  }
  const budget = given('GENESIS_LLM_BUDGET') ?? String(BUDGET)
  if (!/^[1-9][0-9]{2,8}$/.test(budget)) throw new Fault('llm-budget-invalid', { budget })
  return { provider, model, baseUrl, key, budget: Number(budget) }
}

function isProvider(name: string): name is Provider {
  return PROVIDERS.some((provider) => provider === name)
}

/** Providers are loaded when one is asked for: whoever runs no LLM agent pays nothing. */
export async function modelFrom({ provider, model, baseUrl, key }: LlmSettings): Promise<LanguageModel> {
  const apiKey = key ?? ''
  switch (provider) {
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic({ apiKey })(model)
    case 'openai':
      return (await import('@ai-sdk/openai')).createOpenAI({ apiKey })(model)
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
      const more = key === undefined ? {} : { apiKey: key }
      return createOpenAICompatible({
        name: 'openai-compatible',
        baseURL: baseUrl ?? '',
        supportsStructuredOutputs: true,
        ...more,
      })(model)
    }
    case 'gateway':
      return (await import('ai')).createGateway({ apiKey })(model)
  }
}

/** What a machine with this model is registered as having: two agents of one model are kin (spec 4.5). */
export function fingerprintOfModel(settings: Pick<LlmSettings, 'provider' | 'model'>): Digest {
  return digest(encode({ kind: 'llm', model: settings.model, provider: settings.provider }))
}
