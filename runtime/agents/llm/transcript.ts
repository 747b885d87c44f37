/**
 * All that a model was asked and answered, as an artifact.
 *
 * Shape: `{ format, purpose, provider, model, family, settings, instructions, schema, calls, accepted }`; a call is
 * `{ messages, response: { id, model, text }, usage, finish_reason, warnings, refused }`, where `refused` is why the
 * answer could not be used, or null. `accepted` is the index of the call whose answer counts.
 *
 * Source: spec 3.3 (intermediate reasoning artifacts), 3.7.
 */
import { encodeBytes, type Json } from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'

export const TRANSCRIPT_FORMAT = 'urn:genesis:llm-transcript:v1'

export type Message = { readonly role: 'user' | 'assistant'; readonly content: string }

export type Call = {
  readonly messages: readonly Message[]
  readonly response: { readonly id: string; readonly model: string; readonly text: string }
  readonly usage: { readonly input: number | null; readonly output: number | null }
  readonly finish_reason: string
  readonly warnings: readonly string[]
  readonly refused: string | null
}

export type Transcript = {
  readonly purpose: 'work' | 'review'
  readonly provider: string
  readonly model: string
  readonly family: string
  readonly settings: { readonly temperature: 0; readonly seed: number; readonly max_output_tokens: number }
  readonly instructions: string
  readonly schema: Json
  readonly calls: readonly Call[]
  readonly accepted: number
}

/** Canonical bytes. Fault `llm-key-in-transcript` rather than publish a secret that a provider repeated. */
export function transcriptBytes(transcript: Transcript, key: string | undefined): Uint8Array {
  const bytes = encodeBytes({ format: TRANSCRIPT_FORMAT, ...transcript })
  if (key !== undefined && Buffer.from(bytes).includes(key)) throw new Fault('llm-key-in-transcript')
  return bytes
}
