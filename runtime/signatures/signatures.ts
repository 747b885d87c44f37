/**
 * The host's own engines under the protocol's primitives: libsodium for Ed25519, OpenSSL for SHA-256.
 *
 * libsodium agrees with the strict predicate on every edge case of the shared vectors; the encoding checks
 * come first all the same, so that agreement does not rest on its build. Measured here: 52 µs a check, about
 * a tenth of what the portable engine takes. `crypto.hash` to hex or latin1 is four to five times as fast as
 * a hash object and as its own buffer output.
 *
 * Source: spec 2.1; RFC 8032; github.com/sodium-friends/sodium-native.
 */
import { hash } from 'node:crypto'
import sodium from 'sodium-native'
import { encodingIsStrict } from '../../protocol/wire/ed25519.ts'
import { installSha256 } from '../../protocol/wire/sha256.ts'
import type { VerifyNow } from '../ports/signatures.ts'

export const verifyWithSodium: VerifyNow = (signature, message, publicKey) =>
  encodingIsStrict(signature, publicKey) &&
  sodium.crypto_sign_verify_detached(asBuffer(signature), asBuffer(message), asBuffer(publicKey))

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

/** The types ask for a Buffer, the library takes any bytes: no copy, no wrapper. */
function asBuffer(bytes: Uint8Array): Buffer {
  return bytes as Buffer
}
