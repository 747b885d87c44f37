/**
 * A human's own signing key in this browser: Ed25519, made by WebCrypto so that not even this page can read it out.
 * It can sign here and nowhere else; losing the browser means binding another one.
 *
 * Each signature is checked before it leaves, by the predicate that the ledger will check it with.
 *
 * Faults: `key-unsupported` (a browser without Ed25519), `signature-not-strict`, `browser-keeps-nothing`.
 */
import { hex } from '../../protocol/wire/bytes.ts'
import { keyId, verify } from '../../protocol/wire/ed25519.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import * as Storage from './storage.ts'

export type BrowserKey = {
  /** The raw public key. */
  readonly publicKey: Uint8Array
  readonly keyId: Digest
  /** The wallet's statement that it speaks for its human, and until when (ISO). */
  readonly binding: string
  readonly notAfter: string
  sign(message: Uint8Array): Promise<Uint8Array>
}

type Made = { readonly publicKey: Uint8Array; readonly privateKey: CryptoKey }
type Stored = Made & { readonly binding: string; readonly notAfter: string }

const ALGORITHM = { name: 'Ed25519' }

/** A fresh key that is nobody's yet. */
export async function makeKey(): Promise<Made> {
  try {
    const pair = (await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])) as CryptoKeyPair
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    return { publicKey, privateKey: pair.privateKey }
  } catch (cause) {
    throw new Fault('key-unsupported', {}, { cause })
  }
}

export async function keepKey(deployment: string, actor: string, stored: Stored): Promise<void> {
  Storage.askToPersist()
  await Storage.put('keys', nameOf(deployment, actor), stored)
}

export async function recallKey(deployment: string, actor: string): Promise<BrowserKey | null> {
  const found = await Storage.get('keys', nameOf(deployment, actor))
  return isStored(found) ? keyOf(found) : null
}

export async function forgetKey(deployment: string, actor: string): Promise<void> {
  await Storage.remove('keys', nameOf(deployment, actor))
}

function nameOf(deployment: string, actor: string): string {
  return `${deployment} ${actor}`
}

function keyOf({ publicKey, privateKey, binding, notAfter }: Stored): BrowserKey {
  return {
    publicKey,
    keyId: keyId(publicKey),
    binding,
    notAfter,
    sign: async (message) => {
      const signature = new Uint8Array(await crypto.subtle.sign(ALGORITHM, privateKey, Uint8Array.from(message)))
      if (!verify(signature, message, publicKey)) throw new Fault('signature-not-strict', { key: hex(publicKey) })
      return signature
    },
  }
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false
  const { publicKey, privateKey, binding, notAfter } = value as Partial<Stored>
  return (
    publicKey instanceof Uint8Array &&
    publicKey.length === 32 &&
    privateKey instanceof CryptoKey &&
    typeof binding === 'string' &&
    typeof notAfter === 'string'
  )
}
