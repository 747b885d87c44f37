/**
 * A runtime's API from the other side: what people's tools and agents call. Commands are signed before they get here.
 *
 * A refusal is an answer (`problem`), a runtime that cannot be reached is a Fault `runtime-unreachable`.
 */
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { sealedCommand, type Draft } from '../../protocol/genesis.ts'
import type { Signer } from '../../protocol/wire/dsse.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { digest, type Digest } from '../../protocol/wire/sha256.ts'
import type { Clock } from '../ports/clock.ts'

export type Problem = {
  readonly status: number
  readonly code: string
  readonly title?: string
  readonly detail?: string
  readonly violations?: readonly { readonly constraint: string; readonly level: string; readonly params: Json }[]
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

export type Client = {
  readonly url: string
  get(path: string): Promise<Reply<Json>>
  post(path: string, body: Json): Promise<Reply<Json>>
  /** Sends an envelope's text. */
  command(envelope: string): Promise<Reply<Json>>
  upload(bytes: Uint8Array): Promise<Reply<Digest>>
  download(digest: string): Promise<Uint8Array | undefined>
}

export function clientOf(url: string): Client {
  const base = url.replace(/\/$/, '')
  return {
    url: base,
    get: (path) => ask(base, path, {}),
    post: (path, body) => ask(base, path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) }),
    command: (envelope) => ask(base, '/v1/commands', { method: 'POST', headers: JSON_TYPE, body: envelope }),
    upload: async (bytes) => {
      const name = digest(bytes)
      const stored = await ask(base, `/v1/artifacts/${name}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: Uint8Array.from(bytes),
      })
      return stored.ok ? { ok: true, value: name } : stored
    },
    download: async (name) => {
      const response = await reach(`${base}/v1/artifacts/${name}`, {})
      if (!response.ok) {
        await response.body?.cancel()
        return undefined
      }
      const bytes = new Uint8Array(await response.arrayBuffer())
      if (digest(bytes) !== name) throw new Fault('artifact-differs', { digest: name })
      return bytes
    },
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

async function ask(base: string, path: string, init: RequestInit): Promise<Reply<Json>> {
  const response = await reach(base + path, init)
  const text = await response.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  if (response.ok) return { ok: true, value: body as Json }
  const { status } = response
  const problem = { code: `http-${status}`, ...(body as object), status }
  return { ok: false, problem }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    throw new Fault('runtime-unreachable', { url }, { cause })
  }
}

/** Somebody who signs: an actor of a deployment with their key. */
export type Author = { readonly id: string; readonly signer: Signer }

let last = 0

/** Unique per process and moment; the actor's name need not be in it. */
function freshNonce(now: number): string {
  last += 1
  return `${now.toString(36)}-${process.pid.toString(36)}-${last.toString(36)}`
}

/** Sign a draft as this author and send it. */
export function send(
  client: Client,
  deployment: string,
  author: Author,
  clock: Clock,
  draft: Draft,
): Promise<Reply<Json>> {
  const issued = clock.now()
  const as = { deployment, actor: author.id, issued, nonce: freshNonce(issued) }
  return client.command(sealedCommand(draft, as, author.signer))
}
