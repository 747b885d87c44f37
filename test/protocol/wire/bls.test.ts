import assert from 'node:assert/strict'
import test from 'node:test'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import * as fc from 'fast-check'
import * as Bls from '../../../protocol/wire/bls.ts'
import { readKey, readSignature, rememberedKeys, writeKey } from '../../../protocol/wire/bls-point.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import * as Eip2537 from '../../../protocol/wire/eip2537.ts'
import { casesOf } from '../../support/vectors.ts'

const message = Bytes.utf8('a message')
const holder = (name: string) => {
  const secret = Bls.secretFromEntropy(Bytes.utf8(name.repeat(8)))
  return { secret, key: Bls.publicKeyOf(secret) }
}
const [alice, bruno, carla] = [holder('alice'), holder('bruno'), holder('carla')] as const

const bytesOf = (text: string): Uint8Array => {
  const raw = Bytes.fromHex(text)
  assert.ok(raw.ok)
  return raw.value
}
const bigEndian = (value: bigint): Uint8Array => bytesOf(value.toString(16).padStart(64, '0'))

test('secrets follow from entropy as EIP-2333 publishes', () => {
  const published: [string, bigint][] = [
    [
      'c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04',
      6083874454709270928345386274498605044986640685124978867557563392430687146096n,
    ],
    [
      '3141592653589793238462643383279502884197169399375105820974944592',
      29757020647961307431480504535336562678282505419141012933316116377660817309383n,
    ],
    [
      '0099FF991111002299DD7744EE3355BBDD8844115566CC55663355668888CC00'.toLowerCase(),
      27580842291869792442942448775674722299803720648445448686099262467207037398656n,
    ],
    [
      'd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
      19022158461524446591288038168518313374041767046816487870552872741050760015818n,
    ],
  ]
  for (const [entropy, secret] of published) {
    assert.equal(Bytes.hex(Bls.secretFromEntropy(bytesOf(entropy))), secret.toString(16).padStart(64, '0'))
  }
  assert.throws(() => Bls.secretFromEntropy(new Uint8Array(31)), { code: 'bls-entropy-too-short' })
})

test('messages are hashed to the points that RFC 9380 publishes', () => {
  type Case = { msg: string; tag: string; point_eip2537: string }
  const one = bigEndian(1n) // a signature by the secret 1 is the hashed message itself
  for (const { msg, tag, point_eip2537 } of casesOf('certificates', 'hash_to_curve') as readonly Case[]) {
    const point = readSignature(Bls.sign(Bytes.utf8(msg), one, tag))
    assert.ok(point.ok)
    assert.equal(`0x${Bytes.hex(Eip2537.encodeG1(point.value))}`, point_eip2537)
  }
})

test('a signature verifies for its message, key and tag, and for no other', () => {
  const signature = Bls.sign(message, alice.secret)
  assert.equal(Bls.verify(signature, message, alice.key), true)
  assert.equal(Bls.verify(signature, Bytes.utf8('another message'), alice.key), false)
  assert.equal(Bls.verify(signature, message, bruno.key), false)
  assert.equal(Bls.verify(signature, message, alice.key, `${Bls.SIGNATURE_TAG}x`), false)
  assert.equal(Bls.verify(Bls.sign(message, bruno.secret), message, alice.key), false)
})

test('a signature is the same every time', () => {
  assert.equal(Bls.sign(message, alice.secret), Bls.sign(message, alice.secret))
})

test('what is no signature or no key verifies nothing and throws nothing', () => {
  const signature = Bls.sign(message, alice.secret)
  for (const bad of ['', 'zz', signature.slice(2), `${signature}00`, signature.toUpperCase(), null, undefined, 7, {}]) {
    assert.equal(Bls.verify(bad, message, alice.key), false)
  }
  for (const bad of ['', 'zz', alice.key.slice(2), `${alice.key}00`, alice.key.toUpperCase(), null, 7, []]) {
    assert.equal(Bls.verify(signature, message, bad), false)
  }
})

test('a secret is 32 bytes, above zero and below the order', () => {
  const order = bls12_381.fields.Fr.ORDER
  for (const bad of [0n, order, order + 1n, 2n ** 256n - 1n]) {
    assert.throws(() => Bls.sign(message, bigEndian(bad)), { code: 'bls-secret-out-of-range' })
    assert.throws(() => Bls.publicKeyOf(bigEndian(bad)), { code: 'bls-secret-out-of-range' })
  }
  for (const length of [0, 31, 33]) {
    assert.throws(() => Bls.publicKeyOf(new Uint8Array(length).fill(1)), { code: 'bls-secret-out-of-range' })
  }
  assert.equal(Bls.publicKeyOf(bigEndian(1n)), writeKey(bls12_381.G2.Point.BASE))
  assert.equal(Bls.publicKeyOf(bigEndian(order - 1n)), writeKey(bls12_381.G2.Point.BASE.negate()))
})

test('a sum of signatures verifies under the sum of the keys', () => {
  const holders = [alice, bruno, carla]
  const sum = Bls.aggregate(holders.map(({ secret }) => Bls.sign(message, secret)))
  assert.ok(sum.ok)
  const points = holders.map(({ key }) => {
    const point = readKey(key)
    assert.ok(point.ok)
    return point.value
  })
  assert.equal(Bls.verify(sum.value, message, writeKey(Bls.sumKeys(points))), true)
  assert.equal(Bls.verify(sum.value, message, writeKey(Bls.sumKeys(points.slice(1)))), false)
})

test('a sum does not depend on the order of its parts', () => {
  const signatures = [alice, bruno, carla].map(({ secret }) => Bls.sign(message, secret))
  assert.deepEqual(Bls.aggregate(signatures), Bls.aggregate(signatures.toReversed()))
})

test('nothing, nonsense and parts that cancel out have no sum', () => {
  const signature = Bls.sign(message, alice.secret)
  const point = readSignature(signature)
  assert.ok(point.ok)
  const negated = point.value.negate().toHex(true)
  assert.deepEqual(Bls.aggregate([]), { ok: false, error: { code: 'bls-nothing-to-add' } })
  assert.deepEqual(Bls.aggregate([signature, negated]), { ok: false, error: { code: 'bls-sum-zero' } })
  assert.deepEqual(Bls.aggregate([signature, 'c0'.padEnd(96, '0')]), {
    ok: false,
    error: { code: 'bls-signature-invalid', path: '/1' },
  })
  assert.deepEqual(Bls.aggregate(['x']), { ok: false, error: { code: 'bls-signature-malformed', path: '/0' } })
})

test('keys that cancel out verify nothing', () => {
  const point = readKey(alice.key)
  assert.ok(point.ok)
  const zero = Bls.sumKeys([point.value, point.value.negate()])
  const signature = readSignature(Bls.sign(message, alice.secret))
  assert.ok(signature.ok)
  assert.equal(Bls.holds(signature.value, message, zero, Bls.SIGNATURE_TAG), false)
})

type KeyCase = { why: string; key: string | null; key_eip2537: string | null; accept: boolean }

for (const { why, key, key_eip2537, accept } of casesOf('certificates', 'keys') as readonly KeyCase[]) {
  test(`a key is ${accept ? 'read' : 'refused'}: ${why}`, () => {
    if (key !== null) assert.equal(readKey(key).ok, accept)
    if (key_eip2537 !== null) {
      const decoded = Eip2537.decodeG2(bytesOf(key_eip2537.slice(2)))
      assert.equal(decoded.ok, accept)
      if (decoded.ok && key !== null) assert.equal(decoded.value, key)
    }
  })
}

test('a point keeps its value through the chain form', () => {
  const secrets = fc.bigInt(1n, bls12_381.fields.Fr.ORDER - 1n)
  fc.assert(
    fc.property(secrets, (secret) => {
      const key = Bls.publicKeyOf(bigEndian(secret))
      const signature = Bls.sign(message, bigEndian(secret))
      const [keyPoint, signaturePoint] = [readKey(key), readSignature(signature)]
      assert.ok(keyPoint.ok && signaturePoint.ok)
      assert.deepEqual(Eip2537.decodeG2(Eip2537.encodeG2(keyPoint.value)), { ok: true, value: key })
      assert.deepEqual(Eip2537.decodeG1(Eip2537.encodeG1(signaturePoint.value)), { ok: true, value: signature })
    }),
    { numRuns: 20 },
  )
})

test('the chain form puts c0 before c1 and pads every coordinate to 64 bytes', () => {
  const point = bls12_381.G2.Point.BASE
  const { x, y } = point.toAffine()
  const wide = [x.c0, x.c1, y.c0, y.c1].map((part) => part.toString(16).padStart(128, '0')).join('')
  assert.equal(Bytes.hex(Eip2537.encodeG2(point)), wide)
})

test('decoded keys are remembered, the latest 256 of them', () => {
  const holders = Array.from({ length: 260 }, (_, i) => Bls.publicKeyOf(bigEndian(BigInt(i + 1_000))))
  const read = (key: string | undefined): unknown => {
    const point = readKey(key)
    assert.ok(point.ok)
    return point.value
  }
  const first = read(holders[0])
  for (const key of holders.slice(1, 256)) read(key)
  assert.equal(rememberedKeys(), 256)
  assert.equal(read(holders[0]), first, 'the same object: not decoded again')
  const second = read(holders[1])
  for (const key of holders.slice(256)) read(key)
  assert.equal(rememberedKeys(), 256)
  assert.equal(read(holders[0]), first, 'used lately, so kept')
  assert.equal(read(holders[1]), second)
  assert.equal(rememberedKeys(), 256)
})

test('a key that was refused is not remembered', () => {
  const before = rememberedKeys()
  assert.equal(readKey(`c0${'00'.repeat(95)}`).ok, false)
  assert.equal(rememberedKeys(), before)
})
