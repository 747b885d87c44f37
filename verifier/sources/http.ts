/**
 * An archive over HTTP: a running runtime's API, or the same files at a static host. Works in browsers and in Node.
 *
 * Faults: `archive-unreachable`.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import { MANIFEST } from '../archive/manifest.ts'
import type { ArchiveSource } from '../archive/source.ts'

/** The archive of a running runtime, at its base address. It must know everything that is final on chain. */
export function runtimeArchive(base: string): ArchiveSource {
  const root = base.replace(/\/+$/, '')
  return sourceOf(root, true, (path, sha256) =>
    sha256 === undefined ? `${root}/v1/archive/${path}` : `${root}/v1/archive/${path}?sha256=${sha256.slice(7)}`,
  )
}

/** The files of an archive under an address, as any static host serves them. */
export function staticArchive(base: string): ArchiveSource {
  const root = base.replace(/\/+$/, '')
  return sourceOf(root, false, (path) => `${root}/${path}`)
}

function sourceOf(
  name: string,
  live: boolean,
  address: (path: string, sha256: string | undefined) => string,
): ArchiveSource {
  return {
    name,
    live,
    manifest: async () => {
      const body = await fetched(address(MANIFEST, undefined))
      return body === undefined ? undefined : new Uint8Array(await reached(name, () => body.arrayBuffer()))
    },
    open: async (path, sha256) => {
      const response = await fetched(address(path, sha256))
      return response === undefined ? undefined : chunksOf(name, response)
    },
    list: () => Promise.resolve(undefined),
  }
}

/** Undefined where there is no such file. */
async function fetched(url: string): Promise<Response | undefined> {
  const response = await reached(url, () => fetch(url, { cache: 'no-store' }))
  if (response.status === 404) {
    await response.body?.cancel()
    return undefined
  }
  if (!response.ok) throw new Fault('archive-unreachable', { url, status: response.status })
  return response
}

/** A body that breaks off is a source that cannot be reached; what came so far says nothing. */
async function* chunksOf(name: string, response: Response): AsyncGenerator<Uint8Array> {
  const body: ReadableStream<Uint8Array> | null = response.body
  const reader = body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const { done, value } = await reached(name, () => reader.read())
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

async function reached<T>(url: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Fault('archive-unreachable', { url, reason }, { cause })
  }
}
