/**
 * Sending signed commands, and asking beforehand what would come of them.
 *
 *     rehearse   decided on the state as it is now; nothing is recorded, no signature is needed
 *     send       201 committed, 409 withheld: both are entries of the ledger and both are answers
 *
 * Faults: `offline`, and the code of whatever refused the command before it came to a decision.
 */
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Violation } from './actions.ts'
import { json, problemOf, reach } from './http.ts'
import { anything, dictionary, fields, list, nullable, number, oneOf, text, type Read } from './read.ts'

const violation = fields({ constraint: text, level: text, params: dictionary(anything) })
const draft = fields({ event_type: text, subject: text, data: anything })

const rehearsal = fields({
  outcome: oneOf('committed', 'withheld'),
  events: nullable(list(draft)),
  violations: nullable(list(violation)),
})

const committed = fields({ entry: fields({ seq: number, events: list(draft) }), hash: text })
const withheld = fields({ violations: list(violation), seq: number, hash: text })

export type EventShown = Read<typeof draft>

export type Foreseen =
  | { readonly outcome: 'committed'; readonly events: readonly EventShown[] }
  | { readonly outcome: 'withheld'; readonly violations: readonly Violation[] }

export type Recorded = Foreseen & { readonly seq: number; readonly hash: string }

const HEADERS = { 'content-type': 'application/json' }

export async function rehearse(payload: Json): Promise<Foreseen> {
  const body = JSON.stringify({ payload })
  const response = await reach('/v1/commands?simulate=true', { method: 'POST', headers: HEADERS, body })
  if (!response.ok) throw await problemOf(response)
  const { outcome, events, violations } = rehearsal(await json(response), '')
  return outcome === 'committed' ? { outcome, events: events ?? [] } : { outcome, violations: violations ?? [] }
}

/** The same envelope again has the same answer: whoever is unsure whether it arrived sends it again. */
export async function send(envelope: string): Promise<Recorded> {
  const response = await reach('/v1/commands', { method: 'POST', headers: HEADERS, body: envelope })
  if (response.ok) {
    const { entry, hash } = committed(await json(response), '')
    return { outcome: 'committed', events: entry.events, seq: entry.seq, hash }
  }
  if (response.status !== 409) throw await problemOf(response)
  const problem = await json(response)
  const { code } = fields({ code: text })(problem, '')
  if (code !== 'withheld') throw new Fault(code, { status: 409 })
  return { outcome: 'withheld', ...withheld(problem, '') }
}
