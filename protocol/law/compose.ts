/**
 * A command as its sender writes it: the payload's fields in one place for people's tools, agents and the runtime.
 *
 * Source: spec 2.2.
 */
import { encode, type Json } from '../wire/canonical-json.ts'
import { seal, type Signer } from '../wire/dsse.ts'
import { formatTimestamp, millis, type Millis } from '../wire/time.ts'
import { COMMAND_PAYLOAD_TYPE } from './admission.ts'

/** How long a sender's command is good for, unless they say otherwise. Milliseconds. */
export const DEFAULT_LIFE_MS = 4 * 60_000

export type Draft = {
  readonly type: string
  readonly subject: string
  readonly body: Json
  readonly expects?: number
  readonly grounds?: readonly string[]
  readonly urgent?: true
}

export type SendingAs = {
  /** Undefined for the genesis command alone. */
  readonly deployment: string | undefined
  readonly actor: string
  readonly issued: Millis
  /** Unique among all that this actor ever sends. */
  readonly nonce: string
}

export function payloadOf(draft: Draft, as: SendingAs): { readonly [key: string]: Json } {
  return {
    actor: as.actor,
    body: draft.body,
    expires: formatTimestamp(millis(as.issued + DEFAULT_LIFE_MS)),
    issued: formatTimestamp(as.issued),
    nonce: as.nonce,
    subject: draft.subject,
    type: draft.type,
    ...(as.deployment === undefined ? {} : { deployment: as.deployment }),
    ...(draft.expects === undefined ? {} : { expects: draft.expects }),
    ...(draft.grounds === undefined ? {} : { grounds: draft.grounds }),
    ...(draft.urgent === undefined ? {} : { urgent: draft.urgent }),
  }
}

/** The envelope's canonical text, ready to be sent. */
export function sealedCommand(draft: Draft, as: SendingAs, signer: Signer): string {
  return encode(seal(COMMAND_PAYLOAD_TYPE, payloadOf(draft, as), signer))
}
