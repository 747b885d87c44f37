/**
 * A runtime's API from the other side: what people's tools and agents call. Commands are signed before they get here.
 *
 * A refusal is an answer (`problem`). Faults: `runtime-unreachable`, `runtime-answer-unreadable` (something else than
 * a runtime answers there), `artifact-differs`, `artifact-not-had`.
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
  /** Undefined where the runtime does not have it; what comes has been hashed. */
  download(digest: string): Promise<Uint8Array | undefined>
  /** The canonical text of an entry, or undefined where there is none yet. */
  entry(seq: number): Promise<string | undefined>
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
        if (response.status === 404) return undefined
        throw new Fault('artifact-not-had', { digest: name, status: response.status })
      }
      const bytes = new Uint8Array(await arrived(base, () => response.arrayBuffer()))
      if (digest(bytes) !== name) throw new Fault('artifact-differs', { digest: name })
      return bytes
    },
    entry: async (seq) => {
      const response = await reach(`${base}/v1/entries?from=${seq}&limit=1`, {})
      const text = await arrived(base, () => response.text())
      if (!response.ok) throw new Fault('runtime-answer-unreadable', { url: base, status: response.status })
      return text === '' ? undefined : text.slice(0, text.indexOf('\n'))
    },
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

async function ask(base: string, path: string, init: RequestInit): Promise<Reply<Json>> {
  const response = await reach(base + path, init)
  const text = await arrived(base, () => response.text())
  const { status } = response
  const body = jsonOf(text)
  if (response.ok && body === undefined) throw new Fault('runtime-answer-unreadable', { url: base, status })
  if (response.ok) return { ok: true, value: body as Json }
  // A proxy in between has no problem documents: its status has to do.
  const said = typeof body === 'object' ? body : {}
  return { ok: false, problem: { code: `http-${status}`, ...said, status } }
}

function jsonOf(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    throw new Fault('runtime-unreachable', { url }, { cause })
  }
}

/** The body may break off after the head has come. */
async function arrived<T>(url: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (cause) {
    throw new Fault('runtime-unreachable', { url }, { cause })
  }
}

/** Somebody who signs: an actor of a deployment with their key. */
export type Author = {
  readonly id: string
  readonly signer: Signer
  /** What no command of theirs was called before; made up where they have no way of their own. */
  readonly nonce?: () => string
}

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
  const as = { deployment, actor: author.id, issued, nonce: author.nonce?.() ?? freshNonce(issued) }
  return client.command(sealedCommand(draft, as, author.signer))
}
