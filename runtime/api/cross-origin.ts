/**
 * Cross-origin answers for the origins that were named, and for no others: none by default.
 *
 * Source: Fetch standard, CORS protocol.
 */
import type { IncomingMessage } from 'node:http'

const METHODS = 'GET, HEAD, POST, PUT'
const REQUEST_HEADERS = 'Content-Type, Last-Event-ID'

/** Marks an answer as readable by the origin that asked, when it is one of those. */
export function shareWith(origins: readonly string[], incoming: IncomingMessage, response: Response): Response {
  const { origin } = incoming.headers
  if (origin === undefined || !origins.includes(origin)) return response
  const { headers } = response
  headers.set('access-control-allow-origin', origin)
  headers.append('vary', 'Origin')
  headers.set('cross-origin-resource-policy', 'cross-origin')
  headers.set('access-control-expose-headers', 'Link, Location, Retry-After')
  return response
}

/** The answer to a preflight: the guard has let through only origins that may ask. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': REQUEST_HEADERS,
      'access-control-max-age': '600',
    },
  })
}
