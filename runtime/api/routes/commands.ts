/**
 * POST /v1/commands: the one way to change anything.
 *
 *     body   a DSSE envelope in canonical JSON
 *     201    { "entry": <the entry, its canonical bytes>, "hash": "sha256:…" }, on disk
 *     409    withheld: violations, seq and hash of the entry that says so, on disk too
 *     4xx    malformed or refused: nothing was recorded
 *
 * The same envelope again gives the same answer. POST /v1/commands?simulate=true decides on the present state
 * and records nothing; it also takes a payload without a signature, as `{ "payload": { … } }`.
 */
import { parse, type Json } from '../../../protocol/wire/canonical-json.ts'
import { under, type Malformed, type Params } from '../../../protocol/wire/malformed.ts'
import { err, ok, type Result } from '../../../protocol/wire/result.ts'
import { formatTimestamp } from '../../../protocol/wire/time.ts'
import type { Enveloped, Law, Refusal } from '../../ports/law.ts'
import type { Answer } from '../../ports/ledger.ts'
import { verifyWithSodium } from '../../signatures/signatures.ts'
import { readBody, requireType } from '../body.ts'
import type { App, Context, Parts } from '../parts.ts'
import { buckets } from '../rate.ts'
import { FRESH, json, jsonText, problem, type Particulars } from '../reply.ts'

const TYPES = ['application/json', 'application/vnd.dsse.envelope.v1+json']

export function commands<State, Command extends Enveloped>(
  app: App,
  parts: Parts<State, Command>,
  { settings: { limits } }: Context,
): void {
  const { ledger, law, artifacts, artifactsOf, refused } = parts
  const keys = buckets(limits.commandsOfKey)

  app.post('/v1/commands', async (c) => {
    const { incoming } = c.env
    const typed = requireType(incoming, TYPES)
    if (!typed.ok) return malformedReply(typed.error)
    const body = await readBody(incoming, limits.commandBytes)
    if (!body.ok) return malformedReply(body.error)
    return c.req.query('simulate') === 'true' ? simulate(body.value) : record(body.value)
  })

  async function record(body: Uint8Array): Promise<Response> {
    const admitted = law.admit(body)
    if (!admitted.ok) return malformedReply(admitted.error)
    const command = admitted.value
    const key = command.opened.keyId
    const share = keys.look(key, performance.now())
    if (!share.ok) {
      if (refused !== undefined && (await isTheirs(command))) refused.count(key)
      return problem('rate-limited', { retryAfterSeconds: share.retryAfterSeconds })
    }
    for (const digest of artifactsOf(command)) {
      if (!(await artifacts.has(digest))) return problem('artifact-missing', { params: { digest } })
    }
    const answer = await ledger.submit(command)
    // Only what the key really signed, once, counts against it: nobody can use up another's share.
    if (answer.kind === 'recorded' && !answer.repeated) keys.take(key, performance.now())
    return answerReply(answer)
  }

  /**
   * Whether the key that it names really signed it, and not for an entry that everybody can read and send again: a
   * count is of somebody, and of nobody else's making.
   */
  async function isTheirs(command: Command): Promise<boolean> {
    const checks = await ledger.ask((state) => (law.isAnswered(state, command) ? [] : law.checksOf(state, command)))
    const own = 'code' in checks ? undefined : checks[0]
    return own !== undefined && verifyWithSodium(own.signature, own.message(), own.publicKey)
  }

  async function simulate(body: Uint8Array): Promise<Response> {
    const admitted = admitForSimulation(law, body)
    if (!admitted.ok) return malformedReply(admitted.error)
    const simulated = await ledger.ask((state, { recordedAt }) => law.simulate(state, admitted.value, recordedAt))
    if ('code' in simulated) return refusedReply(simulated)
    const { assumed, ...decision } = simulated
    return json({ assumed: { recorded_at: formatTimestamp(assumed.recordedAt), seq: assumed.seq }, ...decision })
  }
}

/** An envelope or a payload without one. What comes back can be simulated and nothing else. */
function admitForSimulation<State, Command extends Enveloped>(
  law: Law<State, Command>,
  body: Uint8Array,
): Result<unknown, Malformed> {
  const parsed = parse(body)
  if (!parsed.ok) return parsed
  const payload = unsignedPayload(parsed.value)
  if (payload === undefined) return law.admit(body)
  const unsigned = law.readPayload(payload)
  return unsigned.ok ? ok(unsigned.value.command) : err(under('payload', unsigned.error))
}

/** `{ "payload": { … } }`; in an envelope the payload is a string. */
function unsignedPayload(value: Json): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const keys = Object.keys(value)
  if (keys.length !== 1 || keys[0] !== 'payload') return undefined
  const { payload } = value as { payload: Json }
  return typeof payload === 'object' && payload !== null ? payload : undefined
}

function answerReply(answer: Answer): Response {
  switch (answer.kind) {
    case 'recorded':
      return answer.outcome === 'committed' ? committedReply(answer) : withheldReply(answer)
    case 'refused':
      return refusedReply(answer.refusal)
    case 'busy':
      return problem('ledger-busy', { retryAfterSeconds: answer.retryAfterSeconds })
    case 'stopped':
      return problem(answer.code)
  }
}

type RecordedAnswer = Extract<Answer, { kind: 'recorded' }>

/** The entry is text already: it is neither parsed nor written again. */
function committedReply({ seq, hash, text }: RecordedAnswer): Response {
  const location = `/v1/entries?from=${seq}&limit=1`
  return jsonText(`{"entry":${text},"hash":"${hash}"}`, 201, { ...FRESH, location })
}

function withheldReply({ seq, hash, text }: RecordedAnswer): Response {
  const { violations } = JSON.parse(text) as { violations: readonly unknown[] }
  return problem('withheld', { violations, seq, hash })
}

function refusedReply({ code, params, path }: Refusal): Response {
  return problem(code, particulars(params, path), 'refused')
}

export function malformedReply({ code, path, params }: Malformed): Response {
  return problem(code, particulars(params, path), 'malformed')
}

function particulars(params: Params | undefined, path: string | undefined): Particulars {
  return { ...(params === undefined ? {} : { params }), ...(path === undefined ? {} : { path }) }
}
