import assert from 'node:assert/strict'
import test from 'node:test'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import * as fc from 'fast-check'
import { recoverAddress, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import * as Wallet from '../../../protocol/wire/wallet.ts'
import { casesOf } from '../../support/vectors.ts'

type Case = { why: string; digest: Hex; signature: Hex; accept: boolean; code?: string; signer?: string | null }

const ORDER = secp256k1.Point.Fn.ORDER
const bytesOf = (text: string): Uint8Array => {
  const raw = Bytes.fromHex(text.slice(2))
  assert.ok(raw.ok)
  return raw.value
}
const hex0x = (bytes: Uint8Array): Hex => `0x${Bytes.hex(bytes)}`

for (const { why, digest, signature, accept, code, signer } of casesOf('eip712', 'signatures') as readonly Case[]) {
  test(`a wallet's signature is ${accept ? 'accepted' : 'refused'}: ${why}`, async () => {
    const recovered = Wallet.recover(bytesOf(digest), signature)
    if (!accept) {
      assert.ok(!recovered.ok)
      assert.equal(recovered.error.code, code)
      return
    }
    const expected = signer ?? (await recoverAddress({ hash: digest, signature })).toLowerCase()
    assert.deepEqual(recovered, { ok: true, value: expected })
  })
}

const digests = fc.uint8Array({ minLength: 32, maxLength: 32 })
const secrets = fc.bigInt(1n, ORDER - 1n).map((secret) => bytesOf(`0x${secret.toString(16).padStart(64, '0')}`))

test('the signer is the one that viem recovers, and the signature the one that viem makes', async () => {
  await fc.assert(
    fc.asyncProperty(digests, secrets, async (digest, secret) => {
      const account = privateKeyToAccount(hex0x(secret))
      const signature = Wallet.sign(digest, secret)
      assert.equal(signature, await account.sign({ hash: hex0x(digest) }))
      assert.deepEqual(Wallet.recover(digest, signature), { ok: true, value: account.address.toLowerCase() })
      assert.equal(Wallet.addressOf(secret), account.address.toLowerCase())
    }),
    { numRuns: 50 },
  )
})

test('the mirrored signature, which viem would recover, is refused', async () => {
  await fc.assert(
    fc.asyncProperty(digests, secrets, async (digest, secret) => {
      const signature = Wallet.sign(digest, secret)
      const s = ORDER - BigInt(`0x${signature.slice(66, 130)}`)
      const v = signature.endsWith('1b') ? '1c' : '1b'
      const mirrored: Hex = `0x${signature.slice(2, 66)}${s.toString(16).padStart(64, '0')}${v}`
      const viem = await recoverAddress({ hash: hex0x(digest), signature: mirrored })
      assert.equal(viem.toLowerCase(), Wallet.addressOf(secret))
      const recovered = Wallet.recover(digest, mirrored)
      assert.deepEqual(recovered, { ok: false, error: { code: 'wallet-signature-high-s' } })
    }),
    { numRuns: 25 },
  )
})

test('another digest gives another signer', () => {
  const secret = new Uint8Array(32).fill(7)
  const signature = Wallet.sign(new Uint8Array(32).fill(1), secret)
  const recovered = Wallet.recover(new Uint8Array(32).fill(2), signature)
  assert.ok(!recovered.ok || recovered.value !== Wallet.addressOf(secret))
})

test('a signature that is no text is malformed, a digest that is not 32 bytes is our own mistake', () => {
  for (const signature of [null, undefined, 7, {}, new Uint8Array(65)]) {
    const recovered = Wallet.recover(new Uint8Array(32), signature)
    assert.deepEqual(recovered, { ok: false, error: { code: 'wallet-signature-malformed' } })
  }
  for (const length of [0, 31, 33]) {
    const digest = new Uint8Array(length)
    assert.throws(() => Wallet.recover(digest, ''), { code: 'wallet-digest-not-32-bytes' })
    assert.throws(() => Wallet.sign(digest, new Uint8Array(32).fill(1)), { code: 'wallet-digest-not-32-bytes' })
  }
})
