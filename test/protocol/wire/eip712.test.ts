import assert from 'node:assert/strict'
import test from 'node:test'
import { TypedDataEncoder } from 'ethers'
import * as fc from 'fast-check'
import { hashTypedData, type Hex } from 'viem'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import * as Eip712 from '../../../protocol/wire/eip712.ts'

const hex0x = (bytes: Uint8Array): Hex => `0x${Bytes.hex(bytes)}`

/** Every kind of field, one of them twice. */
const SAMPLE = Eip712.struct('Sample', {
  text: Eip712.TEXT,
  word: Eip712.BYTES32,
  who: Eip712.ADDRESS,
  count: Eip712.UINT64,
  yes: Eip712.BOOL,
  another: Eip712.TEXT,
})
type Sample = Eip712.Message<typeof SAMPLE>

const hexText = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((raw) => hex0x(raw))
const domains = fc.record({
  name: fc.string({ unit: 'binary', maxLength: 40 }),
  version: fc.string({ unit: 'binary', maxLength: 8 }),
  chainId: fc.maxSafeNat(),
  verifyingContract: hexText(20),
})
const samples = fc.record({
  text: fc.string({ unit: 'binary', maxLength: 100 }),
  word: hexText(32),
  who: hexText(20),
  count: fc.maxSafeNat(),
  yes: fc.boolean(),
  another: fc.string({ unit: 'binary', maxLength: 100 }),
}) as fc.Arbitrary<Sample>

const domain: Eip712.Domain = {
  name: 'Sample',
  version: '1',
  chainId: 31_337,
  verifyingContract: `0x${'12'.repeat(20)}`,
}
const message = {
  text: 'é€😀',
  word: `0x${'ab'.repeat(32)}`,
  who: `0x${'cd'.repeat(20)}`,
  count: 7,
  yes: true,
  another: '',
} as Sample

test('the digest is the one of viem and of ethers', () => {
  fc.assert(
    fc.property(domains, samples, (domain, message) => {
      const { types, primaryType, domain: shown, message: value } = Eip712.typedData(SAMPLE, domain, message)
      const digest = hex0x(Eip712.digest(SAMPLE, domain, message))
      const { EIP712Domain: _, ...structs } = types
      const viem = hashTypedData({ types, primaryType, domain: shown as never, message: value })
      const ethers = TypedDataEncoder.hash(shown, structs as never, value)
      assert.equal(digest, viem)
      assert.equal(digest, ethers)
      assert.equal(hex0x(Eip712.domainSeparator(domain)), TypedDataEncoder.hashDomain(domain))
    }),
    { numRuns: 300 },
  )
})

test('the JSON for the wallet survives being sent as JSON', () => {
  const typed = Eip712.typedData(SAMPLE, domain, message)
  assert.deepEqual(JSON.parse(JSON.stringify(typed)), typed)
  assert.equal(hashTypedData(JSON.parse(JSON.stringify(typed)) as never), hex0x(Eip712.digest(SAMPLE, domain, message)))
  assert.deepEqual(typed.types['Sample'], [
    { name: 'text', type: 'string' },
    { name: 'word', type: 'bytes32' },
    { name: 'who', type: 'address' },
    { name: 'count', type: 'uint64' },
    { name: 'yes', type: 'bool' },
    { name: 'another', type: 'string' },
  ])
})

test('every part of the domain changes the digest', () => {
  const digest = hex0x(Eip712.digest(SAMPLE, domain, message))
  const others: Partial<Eip712.Domain>[] = [
    { name: 'Sample ' },
    { version: '2' },
    { chainId: 1 },
    { verifyingContract: `0x${'13'.repeat(20)}` },
  ]
  for (const change of others) {
    assert.notEqual(hex0x(Eip712.digest(SAMPLE, { ...domain, ...change }, message)), digest)
  }
})

test('every field changes the digest', () => {
  const digest = hex0x(Eip712.digest(SAMPLE, domain, message))
  const others: object[] = [
    { text: 'é€' },
    { word: `0x${'ac'.repeat(32)}` },
    { who: `0x${'ce'.repeat(20)}` },
    { count: 8 },
    { yes: false },
    { another: ' ' },
  ]
  for (const change of others) {
    assert.notEqual(hex0x(Eip712.digest(SAMPLE, domain, { ...message, ...change })), digest)
  }
})

test('a struct of another name with the same fields has another digest', () => {
  const renamed = Eip712.struct('Sample2', SAMPLE.columns)
  assert.notDeepEqual(Eip712.digest(renamed, domain, message), Eip712.digest(SAMPLE, domain, message))
})

test('a message is read field by field, and none may be more or less', () => {
  const bad: [unknown, string][] = [
    [{ ...message, more: 1 }, 'field-unknown'],
    [{ ...message, ...(JSON.parse('{"__proto__":1}') as object) }, 'field-unknown'],
    [{ ...message, word: `0x${'AB'.repeat(32)}` }, 'field-pattern'],
    [{ ...message, word: 'ab'.repeat(32) }, 'field-pattern'],
    [{ ...message, who: `0x${'Cd'.repeat(20)}` }, 'field-pattern'],
    [{ ...message, count: -1 }, 'field-range'],
    [{ ...message, count: '7' }, 'field-type'],
    [{ ...message, count: 2 ** 53 }, 'field-type'],
    [{ ...message, yes: 'true' }, 'field-type'],
    [{ ...message, text: 'x'.repeat(1_025) }, 'field-range'],
    [{ text: 'x' }, 'field-missing'],
    [null, 'field-type'],
  ]
  for (const [given, code] of bad) {
    const parsed = Eip712.parseMessage(SAMPLE, given)
    assert.ok(!parsed.ok)
    assert.equal(parsed.error.code, code)
  }
  assert.deepEqual(Eip712.parseMessage(SAMPLE, message), { ok: true, value: message })
})

test('texts that are not well-formed are refused, although viem gives two of them one digest', () => {
  const typed = (text: string): Hex =>
    hashTypedData({ ...Eip712.typedData(SAMPLE, domain, message), message: { ...message, text } } as never)
  assert.equal(typed('\ud800'), typed('\ud801'))
  for (const text of ['\ud800', 'a\udc00', '\udc00\ud800']) {
    const parsed = Eip712.parseMessage(SAMPLE, { ...message, text })
    assert.deepEqual(parsed, { ok: false, error: { code: 'text-ill-formed', path: '/text' } })
    assert.throws(() => Eip712.digest(SAMPLE, domain, { ...message, text }), { code: 'typed-data-ill-formed' })
    assert.throws(() => Eip712.digest(SAMPLE, { ...domain, name: text }, message), { code: 'text-ill-formed' })
  }
})

test('a domain that is no domain is our own mistake', () => {
  assert.throws(() => Eip712.digest(SAMPLE, { ...domain, verifyingContract: '0x' }, message), { code: 'abi-address' })
  assert.throws(() => Eip712.digest(SAMPLE, { ...domain, chainId: -1 }, message), { code: 'abi-uint-range' })
})
