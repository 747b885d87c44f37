/**
 * The edge: from bytes to a well-formed command. What does not pass here is not a command; it is answered and not
 * recorded.
 *
 *     DSSE envelope (JCS) ─▶ payload (JCS) ─▶ { actor, body, deployment, expires, issued, nonce, subject, type, … }
 *
 * Optional: `expects` (the subject's revision it was built on), `grounds` (event ids), `urgent` (true or absent).
 *
 * Errors: the codes of canonical-json, dsse and shape; `payload-type-unknown`, `command-type-unknown`,
 * `genesis-names-a-deployment`, `deployment-missing`.
 * Source: spec 2.1, 2.2.
 */
import { text as textOf } from '../wire/bytes.ts'
import { parseRecord, type Json } from '../wire/canonical-json.ts'
import * as Dsse from '../wire/dsse.ts'
import { actorId, digest as digestShape, eventId, nonce, subjectId, timestamp } from '../wire/identifiers.ts'
import { describe, under, type Malformed } from '../wire/malformed.ts'
import { err, ok, type Result } from '../wire/result.ts'
import { digest, type Digest } from '../wire/sha256.ts'
import * as Shape from '../wire/shape.ts'
import { parseTimestamp, type Millis } from '../wire/time.ts'
import { commandType } from './commands.ts'
import type { Command } from './constraints/kernel.ts'
import { GENESIS, genesisBody } from './founding/command.ts'

export const COMMAND_PAYLOAD_TYPE = 'application/vnd.genesis.command+json'

/** Largest command in bytes, envelope and all. Larger things are artifacts. */
export const COMMAND_CAPS = { bytes: 524_288, depth: 64 }

export const payloadShape = Shape.object(
  {
    actor: actorId,
    body: Shape.json(),
    expires: timestamp,
    issued: timestamp,
    nonce,
    subject: subjectId,
    type: Shape.string({ min: 1, max: 64 }),
  },
  {
    deployment: digestShape,
    expects: Shape.integer({ min: 0 }),
    grounds: Shape.array(eventId, { max: 32, distinct: true }),
    urgent: Shape.literal(true),
  },
)

export type CommandPayload = Shape.Infer<typeof payloadShape>

/** A well-formed command with the envelope it came in. */
export type AdmittedCommand = Command & {
  readonly deployment: Digest | undefined
  readonly envelopeText: string
  readonly opened: Dsse.Opened
  readonly payload: Digest
}

export function admit(input: string | Uint8Array): Result<AdmittedCommand, Malformed> {
  const envelopeText = typeof input === 'string' ? ok(input) : textOf(input)
  if (!envelopeText.ok) return envelopeText
  const opened = Dsse.open(envelopeText.value, COMMAND_CAPS)
  if (!opened.ok) return opened
  if (opened.value.payloadType !== COMMAND_PAYLOAD_TYPE) {
    return err(describe('payload-type-unknown', { required: COMMAND_PAYLOAD_TYPE }, '/payloadType'))
  }
  const json = parseRecord(opened.value.text, COMMAND_CAPS)
  if (!json.ok) return err(under('payload', json.error))
  const command = readPayload(json.value)
  if (!command.ok) return err(under('payload', command.error))
  return ok({
    ...command.value.command,
    deployment: command.value.deployment,
    envelopeText: envelopeText.value,
    opened: opened.value,
    payload: digest(opened.value.text),
  })
}

/** The payload alone, for simulation: a command that nobody has signed. */
export function readPayload(json: Json): Result<{ command: Command; deployment: Digest | undefined }, Malformed> {
  const parsed = Shape.parse(payloadShape, json)
  if (!parsed.ok) return parsed
  const payload = parsed.value
  const body = readBody(payload)
  if (!body.ok) return err(under('body', body.error))
  const named = payload.deployment !== undefined
  if (payload.type === GENESIS && named) return err(describe('genesis-names-a-deployment', undefined, '/deployment'))
  if (payload.type !== GENESIS && !named) return err(describe('deployment-missing', undefined, '/deployment'))
  return ok({
    deployment: payload.deployment,
    command: {
      type: payload.type,
      actor: payload.actor,
      subject: payload.subject,
      nonce: payload.nonce,
      issued: moment(payload.issued),
      expires: moment(payload.expires),
      expects: payload.expects,
      grounds: payload.grounds ?? NONE,
      urgent: payload.urgent === true,
      body: body.value,
    },
  })
}

const NONE: readonly string[] = []

function readBody(payload: CommandPayload): Result<unknown, Malformed> {
  if (payload.type === GENESIS) return Shape.parse(genesisBody, payload.body)
  const type = commandType(payload.type)
  return type === undefined
    ? err(describe('command-type-unknown', { type: payload.type }))
    : type.parseBody(payload.body)
}

/** A timestamp that the shape has read. */
function moment(timestamp: string): Millis {
  const parsed = parseTimestamp(timestamp)
  return parsed.ok ? parsed.value : (0 as Millis)
}
