import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { Fault } from '../../../protocol/wire/fault.ts'

fc.configureGlobal({ seed: 4648 })

const bytes = fc.uint8Array({ maxLength: 70 })
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='

test('hex and base64 are written as Node writes them, and read back', () => {
  fc.assert(
    fc.property(bytes, (raw) => {
      assert.equal(Bytes.hex(raw), Buffer.from(raw).toString('hex'))
      assert.equal(Bytes.base64(raw), Buffer.from(raw).toString('base64'))
      assert.deepEqual(Bytes.fromHex(Bytes.hex(raw)), { ok: true, value: raw })
      assert.deepEqual(Bytes.fromBase64(Bytes.base64(raw)), { ok: true, value: raw })
    }),
    { numRuns: 1000 },
  )
})

test('a text is read as base64 only if writing it again gives the same text', () => {
  const text = fc.string({ unit: fc.constantFrom(...BASE64.split(''), '-', '_', ' ', '\n', 'é', 'Ā'), maxLength: 12 })
  fc.assert(
    fc.property(text, (given) => {
      const read = Bytes.fromBase64(given)
      const rewritten = Buffer.from(given, 'base64').toString('base64')
      assert.equal(read.ok, rewritten === given, given)
      if (read.ok) assert.equal(Bytes.base64(read.value), given)
    }),
    { numRuns: 5000 },
  )
})

test('other spellings of base64 are refused', () => {
  for (const given of [
    'QQ',
    'QQ=',
    'QR==',
    'QUJ=',
    'QQ==\n',
    'Q Q=',
    '====',
    '=',
    'Q===',
    'QQ==QQ==',
    '-_-_',
    'QUI',
    'QūI=',
  ]) {
    const read = Bytes.fromBase64(given)
    assert.equal(read.ok ? 'read' : read.error.code, 'base64-malformed', given)
  }
})

test('other spellings of hex are refused', () => {
  for (const given of ['a', 'AA', '0x', 'zz', ' a', 'aé', 'a\u0141']) {
    const read = Bytes.fromHex(given)
    assert.equal(read.ok ? 'read' : read.error.code, 'hex-malformed', given)
  }
})

test('text goes to UTF-8 and back unchanged, byte-order marks included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      assert.deepEqual(Bytes.text(Bytes.utf8(given)), { ok: true, value: given })
    }),
  )
  assert.deepEqual(Bytes.text(Bytes.utf8('\ufeffa')), { ok: true, value: '\ufeffa' })
})

test('what is no UTF-8 is refused, and a lone surrogate is a fault', () => {
  for (const given of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
    assert.deepEqual(Bytes.text(Uint8Array.from(given)), { ok: false, error: { code: 'text-not-utf8' } })
  }
  assert.throws(() => Bytes.utf8('\ud800'), Fault)
})

test('bytes are compared unsigned, and concatenated in order', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      assert.equal(Bytes.compare(a, b), Buffer.compare(a, b))
      assert.equal(Bytes.equal(a, b), Buffer.from(a).equals(b))
      assert.deepEqual(Bytes.concat(a, b, a), new Uint8Array(Buffer.concat([a, b, a])))
    }),
  )
  assert.deepEqual(Bytes.concat(), new Uint8Array(0))
})
