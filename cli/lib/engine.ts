/** The verifier's engine on this host: libsodium for signatures, OpenSSL for hashes. */
import { createHash } from 'node:crypto'
import type { Digest } from '../../protocol/wire/sha256.ts'
import { installNativeSha256, verifyWithSodium } from '../../runtime/signatures/signatures.ts'
import type { Engine } from '../../verifier/engine/engine.ts'

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
  }
}
