/**
 * The family of a model, from the id that its provider answered with.
 *
 *     anthropic/claude-x-5 → claude      gpt-6-mini → gpt      deepseek-r1-distill-llama-70b → unknown
 *
 * The id is cut into words at every character that is no letter and no digit. Each family has words that it alone
 * uses, or that begin so; an id with words of two families (a model distilled into another) has none, because nobody
 * can say from the name whose judgement it is. Whoever has no family is refused: diversity of reviewers rests on it.
 *
 * Source: spec 3.2, 3.7.
 */
const FAMILIES: readonly { readonly family: string; readonly word: RegExp }[] = [
  { family: 'claude', word: /^claude/ },
  { family: 'command', word: /^command$/ },
  { family: 'deepseek', word: /^deepseek/ },
  { family: 'gemini', word: /^gemini/ },
  { family: 'gemma', word: /^gemma/ },
  { family: 'glm', word: /^(?:chat)?glm/ },
  { family: 'gpt', word: /^(?:chatgpt|gpt|o[1-9]$)/ },
  { family: 'grok', word: /^grok/ },
  { family: 'kimi', word: /^kimi/ },
  { family: 'llama', word: /^llama/ },
  { family: 'mistral', word: /^(?:mistral|mixtral|ministral|magistral|codestral|devstral)/ },
  { family: 'nova', word: /^nova$/ },
  { family: 'phi', word: /^phi[0-9]*$/ },
  { family: 'qwen', word: /^(?:qwen|qwq)/ },
]

/** Undefined where the id says none, or more than one. */
export function familyOf(modelId: string): string | undefined {
  // The part before the last slash names a shop, not the model.
  const name = modelId.slice(modelId.lastIndexOf('/') + 1).toLowerCase()
  const words = name.split(/[^a-z0-9]+/).filter((word) => word !== '')
  const found = FAMILIES.filter(({ word }) => words.some((one) => word.test(one)))
  return found.length === 1 ? found[0]?.family : undefined
}

export function knownFamilies(): readonly string[] {
  return FAMILIES.map(({ family }) => family)
}
