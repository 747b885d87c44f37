/** What a development wallet asks its human, one request at a time. A store outside of React: wallets know no React. */
export type Prompt =
  | { readonly kind: 'sign'; readonly who: string; readonly typedData: unknown }
  | { readonly kind: 'send'; readonly who: string; readonly to: string; readonly data: string }

type Waiting = { readonly prompt: Prompt; readonly answer: (confirmed: boolean) => void }

let waiting: readonly Waiting[] = []
const listeners = new Set<() => void>()

export function confirmByPrompt(prompt: Prompt): Promise<boolean> {
  return new Promise((resolve) => change([...waiting, { prompt, answer: resolve }]))
}

export function currentPrompt(): Waiting | undefined {
  return waiting[0]
}

export function answerPrompt(confirmed: boolean): void {
  const [first, ...rest] = waiting
  change(rest)
  first?.answer(confirmed)
}

export function subscribePrompts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(next: readonly Waiting[]): void {
  waiting = next
  for (const listener of listeners) listener()
}
