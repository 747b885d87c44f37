/**
 * What others bring for the chain: certificate shares of the committee, and approvals that a wallet has signed.
 *
 *     POST /v1/certificates/:epoch/shares   GET /v1/outbox
 *     POST /v1/approvals                    GET /v1/approvals?mission=
 */
import { parse, type Json } from '../../../protocol/wire/canonical-json.ts'
import type { IncomingMessage } from 'node:http'
import type { Result } from '../../../protocol/wire/result.ts'
import type { Enveloped, Refusal } from '../../ports/law.ts'
import { readBody, requireType } from '../body.ts'
import { integer } from '../parameters.ts'
import type { App, Context, Parts } from '../parts.ts'
import { json, problem } from '../reply.ts'
import { malformedReply } from './commands.ts'

const TYPES = ['application/json']

export function relay<State, Command extends Enveloped>(
  app: App,
  { desk, relay: approvals }: Parts<State, Command>,
  { settings: { limits } }: Context,
): void {
  async function brought(
    incoming: IncomingMessage,
    take: (note: Json) => Promise<Result<Json, Refusal>>,
  ): Promise<Response> {
    const typed = requireType(incoming, TYPES)
    if (!typed.ok) return malformedReply(typed.error)
    const body = await readBody(incoming, limits.noteBytes)
    if (!body.ok) return malformedReply(body.error)
    const note = parse(body.value)
    if (!note.ok) return malformedReply(note.error)
    const taken = await take(note.value)
    if (taken.ok) return json(taken.value, 202)
    const { code, params } = taken.error
    return problem(code, params === undefined ? {} : { params }, 'refused')
  }

  app.post('/v1/certificates/:epoch/shares', async (c) => {
    const epoch = integer('epoch', c.req.param('epoch'))
    if (!epoch.ok) return malformedReply(epoch.error)
    return brought(c.env.incoming, (share) => desk.bring(epoch.value, share))
  })
  app.get('/v1/outbox', async () => json(await desk.outbox()))
  app.post('/v1/approvals', (c) => brought(c.env.incoming, (approval) => approvals.relay(approval)))
  app.get('/v1/approvals', async (c) => json(await approvals.list(c.req.query('mission'))))
}
