/**
 * What was sent before, and where its answer stands: one payload has one answer for ever, and a nonce is spent with
 * its first payload, committed or withheld.
 *
 * A nonce's first payload is kept under `actor nonce`; each later one, which was withheld for it, under
 * `actor nonce payload`. None of the parts holds a space.
 *
 * Source: spec 2.2 (idempotent by actor and payload; a nonce with another payload is refused).
 */
export type Answered = Map<string, { readonly payload: string; readonly seq: number }>

type Sent = { readonly actor: string; readonly nonce: string }

/** The payload that spent this nonce, and the seq of its answer. */
export function spentBy(answered: Answered, { actor, nonce }: Sent) {
  return answered.get(`${actor} ${nonce}`)
}

/** The seq of the answer that this very payload had, or undefined where it is new. */
export function answerTo(answered: Answered, sent: Sent & { readonly payload: string }): number | undefined {
  const first = spentBy(answered, sent)
  if (first === undefined || first.payload === sent.payload) return first?.seq
  return answered.get(laterKey(sent))?.seq
}

export function remember(answered: Answered, sent: Sent & { readonly payload: string }, seq: number): void {
  const key = spentBy(answered, sent) === undefined ? `${sent.actor} ${sent.nonce}` : laterKey(sent)
  answered.set(key, { payload: sent.payload, seq })
}

function laterKey({ actor, nonce, payload }: Sent & { readonly payload: string }): string {
  return `${actor} ${nonce} ${payload}`
}
