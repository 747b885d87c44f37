/** The engine that the command line uses: libsodium and OpenSSL. Tests make thousands of checks. */
import { createHash } from 'node:crypto'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import { installNativeSha256, verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import type { Engine } from '../../../verifier/engine/engine.ts'

installNativeSha256()

export const nativeEngine: Engine = {
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
