/** A language model that says what the test tells it to: the library's own mock, through the path a provider takes. */
import { MockLanguageModelV4 } from 'ai/test'

export const MODEL = 'claude-mock-5'

type Said = string | object | Error

/** Answers in turn, the last one again and again. An error is thrown as a provider's client would. */
export function modelSaying(
  answers: readonly Said[],
  { model = MODEL, finish = 'stop' }: { model?: string | undefined; finish?: 'stop' | 'length' } = {},
): MockLanguageModelV4 {
  let turn = 0
  return new MockLanguageModelV4({
    provider: 'mock',
    modelId: 'claude-as-claimed',
    doGenerate: () => {
      const said = answers[Math.min(turn, answers.length - 1)] ?? ''
      turn += 1
      if (said instanceof Error) return Promise.reject(said)
      const text = typeof said === 'string' ? said : JSON.stringify(said)
      return Promise.resolve({
        content: [{ type: 'text', text }],
        finishReason: { unified: finish, raw: undefined },
        usage: {
          inputTokens: { total: 100, noCache: 100, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 20, text: 20, reasoning: undefined },
        },
        warnings: [],
        ...(model === '' ? {} : { response: { id: `answer-${turn}`, modelId: model } }),
      })
    },
  })
}

/** The same, where the provider does not say which model answered. */
export function modelWithoutAName(answers: readonly Said[]): MockLanguageModelV4 {
  return modelSaying(answers, { model: '' })
}
