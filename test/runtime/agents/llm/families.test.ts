import assert from 'node:assert/strict'
import { test } from 'node:test'
import { familyOf, knownFamilies } from '../../../../runtime/agents/llm/families.ts'

const KNOWN: readonly (readonly [model: string, family: string])[] = [
  ['claude-sonnet-4-5-20250929', 'claude'],
  ['anthropic/claude-opus-4.1', 'claude'],
  ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'claude'],
  ['gpt-5-mini', 'gpt'],
  ['openai/gpt-oss-120b', 'gpt'],
  ['o3-2025-04-16', 'gpt'],
  ['chatgpt-4o-latest', 'gpt'],
  ['GPT-4.1', 'gpt'],
  ['gemini-2.5-pro', 'gemini'],
  ['gemma-3-27b-it', 'gemma'],
  ['meta-llama/Llama-3.3-70B-Instruct', 'llama'],
  ['mistral-large-latest', 'mistral'],
  ['mixtral:8x7b', 'mistral'],
  ['Qwen/Qwen3-235B-A22B', 'qwen'],
  ['qwq-32b', 'qwen'],
  ['deepseek-chat', 'deepseek'],
  ['command-r-plus', 'command'],
  ['grok-4', 'grok'],
  ['phi4:14b', 'phi'],
  ['moonshotai/kimi-k2', 'kimi'],
  ['glm-4.5', 'glm'],
  ['amazon.nova-pro-v1:0', 'nova'],
]

for (const [model, family] of KNOWN) {
  test(`${model} is of the family ${family}`, () => assert.equal(familyOf(model), family))
}

for (const model of [
  '',
  '/',
  'claude/',
  'my-model',
  'deepseek-r1-distill-llama-70b',
  'llama-3-claude-merge',
  'constructor',
  '__proto__',
  'сlaude-5',
  'not-an-o',
  'o10-large',
]) {
  test(`${JSON.stringify(model)} has no family that can be told from its name`, () => {
    assert.equal(familyOf(model), undefined)
  })
}

test('every family of the table is reached by some model above', () => {
  assert.deepEqual(new Set(KNOWN.map(([, family]) => family)), new Set(knownFamilies()))
})
