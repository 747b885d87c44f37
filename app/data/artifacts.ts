/**
 * Evidence files by the SHA-256 of their bytes. Bytes are hashed here, in the browser, before anybody sees them:
 * whatever the server sends, what is shown under a digest is what the digest names.
 *
 * Fault: `artifact-differs` when the bytes are others than the digest says.
 */
import { queryOptions } from '@tanstack/react-query'
import { Fault } from '../../protocol/wire/fault.ts'
import { digest, digestHex, type Digest } from '../../protocol/wire/sha256.ts'
import { ask } from './http.ts'
import { FIXED } from './keys.ts'

export async function fetchArtifact(name: Digest, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await ask(pathOf(name), signal === undefined ? {} : { signal })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const found = digest(bytes)
  if (found !== name) throw new Fault('artifact-differs', { expected: name, found })
  return bytes
}

export function artifactQuery(name: Digest) {
  return queryOptions({
    queryKey: [...FIXED, 'artifact', name],
    queryFn: ({ signal }) => fetchArtifact(name, signal),
    staleTime: Infinity,
  })
}

/** Stores bytes under their own digest; doing it twice is as good as once. */
export async function putArtifact(bytes: Uint8Array<ArrayBuffer>): Promise<Digest> {
  const name = digest(bytes)
  await ask(pathOf(name), { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: bytes })
  return name
}

function pathOf(name: Digest): string {
  return `/v1/artifacts/${digestHex(name)}`
}
