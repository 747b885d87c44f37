/** The verifier's engine on this host: libsodium for signatures, OpenSSL for hashes, zlib with large chunks. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, type ZlibOptions } from 'node:zlib'
import type { Digest } from '../../protocol/wire/sha256.ts'
import { installNativeSha256, verifyWithSodium } from '../../runtime/signatures/signatures.ts'
import type { Engine, Gunzip, Next } from '../../verifier/engine/engine.ts'

export function nativeEngine(): Engine {
  installNativeSha256()
  return {
    verifySignature: verifyWithSodium,
    hasher: () => {
      const hash = createHash('sha256')
      return {
        update: (bytes) => {
          hash.update(bytes)
        },
        digest: () => `sha256:${hash.digest('hex')}` as Digest,
      }
    },
    gunzip,
  }
}

/** As DecompressionStream does it, which passes on sixteen times as many chunks. */
const OPTIONS: ZlibOptions & { readonly rejectGarbageAfterEnd: true } = {
  chunkSize: 256 * 1024,
  rejectGarbageAfterEnd: true,
}

const gunzip: Gunzip = async function* (next) {
  const stream = createGunzip(OPTIONS)
  const feeding = pipeline(Readable.from(chunks(next), { objectMode: true }), stream)
  // Whoever reads learns of a fault by reading; this promise only must not be left alone with it.
  feeding.catch(() => {})
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } finally {
    stream.destroy()
    await feeding.catch(() => {})
  }
}

async function* chunks(next: Next): AsyncGenerator<Uint8Array> {
  for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk
}
