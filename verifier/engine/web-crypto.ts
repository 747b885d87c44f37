/**
 * WebCrypto's Ed25519, in browsers and in Node: the strict encodings first, then the platform's equation.
 *
 * A platform without Ed25519 (or an insecure page) gets the portable engine: slower, and the same on every input.
 */
import { encodingIsStrict, verify } from '../../protocol/wire/ed25519.ts'
import { portableHasher, type Engine } from './engine.ts'

/** Imported keys kept; a deployment has few. */
const KEYS_MAX = 4096

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>

export async function webCryptoEngine(): Promise<Engine> {
  return (await hasEd25519())
    ? { verifySignature: checker(), hasher: portableHasher }
    : { verifySignature: verify, hasher: portableHasher }
}

function checker(): Engine['verifySignature'] {
  const keys = new Map<string, Promise<Key>>()
  return async (signature, message, publicKey) => {
    if (!encodingIsStrict(signature, publicKey)) return false
    const name = publicKey.join()
    let key = keys.get(name)
    if (key === undefined) {
      if (keys.size >= KEYS_MAX) keys.clear()
      key = importKey(publicKey)
      keys.set(name, key)
    }
    try {
      return await crypto.subtle.verify('Ed25519', await key, own(signature), own(message))
    } catch {
      // A key that is no point: the platform refuses to import it.
      return false
    }
  }
}

function importKey(publicKey: Uint8Array): Promise<Key> {
  return crypto.subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify'])
}

async function hasEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    return true
  } catch {
    return false
  }
}

/** The types ask for bytes that are certainly not shared memory. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}
