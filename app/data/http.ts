/**
 * Asking the API. What comes back is read or it is a Fault: `offline` (nobody answered), the code of a problem
 * document (RFC 9457) with its params, or `answer-unreadable`.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Params } from '../../protocol/wire/malformed.ts'
import { anything, dictionary, type Reader } from './read.ts'

export async function get<T>(path: string, reader: Reader<T>, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, signal === undefined ? {} : { signal })
  return reader(await json(response), '')
}

export async function post<T>(path: string, body: string, reader: Reader<T>): Promise<T> {
  const response = await ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  return reader(await json(response), '')
}

/** The answer, when it is a good one. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await reach(path, init)
  if (response.ok) return response
  throw await problemOf(response)
}

export async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause
    throw new Fault('offline', { path }, { cause })
  }
}

export async function json(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw new Fault('answer-unreadable', { at: '' }, { cause })
  }
}

export async function problemOf(response: Response): Promise<Fault> {
  const status = response.status
  try {
    const problem = dictionary(anything)(await response.json(), '')
    const code = problem['code']
    if (typeof code === 'string') return new Fault(code, { status, ...paramsOf(problem['params']) })
  } catch {
    // Not a problem document: a proxy in between, say.
  }
  return new Fault(status >= 500 ? 'server-failed' : 'refused', { status })
}

function paramsOf(value: unknown): Params {
  if (typeof value !== 'object' || value === null) return {}
  const plain = Object.entries(value).filter(([, one]) => ['string', 'number', 'boolean'].includes(typeof one))
  return Object.fromEntries<string | number | boolean>(plain)
}
