/**
 * The face of the LLM agents: a skill made of a model. The same code asks a provider and, in tests, the library's mock.
 *
 * Faults: those of settings.ts, and `method-type-is-not-a-models` for a machine registered as something that a model
 * is not (spec 3.7: honest method types).
 */
import { Fault } from '../../../protocol/wire/fault.ts'
import type { Skill } from '../skill.ts'
import { ASK_LIMITS, type Asked, type AskLimits } from './ask.ts'
import { reviewWith } from './review.ts'
import { modelFrom, settingsFrom, type LanguageModel } from './settings.ts'
import { workWith } from './work.ts'

export { fingerprintOfModel, settingsFrom } from './settings.ts'
export { familyOf } from './families.ts'

export type Registered = { readonly modelFamily: string; readonly methodType: string }

export type ModelAt = {
  readonly provider: string
  readonly model: string
  readonly language: LanguageModel
  readonly key?: string | undefined
  readonly limits?: Partial<AskLimits>
}

/** An LLM agent's skill, by environment. */
export async function llmSkill(registered: Registered, environment: NodeJS.ProcessEnv = process.env): Promise<Skill> {
  const settings = settingsFrom(environment)
  const { provider, model, key, budget } = settings
  return skillOf(registered, { provider, model, key, language: await modelFrom(settings), limits: { budget } })
}

export function skillOf({ modelFamily, methodType }: Registered, at: ModelAt): Skill {
  const retrieval = methodType === 'retrieval_augmented'
  if (!retrieval && methodType !== 'reasoning_model') {
    throw new Fault('method-type-is-not-a-models', { registered: methodType })
  }
  const asked: Asked = {
    provider: at.provider,
    model: at.model,
    language: at.language,
    family: modelFamily,
    key: at.key,
    limits: { ...ASK_LIMITS, ...at.limits },
  }
  return {
    repeatable: false,
    worker: (job, signal) => workWith(asked, retrieval, job, signal),
    reviewer: (job, signal) => reviewWith(asked, retrieval, job, signal),
  }
}
