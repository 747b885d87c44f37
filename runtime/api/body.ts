/**
 * Reading a request's body, never more of it than allowed.
 *
 * Errors: `body-too-large`, `media-type-unsupported`.
 */
import type { IncomingMessage } from 'node:http'
import { malformed, type Malformed } from '../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../protocol/wire/result.ts'

/** The type without its parameters, in lower case. */
export function mediaType(incoming: IncomingMessage): string {
  const type = incoming.headers['content-type'] ?? ''
  const end = type.indexOf(';')
  return (end === -1 ? type : type.slice(0, end)).trim().toLowerCase()
}

export function requireType(incoming: IncomingMessage, allowed: readonly string[]): Result<undefined, Malformed> {
  const given = mediaType(incoming)
  return allowed.includes(given) ? ok(undefined) : malformed('media-type-unsupported', { given })
}

/** The whole body, unless it is or says it is larger than `max` bytes. Rejects when the sender goes away. */
export async function readBody(incoming: IncomingMessage, max: number): Promise<Result<Uint8Array, Malformed>> {
  if (Number(incoming.headers['content-length'] ?? 0) > max) return malformed('body-too-large', { max })
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > max) {
        incoming.removeAllListeners('data')
        resolve(malformed('body-too-large', { max }))
      } else chunks.push(chunk)
    })
    incoming.once('end', () => resolve(ok(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))))
    incoming.once('error', reject)
    incoming.once('close', () => {
      if (!incoming.complete) reject(new Error('the sender went away'))
    })
  })
}
