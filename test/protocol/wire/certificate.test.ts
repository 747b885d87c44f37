import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { encodeAbiParameters, type Hex } from 'viem'
import { publicKeyOf, sign } from '../../../protocol/wire/bls.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import * as Certificate from '../../../protocol/wire/certificate.ts'
import { decodeG1, decodeG2 } from '../../../protocol/wire/eip2537.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import { casesOf, vectorFile } from '../../support/vectors.ts'

type Vectors = {
  context: { chain_id: number; registry: string; contract: string; committee_id: Digest; threshold: number }
  members: { index: number; address: string; secret: string; key: string; key_eip2537: string }[]
}
type Case = {
  why: string
  message: string
  bitmap: number
  signature: string | null
  signature_eip2537: string | null
  keys_absent?: number[]
  accept: boolean
  code?: string
}

const { context, members } = vectorFile('certificates') as Vectors
const keys = members.map(({ key }) => key)
const bytesOf = (text: string): Uint8Array => {
  const raw = Bytes.fromHex(text.replace(/^0x/, ''))
  assert.ok(raw.ok)
  return raw.value
}
const secretOf = (index: number): Uint8Array => bytesOf(members[index]!.secret)
const about: Certificate.CertificateSubject = {
  purpose: Certificate.EPOCH_COMMITMENT,
  chainId: context.chain_id,
  contract: context.contract,
  committeeId: context.committee_id,
  subject: `sha256:${'ab'.repeat(32)}` as Digest,
  sequence: 3,
}
const message = Certificate.certificateMessage(about)
const by = (...indexes: number[]): Certificate.Certificate => {
  const shares = indexes.map((member) => ({ member, signature: sign(message, secretOf(member)) }))
  const assembled = Certificate.assemble(shares)
  assert.ok(assembled.ok)
  return assembled.value
}
const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
const codeOf = (result: ReturnType<typeof Certificate.verifyCertificate>): string =>
  result.ok ? 'accepted' : result.error.code

for (const entry of casesOf('certificates', 'certificates') as readonly Case[]) {
  const { why, bitmap, signature, signature_eip2537 } = entry
  const known = keys.map((key, i) => (entry.keys_absent?.includes(i) === true ? undefined : key))

  test(`a certificate is ${entry.accept ? 'accepted' : 'refused'}: ${why}`, () => {
    if (signature !== null) {
      const given = { bitmap, signature } as Certificate.Certificate
      const result = Certificate.verifyCertificate(given, bytesOf(entry.message), known, context.threshold)
      assert.equal(codeOf(result), entry.code ?? 'accepted')
    }
    if (signature_eip2537 !== null) {
      const decoded = decodeG1(bytesOf(signature_eip2537))
      if (decoded.ok && signature !== null) assert.equal(decoded.value, signature)
      if (entry.accept) assert.ok(decoded.ok)
      if (entry.code === 'certificate-malformed') assert.equal(decoded.ok, false)
    }
  })
}

test('the message is seven words, hashed', () => {
  type Message = {
    purpose: string
    chain_id: number
    contract: Hex
    committee_id: string
    subject: string
    sequence: number
    message: string
  }
  const sha = (...parts: (string | Uint8Array)[]): Buffer =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
  const cases = casesOf('certificates', 'messages') as readonly Message[]
  for (const given of cases) {
    const words = encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'address' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }],
      [
        BigInt(given.chain_id),
        given.contract,
        `0x${given.committee_id.slice(7)}`,
        `0x${given.subject.slice(7)}`,
        BigInt(given.sequence),
      ],
    )
    const expected = sha(sha('genesis.certificate.v1'), sha(given.purpose), bytesOf(words)).toString('hex')
    assert.equal(given.message, `0x${expected}`)
    const computed = Certificate.certificateMessage({
      purpose: given.purpose,
      chainId: given.chain_id,
      contract: given.contract,
      committeeId: given.committee_id as Digest,
      subject: given.subject as Digest,
      sequence: given.sequence,
    })
    assert.equal(Bytes.hex(computed), expected)
  }
  assert.equal(new Set(cases.map(({ message }) => message)).size, cases.length, 'every field matters')
})

test('a committee is named by its chain, its registry and its members in order', () => {
  const addresses = members.map(({ address }) => address)
  const named = Certificate.committeeId(context.chain_id, context.registry, addresses)
  assert.equal(named, context.committee_id)
  const words = encodeAbiParameters(
    [{ type: 'uint256' }, { type: 'address' }, ...addresses.map(() => ({ type: 'address' }) as const)],
    [BigInt(context.chain_id), context.registry, ...addresses],
  )
  const expected = createHash('sha256').update(bytesOf(words)).digest('hex')
  assert.equal(named, `sha256:${expected}`)
  assert.notEqual(Certificate.committeeId(1, context.registry, addresses), named)
  assert.notEqual(Certificate.committeeId(context.chain_id, context.registry, addresses.toReversed()), named)
  assert.notEqual(Certificate.committeeId(context.chain_id, context.contract, addresses), named)
})

test('the keys of the vectors are the keys of their secrets, in both forms', () => {
  for (const { secret, key, key_eip2537 } of members) {
    assert.equal(publicKeyOf(bytesOf(secret)), key)
    assert.deepEqual(decodeG2(bytesOf(key_eip2537)), { ok: true, value: key })
  }
})

test('nine are too few, ten are enough, fifteen are as good', () => {
  assert.equal(
    codeOf(Certificate.verifyCertificate(by(...TEN.slice(1)), message, keys, 10)),
    'certificate-below-threshold',
  )
  assert.equal(codeOf(Certificate.verifyCertificate(by(...TEN), message, keys, 10)), 'accepted')
  assert.equal(codeOf(Certificate.verifyCertificate(by(...TEN, 10, 11, 12, 13, 14), message, keys, 10)), 'accepted')
})

test('a member without a valid key counts for nothing, and one that did not sign may have none', () => {
  const given = by(...TEN)
  const without = (absent: number): (string | undefined)[] => keys.map((key, i) => (i === absent ? undefined : key))
  assert.equal(codeOf(Certificate.verifyCertificate(given, message, without(9), 10)), 'certificate-key-absent')
  assert.equal(codeOf(Certificate.verifyCertificate(given, message, without(10), 10)), 'accepted')
  const broken = keys.map((key, i) => (i === 4 ? `c0${'00'.repeat(95)}` : key))
  assert.equal(codeOf(Certificate.verifyCertificate(given, message, broken, 10)), 'certificate-key-invalid')
})

test('a rotated key does not stand for the old one', () => {
  const rotated = keys.map((key, i) => (i === 0 ? keys[14] : key))
  assert.equal(codeOf(Certificate.verifyCertificate(by(...TEN), message, rotated, 10)), 'certificate-invalid')
})

test('a bit beyond the committee is refused even for a smaller committee', () => {
  assert.equal(codeOf(Certificate.verifyCertificate(by(...TEN), message, keys.slice(0, 10), 10)), 'accepted')
  assert.equal(
    codeOf(Certificate.verifyCertificate(by(...TEN), message, keys.slice(0, 9), 10)),
    'certificate-bit-out-of-range',
  )
})

test('what is not exactly a bitmap and a signature is malformed', () => {
  const { bitmap, signature } = by(...TEN)
  const bad: unknown[] = [
    null,
    [],
    { bitmap },
    { signature },
    { bitmap, signature, signers: 10 },
    { bitmap: String(bitmap), signature },
    { bitmap: -1, signature },
    { bitmap: 0.5, signature },
    { bitmap: 2 ** 32, signature },
    { bitmap, signature: `0x${signature}` },
    { bitmap, signature: signature.toUpperCase() },
  ]
  for (const given of bad) {
    const parsed = Certificate.parseCertificate(given)
    assert.ok(!parsed.ok)
    assert.equal(parsed.error.code, 'certificate-malformed')
    assert.equal(
      codeOf(Certificate.verifyCertificate(given as Certificate.Certificate, message, keys, 10)),
      'certificate-malformed',
    )
  }
  assert.deepEqual(Certificate.parseCertificate({ bitmap, signature }), { ok: true, value: { bitmap, signature } })
})

test('the bitmap names the signers', () => {
  assert.deepEqual(Certificate.signersOf(by(14, 0, 7).bitmap), [0, 7, 14])
  assert.deepEqual(Certificate.signersOf(0), [])
  assert.deepEqual(Certificate.signersOf(2 ** 31), [31])
})

test('shares are put together in any order, each member once', () => {
  assert.deepEqual(by(3, 1, 2), by(1, 2, 3))
  const share = { member: 1, signature: sign(message, secretOf(1)) }
  assert.throws(() => Certificate.assemble([share, share]), { code: 'certificate-member' })
  for (const member of [-1, 32, 0.5]) {
    assert.throws(() => Certificate.assemble([{ ...share, member }]), { code: 'certificate-member' })
  }
  const nonsense = Certificate.assemble([{ member: 1, signature: 'x' }])
  assert.equal(nonsense.ok, false)
})

test('a certificate is never checked against nonsense of our own', () => {
  const given = by(...TEN)
  for (const threshold of [0, -1, Number.NaN]) {
    assert.throws(() => Certificate.verifyCertificate(given, message, keys, threshold), { code: 'certificate-context' })
  }
  assert.throws(() => Certificate.verifyCertificate(given, message.subarray(1), keys, 10), {
    code: 'certificate-context',
  })
  const crowd = Array.from({ length: 33 }, () => keys[0])
  assert.throws(() => Certificate.verifyCertificate(given, message, crowd, 10), { code: 'certificate-context' })
})

test('two members whose keys cancel out can lend each other bits, but frame no honest member', () => {
  const order = bls12_381.fields.Fr.ORDER
  const secret = BigInt(`0x${members[0]!.secret}`)
  const opposite = bytesOf((order - secret).toString(16).padStart(64, '0'))
  const colluding = keys.with(1, publicKeyOf(opposite))
  const eight = by(2, 3, 4, 5, 6, 7, 8, 9)
  const lent = { ...eight, bitmap: eight.bitmap + 3 }
  assert.equal(codeOf(Certificate.verifyCertificate(lent, message, colluding, 10)), 'accepted', 'known and documented')
  const framed = { ...eight, bitmap: eight.bitmap + 3 - 4 + 1024 }
  assert.equal(codeOf(Certificate.verifyCertificate(framed, message, colluding, 10)), 'certificate-invalid')
})

test('ten members who are five pairs that cancel out certify nothing', () => {
  const order = bls12_381.fields.Fr.ORDER
  const paired = keys.map((key, i) => {
    if (i >= 10) return key
    const secret = BigInt(`0x${members[i >> 1]!.secret}`)
    return publicKeyOf(bytesOf((i % 2 === 0 ? secret : order - secret).toString(16).padStart(64, '0')))
  })
  const given = { ...by(0), bitmap: 1023 }
  assert.equal(codeOf(Certificate.verifyCertificate(given, message, paired, 10)), 'certificate-invalid')
})
