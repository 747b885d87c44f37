/**
 * The HTTP API: the face of the room. Builds the routes, listens, and closes without cutting anybody short.
 *
 *     request ─▶ guard (host, origin, rate) ─▶ route ─▶ ledger, artifacts, archive, desk, relay
 *
 * No sessions and no passwords: a write is its signature. Everything that goes wrong is a problem document with
 * a code of the catalogue.
 *
 * Faults: `port-taken`, `port-not-permitted`, `address-unavailable`.
 * Source: spec 10.3.
 */
import type { Enveloped } from '../ports/law.ts'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fault } from '../../protocol/wire/fault.ts'
import { connectionsOf, type Connections } from './connections.ts'
import { preflight, shareWith } from './cross-origin.ts'
import { guard } from './guard.ts'
import { DEFAULT_LIMITS, isStopped, type App, type Limits, type Parts, type Settings } from './parts.ts'
import { problem } from './reply.ts'
import { appFiles } from './routes/app-files.ts'
import { archive } from './routes/archive.ts'
import { artifacts } from './routes/artifacts.ts'
import { commands } from './routes/commands.ts'
import { development } from './routes/development.ts'
import { entries } from './routes/entries.ts'
import { health } from './routes/health.ts'
import { openapi } from './routes/openapi.ts'
import { queries } from './routes/queries.ts'
import { relay } from './routes/relay.ts'

export { refusedAboveRate } from './refused.ts'
export type { Limits, Parts, Settings } from './parts.ts'

export type Api = {
  readonly url: string
  readonly port: number
  /** Lets requests finish for a moment, ends streams, then is gone. Repeatable. */
  close(): Promise<void>
}

/** A request that has not arrived by then never will. Milliseconds. */
const HEADERS_WITHIN = 10_000
const REQUEST_WITHIN = 120_000
/** Idle connections live a little longer than most proxies keep theirs. */
const KEEP_ALIVE = 65_000
/** How long a request may go on after `close`. */
const GRACE = 5_000

export const DEFAULT_SETTINGS: Settings = {
  address: '127.0.0.1',
  port: 4600,
  hosts: [],
  origins: [],
  app: undefined,
  connect: [],
  limits: DEFAULT_LIMITS,
}

export async function serveApi<State, Command extends Enveloped>(
  parts: Parts<State, Command>,
  chosen: Partial<Omit<Settings, 'limits'>> & { readonly limits?: Partial<Limits> } = {},
): Promise<Api> {
  const settings = { ...DEFAULT_SETTINGS, ...chosen, limits: { ...DEFAULT_LIMITS, ...chosen.limits } }
  const closing = new AbortController()
  const app = routes(parts, { closing: closing.signal, settings })
  const admit = guard(settings)

  async function answer(request: Request, env: HttpBindings): Promise<Response> {
    const turnedAway = admit(env.incoming)
    if (turnedAway !== undefined) return turnedAway
    const response = request.method === 'OPTIONS' ? preflight() : await app.fetch(request, env)
    return settings.origins.length === 0 ? response : shareWith(settings.origins, env.incoming, response)
  }

  const listener = getRequestListener((request, env) => answer(request, env as HttpBindings))
  const server = createServer(
    { headersTimeout: HEADERS_WITHIN, requestTimeout: REQUEST_WITHIN, keepAliveTimeout: KEEP_ALIVE },
    (incoming, outgoing) => void listener(incoming, outgoing),
  )
  const connections = connectionsOf(server)
  await listen(server, settings)
  const { port } = server.address() as AddressInfo
  const host = settings.address.includes(':') ? `[${settings.address}]` : settings.address
  let closed: Promise<void> | undefined
  return {
    port,
    url: `http://${host}:${port}`,
    close: () => (closed ??= shut(server, connections, closing)),
  }
}

function routes<State, Command extends Enveloped>(
  parts: Parts<State, Command>,
  context: { readonly closing: AbortSignal; readonly settings: Settings },
): App {
  const app: App = new Hono<{ Bindings: HttpBindings }>()
  commands(app, parts, context)
  queries(app, parts)
  entries(app, parts, context)
  artifacts(app, parts, context)
  archive(app, parts, context)
  relay(app, parts, context)
  health(app, parts)
  development(app, parts)
  openapi(app)
  appFiles(app, context)
  const methods = methodsByPath(app)
  app.notFound((c) => {
    const allowed = methods(c.req.path)
    if (allowed.length === 0 || allowed.includes(c.req.method)) return problem('not-found')
    return problem('method-not-allowed', { allow: allowed.join(', ') })
  })
  app.onError((cause, c) => {
    if (isStopped(cause)) return problem('ledger-stopped')
    // Whoever left in the middle of a sentence gets no answer, and it is nobody's fault.
    if (c.env.incoming.destroyed && !c.env.incoming.complete) return problem('malformed')
    parts.onFault(cause)
    return problem('fault')
  })
  return app
}

/** Which methods an address of the API has, for the Allow header of an answer that says no. */
function methodsByPath(app: App): (path: string) => string[] {
  const known = app.routes
    .filter(({ path }) => path !== '/*')
    .map(({ path, method }) => ({
      method,
      pattern: new RegExp(`^${path.replace(/:[a-z]+/g, '[^/]+').replace('*', '.*')}$`),
    }))
  return (path) => [...new Set(known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))]
}

function listen(server: Server, { address, port }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenFault(cause, address, port)))
    server.listen(port, address, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

function listenFault(cause: NodeJS.ErrnoException, address: string, port: number): Fault {
  if (cause.code === 'EADDRINUSE') return new Fault('port-taken', { address, port }, { cause })
  if (cause.code === 'EACCES') return new Fault('port-not-permitted', { address, port }, { cause })
  return new Fault('address-unavailable', { address, port, reason: cause.message }, { cause })
}

async function shut(server: Server, connections: Connections, closing: AbortController): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  closing.abort()
  // Again and again: a connection becomes idle when its last request ends.
  const idle = setInterval(() => connections.closeIdle(), 20)
  const cut = setTimeout(() => server.closeAllConnections(), GRACE)
  await ended
  clearInterval(idle)
  clearTimeout(cut)
}
