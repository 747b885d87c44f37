import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { encodeAbiParameters, keccak256, toHex, type Hex } from 'viem'
import * as Abi from '../../../protocol/wire/abi.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { keccak } from '../../../protocol/wire/keccak.ts'
import { digest } from '../../../protocol/wire/sha256.ts'

const hex0x = (bytes: Uint8Array): Hex => `0x${Bytes.hex(bytes)}`

test('an unsigned integer becomes the word that the ABI gives it', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 256n - 1n), (value) => {
      assert.equal(hex0x(Abi.uintWord(value)), encodeAbiParameters([{ type: 'uint256' }], [value]))
    }),
  )
  assert.equal(hex0x(Abi.uintWord(31_337)), encodeAbiParameters([{ type: 'uint256' }], [31_337n]))
})

test('what is no unsigned 256-bit integer has no word', () => {
  for (const value of [-1, 0.5, 2 ** 53, Number.NaN, Infinity, -1n, 2n ** 256n]) {
    assert.throws(() => Abi.uintWord(value), { code: 'abi-uint-range' })
  }
  assert.equal(hex0x(Abi.uintWord(2n ** 256n - 1n)), `0x${'f'.repeat(64)}`)
})

test('an address is padded on the left, in one spelling only', () => {
  const address = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8'
  assert.equal(hex0x(Abi.addressWord(address)), encodeAbiParameters([{ type: 'address' }], [address]))
  for (const bad of [address.toUpperCase(), address.slice(2), `${address}0`, address.slice(0, -1), '0x', '']) {
    assert.throws(() => Abi.addressWord(bad), { code: 'abi-address' })
  }
})

test('true is one and false is zero', () => {
  assert.equal(hex0x(Abi.boolWord(true)), encodeAbiParameters([{ type: 'bool' }], [true]))
  assert.equal(hex0x(Abi.boolWord(false)), encodeAbiParameters([{ type: 'bool' }], [false]))
})

test('a digest and its bytes32 are the same bytes in two notations', () => {
  const given = digest('genesis')
  const word = Abi.bytes32OfDigest(given)
  assert.match(word, /^0x[0-9a-f]{64}$/)
  assert.equal(Abi.digestOfBytes32(word), given)
  assert.equal(Abi.bytes32Of(Abi.bytes32Word(word)), word)
  assert.throws(() => Abi.bytes32Of(new Uint8Array(31)), { code: 'abi-bytes32' })
  for (const bad of [given, word.slice(2), `${word}0`, word.toUpperCase()]) {
    assert.throws(() => Abi.bytes32Word(bad), { code: 'abi-bytes32' })
  }
})

test('keccak is that of Ethereum', () => {
  assert.equal(hex0x(keccak('')), '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.equal(hex0x(keccak(bytes)), keccak256(bytes))
    }),
  )
  assert.equal(hex0x(keccak('é€😀')), keccak256(toHex('é€😀')))
  assert.throws(() => keccak('\ud800'), { code: 'text-ill-formed' })
})
