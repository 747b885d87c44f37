import assert from 'node:assert/strict'
import { createHash, hash as nodeHash } from 'node:crypto'
import { afterEach, test } from 'node:test'
import * as fc from 'fast-check'
import { hex, utf8 } from '../../../protocol/wire/bytes.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { rootOfFlat } from '../../../protocol/wire/merkle.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'

fc.configureGlobal({ seed: 1804 })

const native: Sha256.Sha256Engine = {
  hash: (bytes) => createHash('sha256').update(bytes).digest(),
  hex: (input) => nodeHash('sha256', input, 'hex'),
}
const portable: Sha256.Sha256Engine = { hash: Sha256.hash, hex: (input) => Sha256.digest(input).slice(7) }
const portableHash = portable.hash(utf8('abc'))

afterEach(() => Sha256.installSha256(native))

test('digests are those of FIPS 180-4', () => {
  const published: [string, string][] = [
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ]
  for (const [text, expected] of published) {
    assert.equal(Sha256.digest(text), `sha256:${expected}`)
    assert.equal(Sha256.digest(utf8(text)), `sha256:${expected}`)
    assert.equal(hex(Sha256.hash(utf8(text))), expected)
  }
})

test('every engine gives the same digests and the same roots', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }), (bytes, text) => {
      assert.equal(Sha256.digest(bytes), `sha256:${native.hex(bytes)}`)
      assert.equal(Sha256.digest(text), `sha256:${native.hex(text)}`)
    }),
  )
  const entries = new Uint8Array(32 * 9).map((_, i) => i)
  const before = hex(rootOfFlat(entries))
  Sha256.installSha256({
    ...native,
    into: (input, out, at) => {
      out.set(native.hash(input), at)
    },
  })
  assert.equal(hex(rootOfFlat(entries)), before)
})

test('an engine that is wrong anywhere is refused and the one before it stays', () => {
  const wrong: Partial<Sha256.Sha256Engine>[] = [
    { hash: () => new Uint8Array(32) },
    { hex: (input) => native.hex(input).toUpperCase() },
    { hex: (input) => nodeHash('sha512', input, 'hex') },
    {
      hex: (input) =>
        typeof input === 'string' ? nodeHash('sha256', Buffer.from(input, 'latin1'), 'hex') : native.hex(input),
    },
    { hash: (bytes) => (bytes.length === 64 ? new Uint8Array(32) : native.hash(bytes)) },
    { hash: (bytes) => native.hash(new Uint8Array(bytes.buffer, 0, bytes.length)) },
    { hash: (bytes) => native.hash(bytes).subarray(0, 31) },
    { into: (input, out) => out.set(native.hash(input), 0) },
    {
      into: (input, out, at) => {
        out.set(native.hash(input), at)
        out[at + 32] = 1
      },
    },
  ]
  for (const [i, part] of wrong.entries()) {
    assert.throws(
      () => Sha256.installSha256({ ...native, ...part }),
      (thrown) => thrown instanceof Fault && thrown.code === 'sha256-engine-wrong',
      `engine ${i}`,
    )
    assert.deepEqual(Sha256.hash(utf8('abc')), Buffer.from(portableHash))
  }
})

test('a digest has one spelling', () => {
  const good = Sha256.digest('abc')
  assert.deepEqual(Sha256.parseDigest(good), { ok: true, value: good })
  assert.deepEqual(Sha256.parseDigest(Sha256.ZERO_DIGEST), { ok: true, value: `sha256:${'0'.repeat(64)}` })
  for (const bad of [
    good.toUpperCase(),
    good.slice(7),
    `${good}0`,
    good.slice(0, -1),
    ` ${good}`,
    `${good}\n`,
    good.replace('a', 'A'),
    7,
    null,
  ]) {
    assert.deepEqual(Sha256.parseDigest(bad), { ok: false, error: { code: 'digest-malformed' } })
  }
})

test('digests are taken apart and put together', () => {
  const raw = Sha256.hash(utf8('abc'))
  const digest = Sha256.digestOfHash(raw)
  assert.equal(digest, Sha256.digest('abc'))
  assert.equal(Sha256.digestHex(digest), hex(raw))
  assert.equal(hex(Sha256.digestBytes(digest)), hex(raw))
  assert.throws(() => Sha256.digestOfHash(raw.subarray(1)), Fault)
  assert.throws(() => Sha256.digestBytes('sha256:00' as Sha256.Digest), Fault)
  assert.throws(() => Sha256.digest('\ud800'), Fault)
})
