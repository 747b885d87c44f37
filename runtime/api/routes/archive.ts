/**
 * GET /v1/archive/manifest.json and /v1/archive/<path>: the released records as files.
 *
 * Who copies the archive reads the manifest and then each file with `?sha256=<its digest>`, so that all of the
 * copy is of the manifest's moment; 404 on the way means that this moment is past: begin again. Without the
 * parameter a file comes as of the last manifest. Static hosts ignore the parameter, and need not know it.
 */
import type { Enveloped } from '../../ports/law.ts'
import { digest } from '../parameters.ts'
import type { App, Context, Parts } from '../parts.ts'
import { FOR_EVER, FRESH, problem, reply } from '../reply.ts'
import { streamed } from '../streams.ts'
import { malformedReply } from './commands.ts'

const PREFIX = '/v1/archive/'

export function archive<State, Command extends Enveloped>(
  app: App,
  { archive: files }: Parts<State, Command>,
  { settings: { limits } }: Context,
): void {
  app.get(`${PREFIX}manifest.json`, async () => reply(200, 'application/json', await files.manifest()))

  app.get(`${PREFIX}*`, async (c) => {
    const path = c.req.path.slice(PREFIX.length)
    const asked = c.req.query('sha256')
    const version = asked === undefined ? undefined : digest('sha256', asked)
    if (version !== undefined && !version.ok) return malformedReply(version.error)
    const file = await files.open(path, version?.value)
    if (file === undefined) return problem('archive-file-unknown', { params: { path } })
    const headers = {
      ...(version === undefined ? FRESH : FOR_EVER),
      'content-length': String(file.bytes),
    }
    const body = c.req.method === 'HEAD' ? null : streamed(file.read(), c.env.outgoing, limits.stallMs)
    return reply(200, typeOf(path), body, headers)
  })
}

/** Compressed files are served as files, not as a transfer encoding: their raw bytes are what is hashed. */
function typeOf(path: string): string {
  if (path.endsWith('.json')) return 'application/json'
  return path.endsWith('.gz') ? 'application/gzip' : 'application/octet-stream'
}
