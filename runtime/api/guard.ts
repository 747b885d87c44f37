/**
 * The door: which requests are looked at at all.
 *
 * - Host: a page elsewhere can make its own name point at 127.0.0.1 and call us from the visitor's browser (DNS
 *   rebinding); it cannot make the Host header lie. Only names we were told are answered for.
 * - Origin: writes of a page of another origin are refused, and nothing is ever readable across origins unless
 *   that origin was named. There are no cookies to steal and every write is its own signature, but nobody's
 *   browser shall be made to knock.
 * - Rate: so many reads and writes of one address.
 *
 * Errors: host-not-allowed, origin-not-allowed, rate-limited.
 */
import type { IncomingMessage } from 'node:http'
import type { Settings } from './parts.ts'
import { buckets } from './rate.ts'
import { problem } from './reply.ts'

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

/** The answer that ends a request at the door, or undefined to let it in. */
export type Guard = (incoming: IncomingMessage) => Response | undefined

export function guard({ hosts, origins, limits }: Settings): Guard {
  const names = new Set([...LOOPBACK_NAMES, ...hosts.map((host) => host.toLowerCase())])
  const reads = buckets(limits.reads)
  const writes = buckets(limits.writes)

  return (incoming) => {
    const host = (incoming.headers.host ?? '').toLowerCase()
    if (!names.has(nameOf(host))) return problem('host-not-allowed')
    const { origin } = incoming.headers
    if (origin !== undefined && !sameOrigin(origin, host) && !origins.includes(origin)) {
      return problem('origin-not-allowed')
    }
    const isRead = incoming.method === 'GET' || incoming.method === 'HEAD'
    const address = incoming.socket.remoteAddress ?? ''
    const share = (isRead ? reads : writes).take(address, performance.now())
    return share.ok ? undefined : problem('rate-limited', { retryAfterSeconds: share.retryAfterSeconds })
  }
}

/** Without the port. */
function nameOf(host: string): string {
  return host.replace(/:\d+$/, '')
}

function sameOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`
}
