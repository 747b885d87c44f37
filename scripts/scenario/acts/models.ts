/**
 * Reviewers that reason are language models: they take their seats over the API, through the agent path that every
 * model takes, each with its own key. The model itself is the AI SDK's mock: it reads the book and the report out of
 * what it is shown, adds up, and quotes what it found.
 */
import { MockLanguageModelV4 } from 'ai/test'
import { Fault } from '../../../protocol/wire/fault.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { act } from '../../../runtime/agents/agent.ts'
import { skillOf } from '../../../runtime/agents/llm/llm.ts'
import type { MissionJson } from '../../../runtime/agents/mission-json.ts'
import { clientOf } from '../../../runtime/client/client.ts'
import type { Machine } from '../people.ts'
import type { Stage } from '../stage.ts'
import { BOOK, holds, REPORT } from '../work.ts'

/** The machine behind a seat, where it is a model. */
export function modelOf(stage: Stage, seat: string): Machine | undefined {
  return stage.cast.machines.find(({ id, method }) => id === seat && method === 'reasoning_model')
}

/** One step of its review: to seal, or to reveal. What the law withholds is asked for again another time. */
export async function modelTakesTurn(stage: Stage, machine: Machine, mission: string): Promise<void> {
  const { house } = stage
  const client = clientOf(house.url)
  const seen = await client.get(`/v1/missions/${encodeURIComponent(mission)}`)
  if (!seen.ok) throw new Fault('runtime-answered-no', { code: seen.problem.code })
  const { id, family, method } = machine
  const model = `${family}-mock`
  const parts = {
    client,
    deployment: house.deployment,
    clock: house.clock,
    id,
    agent: 'model',
    modelFamily: family,
    methodType: method,
    author: stage.author(id),
    key: house.seed.identity(id).key,
    worker: id,
    skill: skillOf(
      { modelFamily: family, methodType: method },
      { provider: 'mock', model, language: modelThatAddsUp(model) },
    ),
  }
  try {
    await act(parts, seen.value as unknown as MissionJson)
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code !== 'agent-was-refused') throw cause
  }
}

function modelThatAddsUp(modelId: string): MockLanguageModelV4 {
  return new MockLanguageModelV4({
    provider: 'mock',
    modelId,
    doGenerate: ({ prompt }) => {
      const shown = prompt.map(wordsOf).join('\n')
      return Promise.resolve({
        content: [{ type: 'text', text: JSON.stringify(judged(shown)) }],
        finishReason: { unified: 'stop', raw: undefined },
        usage: {
          inputTokens: { total: shown.length, noCache: shown.length, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 100, text: 100, reasoning: undefined },
        },
        warnings: [],
        response: { id: `answer-${digest(utf8(shown)).slice(7, 23)}`, modelId },
      })
    },
  })
}

function wordsOf({ content }: { readonly content: unknown }): string {
  if (typeof content === 'string') return content
  const parts = Array.isArray(content) ? (content as readonly { readonly text?: string }[]) : []
  return parts.map(({ text }) => text ?? '').join('\n')
}

function judged(shown: string) {
  const book = fileIn(shown, BOOK)
  const report = fileIn(shown, REPORT)
  const agrees = holds(utf8(book.text), utf8(report.text))
  const points = agrees ? 93 : 22
  return {
    verdict: agrees ? 'approve' : 'reject',
    scores: { correctness: points, completeness: points, policy_compliance: 90 },
    reasons: [
      {
        text: agrees
          ? 'I added up the book, and the report agrees.'
          : 'I added up the book, and the report does not agree.',
        references: [{ file: report.id, locator: 'the whole report', quote: report.text }],
      },
    ],
    normative_dispute: false,
  }
}

/** A file as a model sees it: between its fences. */
function fileIn(shown: string, name: string): { readonly id: string; readonly text: string } {
  const pattern = new RegExp(String.raw`\[data (E\d+) ${name.replace('.', String.raw`\.`)} [^\]]+\]\n([^]*?)\n\[end `)
  const [, id, text] = pattern.exec(shown) ?? []
  if (id === undefined || text === undefined) throw new Fault('scenario-model-saw-nothing', { name })
  return { id, text }
}
