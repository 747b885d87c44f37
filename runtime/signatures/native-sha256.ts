/**
 * OpenSSL's SHA-256 under the protocol's hashing. `crypto.hash` to hex or latin1 is four to five times as fast as a
 * hash object and as its own buffer output.
 *
 * Source: FIPS 180-4.
 */
import { hash } from 'node:crypto'
import { installSha256 } from '../../protocol/wire/sha256.ts'

/** Throws Fault `sha256-engine-wrong` when this build of OpenSSL does not hash as it should. */
export function installNativeSha256(): void {
  installSha256({
    hash: (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'binary'),
    hex: (input) => hash('sha256', input, 'hex'),
    into: (input, out, at) => {
      over(out).write(hash('sha256', input, 'binary'), at, 32, 'latin1')
    },
  })
}

/** Trees write hash after hash into one array: its Buffer is made once. */
let last: { readonly bytes: Uint8Array; readonly buffer: Buffer } | undefined

function over(bytes: Uint8Array): Buffer {
  if (last?.bytes !== bytes) {
    last = { bytes, buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) }
  }
  return last.buffer
}
