/**
 * PUT and GET /v1/artifacts/<digest>: evidence files by the SHA-256 of their bytes.
 *
 *     PUT   201 stored, 200 was there already, 422 other bytes than the digest says: nothing is stored
 *     GET   the bytes, as bytes only: whatever a stranger put there is never a page of ours
 */
import type { Enveloped } from '../../ports/law.ts'
import { digest } from '../parameters.ts'
import { requireType } from '../body.ts'
import type { App, Context, Parts } from '../parts.ts'
import { FOR_EVER, json, problem, reply } from '../reply.ts'
import { streamed } from '../streams.ts'
import { malformedReply } from './commands.ts'

const TYPES = ['application/octet-stream']

export function artifacts<State, Command extends Enveloped>(
  app: App,
  { artifacts: store }: Parts<State, Command>,
  { settings: { limits } }: Context,
): void {
  app.put('/v1/artifacts/:digest', async (c) => {
    const name = digest('digest', c.req.param('digest'))
    if (!name.ok) return malformedReply(name.error)
    const typed = requireType(c.env.incoming, TYPES)
    if (!typed.ok) return malformedReply(typed.error)
    const put = await store.put(name.value, c.env.incoming as AsyncIterable<Uint8Array>)
    if (!put.ok) return malformedReply(put.error)
    return json({ bytes: put.value.bytes, digest: name.value }, put.value.created ? 201 : 200)
  })

  app.get('/v1/artifacts/:digest', async (c) => {
    const name = digest('digest', c.req.param('digest'))
    if (!name.ok) return malformedReply(name.error)
    const artifact = await store.get(name.value)
    if (artifact === undefined) return problem('artifact-unknown')
    const headers = {
      ...FOR_EVER,
      'content-disposition': 'attachment',
      'content-length': String(artifact.bytes),
      etag: `"${name.value}"`,
    }
    const body = c.req.method === 'HEAD' ? null : streamed(artifact.read(), c.env.outgoing, limits.stallMs)
    return reply(200, 'application/octet-stream', body, headers)
  })
}
