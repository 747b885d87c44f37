/**
 * One act of a human: a command, rehearsed, signed with the key of this browser, sent, and what came of it.
 *
 *     rehearse ─▶ withheld: nothing is signed, nothing is recorded
 *         └─▶ sign ─▶ keep what must not be lost ─▶ send ─▶ committed | withheld (recorded either way)
 *
 * The envelope is made once. When sending breaks, the same envelope can be sent again: it has one answer for ever.
 *
 * Faults: those of the key, of the storage and of the API.
 */
import { encode, type Json } from '../../protocol/wire/canonical-json.ts'
import { base64 } from '../../protocol/wire/bytes.ts'
import { encodeBytes } from '../../protocol/wire/canonical-json.ts'
import { pae } from '../../protocol/wire/dsse.ts'
import { millis } from '../../protocol/wire/time.ts'
import { COMMAND_PAYLOAD_TYPE } from '../../protocol/law/admission.ts'
import { payloadOf, type Draft } from '../../protocol/law/compose.ts'
import type { Foreseen, Recorded } from '../data/commands.ts'
import type { BrowserKey } from './browser-key.ts'

export type Stage = 'rehearsing' | 'signing' | 'keeping' | 'sending'

export type Ports = {
  now(): number
  nonce(): string
  rehearse(payload: Json): Promise<Foreseen>
  send(envelope: string): Promise<Recorded>
  onStage(stage: Stage): void
  /** The signed envelope, before anything can lose it. */
  onSigned(envelope: string): void
}

export type Author = {
  readonly deployment: string
  readonly actor: string
  readonly key: Pick<BrowserKey, 'keyId' | 'sign'>
}

/** Recorded where it has a `seq`; without one the rehearsal said no and nothing was sent. */
export type Result = Recorded | Extract<Foreseen, { outcome: 'withheld' }>

export async function perform(ports: Ports, author: Author, draft: Draft, keep?: () => Promise<void>): Promise<Result> {
  const { deployment, actor, key } = author
  const payload = payloadOf(draft, { deployment, actor, issued: millis(Math.floor(ports.now())), nonce: ports.nonce() })
  ports.onStage('rehearsing')
  const foreseen = await ports.rehearse(payload)
  if (foreseen.outcome === 'withheld') return foreseen
  ports.onStage('signing')
  const envelope = await sealed(payload, key)
  if (keep !== undefined) {
    ports.onStage('keeping')
    await keep()
  }
  ports.onSigned(envelope)
  ports.onStage('sending')
  return ports.send(envelope)
}

/** A DSSE envelope in its one form, signed by a key that answers later. */
export async function sealed(payload: Json, key: Author['key']): Promise<string> {
  const bytes = encodeBytes(payload)
  const signature = await key.sign(pae(COMMAND_PAYLOAD_TYPE, bytes))
  return encode({
    payload: base64(bytes),
    payloadType: COMMAND_PAYLOAD_TYPE,
    signatures: [{ keyid: key.keyId, sig: base64(signature) }],
  })
}

/** 128 bits: unique among all that anybody ever sends. */
export function freshNonce(): string {
  return crypto.randomUUID()
}
