/**
 * DSSE: the envelope in which every command and every piece of evidence is signed.
 *
 *     {"payload":"eyJhIjoxfQ==","payloadType":"application/vnd.genesis.command+json",
 *      "signatures":[{"keyid":"sha256:…","sig":"…"}]}
 *
 *     signed bytes = PAE = "DSSEv1" SP len(type) SP type SP len(payload) SP payload    (lengths in bytes)
 *
 * An envelope has one form only: canonical JSON, exactly one signature of 64 bytes, standard padded base64,
 * no further fields. So whoever holds a signed envelope cannot vary it and make a second one of it.
 *
 * Opening checks form, not the signature: that is `message(opened)` and an Ed25519 engine.
 *
 * Errors: the codes of canonical-json, shape and bytes; `envelope-signature-length`.
 * Source: secure-systems-lab/dsse, protocol.md and envelope.md 1.0; spec 2.1.
 */
import { base64, concat, fromBase64, text, utf8, utf8Length } from './bytes.ts'
import { encodeBytes, parseRecord, type Caps, type Json } from './canonical-json.ts'
import { keyId } from './ed25519.ts'
import { digest } from './identifiers.ts'
import { malformed, under, type Malformed } from './malformed.ts'
import { err, ok, type Result } from './result.ts'
import type { Digest } from './sha256.ts'
import * as Shape from './shape.ts'

const envelope = Shape.object({
  payload: Shape.string(),
  payloadType: Shape.string({ max: 128, pattern: /^[\x21-\x7e]+$/ }),
  signatures: Shape.array(Shape.object({ keyid: digest, sig: Shape.string({ max: 88 }) }), { min: 1, max: 1 }),
})

export type Envelope = Shape.Infer<typeof envelope>

/** For shapes of records that carry an envelope inside. */
export const envelopeShape: Shape.Shape<Envelope> = envelope

export type Opened = {
  readonly envelope: Envelope
  readonly payloadType: string
  readonly payload: Uint8Array
  /** The payload as text; its grammar is for whoever knows the payload type. */
  readonly text: string
  readonly keyId: Digest
  readonly signature: Uint8Array
}

export type Signer = {
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

/** Pre-authentication encoding: what the signature covers. */
export function pae(type: string, payload: Uint8Array): Uint8Array {
  return concat(utf8(`DSSEv1 ${utf8Length(type)} ${type} ${payload.length} `), payload)
}

/** The bytes that the signature of an opened envelope must cover. */
export function message(opened: Opened): Uint8Array {
  return pae(opened.payloadType, opened.payload)
}

export function open(input: string | Uint8Array, caps?: Caps): Result<Opened, Malformed> {
  const json = parseRecord(input, caps)
  return json.ok ? openValue(json.value) : json
}

/** An envelope inside a record: the record's own canonical form is checked by whoever parsed it. */
export function openValue(json: unknown): Result<Opened, Malformed> {
  const parsed = Shape.parse(envelope, json)
  if (!parsed.ok) return parsed
  const { payloadType, signatures } = parsed.value
  const payload = fromBase64(parsed.value.payload)
  if (!payload.ok) return err(under('payload', payload.error))
  const payloadText = text(payload.value)
  if (!payloadText.ok) return err(under('payload', payloadText.error))
  const { keyid, sig } = signatures[0]!
  const signature = fromBase64(sig)
  if (!signature.ok) return err(inSignature(signature.error))
  if (signature.value.length !== 64) {
    const wrong = malformed('envelope-signature-length', { bytes: signature.value.length })
    return err(inSignature(wrong.error))
  }
  return ok({
    envelope: parsed.value,
    payloadType,
    payload: payload.value,
    text: payloadText.value,
    keyId: keyid,
    signature: signature.value,
  })
}

export function seal(payloadType: string, payload: Json, signer: Signer): Envelope {
  const bytes = encodeBytes(payload)
  const sig = base64(signer.sign(pae(payloadType, bytes)))
  return { payload: base64(bytes), payloadType, signatures: [{ keyid: keyId(signer.publicKey), sig }] }
}

function inSignature(fault: Malformed): Malformed {
  return under('signatures', under(0, under('sig', fault)))
}
