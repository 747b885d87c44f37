import assert from 'node:assert/strict'
import { createPublicKey, verify as nodeVerify, webcrypto } from 'node:crypto'
import test from 'node:test'
import * as fc from 'fast-check'
import sodium from 'sodium-native'
import { concat, hex, utf8 } from '../../../protocol/wire/bytes.ts'
import * as Ed25519 from '../../../protocol/wire/ed25519.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { casesOf } from '../../support/vectors.ts'

fc.configureGlobal({ seed: 8032 })

type Case = { label: string; signature: string; message: string; public_key: string; accept: boolean }
type Inputs = { signature: Uint8Array; message: Uint8Array; publicKey: Uint8Array }

const cases = casesOf('ed25519', 'edge_cases') as readonly Case[]
const inputsOf = (vector: Case): Inputs => ({
  signature: Buffer.from(vector.signature, 'hex'),
  message: Buffer.from(vector.message, 'hex'),
  publicKey: Buffer.from(vector.public_key, 'hex'),
})

function withSodium({ signature, message, publicKey }: Inputs): boolean {
  return sodium.crypto_sign_verify_detached(Buffer.from(signature), Buffer.from(message), Buffer.from(publicKey))
}

async function withWebCrypto({ signature, message, publicKey }: Inputs): Promise<boolean> {
  try {
    const key = await webcrypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify'])
    return await webcrypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message))
  } catch {
    return false
  }
}

function withNode({ signature, message, publicKey }: Inputs): boolean {
  try {
    const prefix = Buffer.from('302a300506032b6570032100', 'hex')
    const key = createPublicKey({ key: Buffer.concat([prefix, publicKey]), format: 'der', type: 'spki' })
    return nodeVerify(null, message, key, signature)
  } catch {
    return false
  }
}

/** Every engine behind the encoding checks must give the answer of the portable predicate. */
async function answers(inputs: Inputs): Promise<Record<string, boolean>> {
  const { signature, message, publicKey } = inputs
  const strict = Ed25519.encodingIsStrict(signature, publicKey)
  return {
    portable: Ed25519.verify(signature, message, publicKey),
    sodium: strict && withSodium(inputs),
    node: strict && withNode(inputs),
    webcrypto: strict && (await withWebCrypto(inputs)),
  }
}

for (const vector of cases) {
  test(`${vector.label}: every engine ${vector.accept ? 'accepts' : 'refuses'}`, async () => {
    const { accept } = vector
    assert.deepEqual(await answers(inputsOf(vector)), {
      portable: accept,
      sodium: accept,
      node: accept,
      webcrypto: accept,
    })
  })
}

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 })
const message = fc.uint8Array({ maxLength: 200 })

test('what is signed here is what libsodium signs, and every engine accepts it', async () => {
  await fc.assert(
    fc.asyncProperty(secret, message, async (seed, text) => {
      const publicKey = Ed25519.publicKeyOf(seed)
      const signature = Ed25519.sign(text, seed)
      const [sodiumPublic, sodiumSecret, sodiumSignature] = [32, 64, 64].map((size) => Buffer.alloc(size))
      sodium.crypto_sign_seed_keypair(sodiumPublic!, sodiumSecret!, Buffer.from(seed))
      sodium.crypto_sign_detached(sodiumSignature!, Buffer.from(text), sodiumSecret!)
      assert.equal(hex(publicKey), hex(sodiumPublic!))
      assert.equal(hex(signature), hex(sodiumSignature!))
      const accepted = { portable: true, sodium: true, node: true, webcrypto: true }
      assert.deepEqual(await answers({ signature, message: text, publicKey }), accepted)
    }),
    { numRuns: 40 },
  )
})

test('any bit turned in signature, message or key is refused by every engine', async () => {
  await fc.assert(
    fc.asyncProperty(secret, message, fc.nat(), async (seed, text, pick) => {
      const parts = [Ed25519.sign(text, seed), Ed25519.publicKeyOf(seed), text]
      const bit = pick % parts.reduce((bits, part) => bits + part.length * 8, 0)
      const whole = concat(...parts)
      whole[bit >> 3]! ^= 1 << (bit & 7)
      const turned = { signature: whole.slice(0, 64), publicKey: whole.slice(64, 96), message: whole.slice(96) }
      assert.deepEqual(await answers(turned), { portable: false, sodium: false, node: false, webcrypto: false })
    }),
    { numRuns: 150 },
  )
})

test('S plus the order of the group, the same signature to a careless reader, is refused', () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const seed = new Uint8Array(32).fill(7)
  const [text, publicKey] = [utf8('a mission'), Ed25519.publicKeyOf(seed)]
  const signature = Ed25519.sign(text, seed)
  let s = 0n
  for (let i = 63; i >= 32; i--) s = (s << 8n) | BigInt(signature[i]!)
  const varied = signature.slice()
  for (let i = 0; i < 32; i++) varied[32 + i] = Number(((s + order) >> BigInt(8 * i)) & 0xffn)
  assert.ok(Ed25519.verify(signature, text, publicKey))
  assert.ok(!Ed25519.verify(varied, text, publicKey))
  assert.ok(!Ed25519.encodingIsStrict(varied, publicKey))
})

test('a coordinate of p or more is no encoding, in R or in A', () => {
  const seed = new Uint8Array(32).fill(7)
  const [text, publicKey] = [utf8('a mission'), Ed25519.publicKeyOf(seed)]
  const signature = Ed25519.sign(text, seed)
  for (let above = 0; above < 19; above++) {
    for (const sign of [0x7f, 0xff]) {
      const encoding = new Uint8Array(32).fill(0xff)
      encoding[0] = 0xed + above
      encoding[31] = sign
      assert.ok(!Ed25519.encodingIsStrict(concat(encoding, signature.subarray(32)), publicKey))
      assert.ok(!Ed25519.encodingIsStrict(signature, encoding))
    }
  }
  assert.ok(Ed25519.encodingIsStrict(signature, publicKey))
})

test('other lengths are refused, not thrown at', () => {
  const seed = new Uint8Array(32).fill(7)
  const [text, publicKey] = [utf8('a mission'), Ed25519.publicKeyOf(seed)]
  const signature = Ed25519.sign(text, seed)
  for (const [s, k] of [
    [signature.subarray(1), publicKey],
    [concat(signature, Uint8Array.of(0)), publicKey],
    [signature, publicKey.subarray(1)],
    [signature, concat(publicKey, Uint8Array.of(0))],
    [new Uint8Array(0), new Uint8Array(0)],
  ] as const) {
    assert.ok(!Ed25519.verify(s, text, k))
    assert.ok(!Ed25519.encodingIsStrict(s, k))
  }
})

test('a key is named by the digest of its bytes', () => {
  const publicKey = Ed25519.publicKeyOf(new Uint8Array(32).fill(1))
  assert.equal(Ed25519.keyId(publicKey), digest(publicKey))
  assert.throws(() => Ed25519.keyId(publicKey.subarray(1)), Fault)
})
