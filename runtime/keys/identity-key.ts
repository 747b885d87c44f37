/**
 * Ed25519 keys of people, machines and the runtime on disk: encrypted PKCS#8 in PEM, mode 0600.
 *
 * The signer that comes out holds the secret in memory and gives nothing of it away but signatures.
 *
 * Faults: `key-password-wrong`, `key-file-not-encrypted`, `key-file-not-ed25519`, and those of secret files
 * (`key-file-missing`, `key-file-readable-by-others`).
 * Source: RFC 8410, RFC 5958; spec 2.5.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { Signer } from '../../protocol/wire/dsse.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { readSecretFile, writeSecretFile } from './secret-file.ts'

/** PKCS#8 header of a raw Ed25519 seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

export function newIdentityKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey
}

/** A key from a 32-byte seed: for development identities that are the same at every start. */
export function identityKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
}

export function writeIdentityKey(file: string, key: KeyObject, password: string): void {
  const pem = key.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: password })
  writeSecretFile(file, pem.toString())
}

export function readIdentityKey(file: string, password: string): KeyObject {
  const pem = readSecretFile(file)
  // OpenSSL takes a plain key under any password.
  if (!pem.startsWith('-----BEGIN ENCRYPTED PRIVATE KEY-----')) throw new Fault('key-file-not-encrypted', { file })
  const key = decrypted(file, pem, password)
  if (key.asymmetricKeyType !== 'ed25519') throw new Fault('key-file-not-ed25519', { file })
  return key
}

function decrypted(file: string, pem: string, password: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, passphrase: password })
  } catch (cause) {
    throw new Fault('key-password-wrong', { file }, { cause })
  }
}

export function signerOfKey(key: KeyObject): Signer {
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  const publicKey = Uint8Array.from(Buffer.from(jwk.x ?? '', 'base64url'))
  return { publicKey, sign: (message) => Uint8Array.from(sign(null, message, key)) }
}
