import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprintOfModel, modelFrom, settingsFrom } from '../../../../runtime/agents/llm/settings.ts'
import { skillOf } from '../../../../runtime/agents/llm/llm.ts'
import { modelSaying } from '../../../support/runtime/mock-model.ts'

const NAMED = { GENESIS_LLM_PROVIDER: 'anthropic', GENESIS_LLM_MODEL: 'claude-x' }

const INCOMPLETE: readonly (readonly [what: string, environment: object, fault: object])[] = [
  ['nothing', {}, { code: 'llm-not-configured', params: { set: 'GENESIS_LLM_PROVIDER and GENESIS_LLM_MODEL' } }],
  ['no model', { GENESIS_LLM_PROVIDER: 'openai' }, { code: 'llm-not-configured' }],
  ['blank names', { GENESIS_LLM_PROVIDER: ' ', GENESIS_LLM_MODEL: ' ' }, { code: 'llm-not-configured' }],
  ['no key', NAMED, { code: 'llm-key-missing', params: { set: 'ANTHROPIC_API_KEY' } }],
  [
    'another provider’s key',
    { ...NAMED, OPENAI_API_KEY: 'k' },
    { code: 'llm-key-missing', params: { set: 'ANTHROPIC_API_KEY' } },
  ],
  [
    'an unknown provider',
    { GENESIS_LLM_PROVIDER: 'constructor', GENESIS_LLM_MODEL: 'm' },
    { code: 'llm-provider-unknown' },
  ],
  [
    'no address',
    { GENESIS_LLM_PROVIDER: 'openai-compatible', GENESIS_LLM_MODEL: 'm' },
    { code: 'llm-not-configured', params: { set: 'GENESIS_LLM_BASE_URL' } },
  ],
  [
    'a budget that is none',
    { ...NAMED, ANTHROPIC_API_KEY: 'k', GENESIS_LLM_BUDGET: '-5' },
    { code: 'llm-budget-invalid' },
  ],
]

for (const [what, environment, fault] of INCOMPLETE) {
  test(`with ${what} nothing is guessed: the fault says what to set`, () => {
    assert.throws(() => settingsFrom(environment as { [name: string]: string }), fault)
  })
}

test('each provider is made from its own variables', async () => {
  const environments = [
    { ...NAMED, ANTHROPIC_API_KEY: 'k' },
    { GENESIS_LLM_PROVIDER: 'openai', GENESIS_LLM_MODEL: 'gpt-x', OPENAI_API_KEY: 'k' },
    { GENESIS_LLM_PROVIDER: 'gateway', GENESIS_LLM_MODEL: 'openai/gpt-x', AI_GATEWAY_API_KEY: 'k' },
    {
      GENESIS_LLM_PROVIDER: 'openai-compatible',
      GENESIS_LLM_MODEL: 'llama-x',
      GENESIS_LLM_BASE_URL: 'http://127.0.0.1:1/v1',
    },
  ]
  const made = await Promise.all(environments.map((environment) => modelFrom(settingsFrom(environment))))
  assert.deepEqual(
    made.map(({ modelId }) => modelId),
    ['claude-x', 'gpt-x', 'openai/gpt-x', 'llama-x'],
  )
})

test('two agents of one model have one fingerprint, of two models two', () => {
  const one = fingerprintOfModel({ provider: 'openai', model: 'gpt-x' })
  assert.equal(fingerprintOfModel({ model: 'gpt-x', provider: 'openai' }), one)
  assert.notEqual(fingerprintOfModel({ provider: 'openai', model: 'gpt-y' }), one)
  assert.notEqual(fingerprintOfModel({ provider: 'gateway', model: 'gpt-x' }), one)
})

for (const methodType of ['rule_based_deterministic', 'human_reviewer', '']) {
  test(`a model does not work as ${methodType || 'nothing'}`, () => {
    const at = { provider: 'mock', model: 'm', language: modelSaying([]) }
    assert.throws(() => skillOf({ modelFamily: 'claude', methodType }, at), { code: 'method-type-is-not-a-models' })
  })
}
