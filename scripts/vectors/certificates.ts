/**
 * Writes test/vectors/certificates.json: one committee of fifteen, with certificates, proofs of possession and keys,
 * good and bad, for the TypeScript and the Solidity side alike.
 *
 *     node scripts/vectors/certificates.ts
 *
 * Only `accept` is binding; `code` is what protocol/wire answers. A form that cannot express a case is null there.
 */
import { publicKeyOf, secretFromEntropy, sign, SIGNATURE_TAG, sumKeys } from '../../protocol/wire/bls.ts'
import { G1, readKey, readSignature, writeSignature, type G1Point } from '../../protocol/wire/bls-point.ts'
import * as Bytes from '../../protocol/wire/bytes.ts'
import { BEACON_TAG } from '../../protocol/wire/beacon.ts'
import { certificateMessage, EPOCH_COMMITMENT, type CertificateSubject } from '../../protocol/wire/certificate.ts'
import { encodeG1, encodeG2 } from '../../protocol/wire/eip2537.ts'
import {
  possessionMessage,
  POSSESSION_TAG,
  provePossession,
  type PossessionClaim,
} from '../../protocol/wire/possession.ts'
import {
  MODULUS,
  narrowG1,
  narrowG2,
  reflag,
  strayG1,
  strayG2,
  wideG1,
  wideG2,
  xWithoutY,
} from './certificates/broken-points.ts'
import { CHAIN_ID, COMMITMENT_LOG, COMMITTEE_ID, MEMBERS, REGISTRY, THRESHOLD } from './certificates/committee.ts'
import { RFC_9380_POINTS, RFC_9380_TAG } from './certificates/hash-to-curve.ts'
import { addressOf, bytesOf, digestOf } from './chance.ts'
import { writeVectors, type VectorFile } from './write.ts'

const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
const ALL = MEMBERS.map(({ index }) => index)

const EPOCH: CertificateSubject = {
  purpose: EPOCH_COMMITMENT,
  chainId: CHAIN_ID,
  contract: COMMITMENT_LOG,
  committeeId: COMMITTEE_ID,
  subject: digestOf('commitment of epoch 7'),
  sequence: 7,
}
const MESSAGE = certificateMessage(EPOCH)

export function build(): VectorFile {
  return {
    file: 'certificates',
    title: 'Accountable BLS certificates, proofs of possession, points',
    conventions: {
      placement: 'public keys on G2, signatures on G1',
      tags: `certificates ${SIGNATURE_TAG}; possession ${POSSESSION_TAG}`,
      message:
        'SHA-256( SHA-256("genesis.certificate.v1") || SHA-256(purpose) || chain id (32) || contract (32, left-padded) || committee id (32) || subject (32) || sequence (32) )',
      possession:
        'SHA-256( SHA-256("genesis.possession.v1") || chain id (32) || registry (32, left-padded) || member (32, left-padded) || key (256, EIP-2537) )',
      committee_id: 'SHA-256( chain id (32) || registry (32, left-padded) || member 0 (32) || ... || member 14 (32) )',
      forms:
        'key, signature: compressed hex without prefix (96 and 48 bytes); *_eip2537: 0x and 256 or 128 bytes; null: this form cannot express the case',
      secrets:
        'IETF KeyGen (hkdf_mod_r of EIP-2333) from `entropy` = SHA-256("genesis vectors: committee member <index>")',
      addresses: 'accounts 0 to 14 of the mnemonic "test test test test test test test test test test test junk"',
      binding: 'accept only; code is what protocol/wire answers',
    },
    ...context(),
    sections: [
      { name: 'hash_to_curve', basis: 'RFC 9380 J.9.1', cases: hashToCurve() },
      { name: 'messages', basis: 'spec', cases: messages() },
      { name: 'certificates', basis: 'spec', cases: [...goodCertificates(), ...badCertificates(), ...badSignatures()] },
      { name: 'possessions', basis: 'spec', cases: possessions() },
      { name: 'keys', basis: 'spec', cases: keys() },
    ],
  }
}

function context(): object {
  return {
    context: {
      chain_id: CHAIN_ID,
      registry: REGISTRY,
      contract: COMMITMENT_LOG,
      committee_id: COMMITTEE_ID,
      threshold: THRESHOLD,
      key_sum_eip2537: hex0x(encodeG2(sumKeys(MEMBERS.map(({ point }) => point)))),
    },
    members: MEMBERS.map((member) => {
      const possession = provePossession(claimOf(member.index), member.secret)
      return {
        index: member.index,
        address: member.address,
        entropy: Bytes.hex(member.entropy),
        secret: Bytes.hex(member.secret),
        key: member.key,
        key_eip2537: hex0x(encodeG2(member.point)),
        possession,
        possession_eip2537: wideOf(possession),
      }
    }),
  }
}

function hashToCurve(): object[] {
  return RFC_9380_POINTS.map(({ msg, x, y }) => ({
    msg,
    tag: RFC_9380_TAG,
    point_eip2537: wideG1({ x: BigInt(`0x${x}`), y: BigInt(`0x${y}`) }),
  }))
}

function messages(): object[] {
  const variants: readonly CertificateSubject[] = [
    EPOCH,
    { ...EPOCH, sequence: 0 },
    { ...EPOCH, sequence: Number.MAX_SAFE_INTEGER },
    { ...EPOCH, chainId: 1 },
    { ...EPOCH, contract: addressOf('another contract') },
    { ...EPOCH, committeeId: digestOf('another committee') },
    { ...EPOCH, subject: digestOf('another commitment') },
    { ...EPOCH, purpose: 'anchor' },
  ]
  return variants.map((about) => ({
    purpose: about.purpose,
    chain_id: about.chainId,
    contract: about.contract,
    committee_id: about.committeeId,
    subject: about.subject,
    sequence: about.sequence,
    message: hex0x(certificateMessage(about)),
  }))
}

function goodCertificates(): object[] {
  const sets = [TEN, ALL, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14], [0, 2, 4, 6, 8, 10, 11, 12, 13, 14], ALL.slice(1)]
  const other = certificateMessage({ ...EPOCH, subject: digestOf('commitment of epoch 8'), sequence: 8 })
  return [
    ...sets.map((set) => certificate(`${set.length} signers`, bitsOf(set), signed(set), true)),
    certificate('another epoch, its own signatures', bitsOf(TEN), signed(TEN, other), true, { message: hex0x(other) }),
  ]
}

function badCertificates(): object[] {
  const no = (why: string, bitmap: number, signature: G1Point, code: string, more: object = {}): object =>
    certificate(why, bitmap, signature, false, { code, ...more })
  const ten = signed(TEN)
  const nine = TEN.slice(0, 9)
  return [
    no('nine signers', bitsOf(nine), signed(nine), 'certificate-below-threshold'),
    no('no bit', 0, ten, 'certificate-below-threshold'),
    no('ten bits, nine signatures', bitsOf(TEN), signed(nine), 'certificate-invalid'),
    no('ten bits, eleven signatures', bitsOf(TEN), signed([...TEN, 10]), 'certificate-invalid'),
    no('ten bits, one member twice for another', bitsOf(TEN), signed([...nine, 8]), 'certificate-invalid'),
    ...ALL.map((bit) =>
      no(
        `bit ${bit} flipped`,
        bitsOf(TEN) ^ (1 << bit),
        ten,
        bit < 10 ? 'certificate-below-threshold' : 'certificate-invalid',
      ),
    ),
    ...TEN.map((bit) =>
      no(`bit ${bit} moved to 12`, (bitsOf(TEN) ^ (1 << bit)) | (1 << 12), ten, 'certificate-invalid'),
    ),
    no('bit 15 set as well', bitsOf(TEN) | (1 << 15), ten, 'certificate-bit-out-of-range'),
    no('bit 15 instead of 9', bitsOf(nine) | (1 << 15), ten, 'certificate-bit-out-of-range'),
    no('bit 15 alone', 1 << 15, ten, 'certificate-bit-out-of-range'),
    no('bit 31 set as well', bitsOf(TEN) + 2 ** 31, ten, 'certificate-bit-out-of-range'),
    ...otherMessages().map(([why, message]) => no(why, bitsOf(TEN), signed(TEN, message), 'certificate-invalid')),
    no('message not hashed', bitsOf(TEN), signed(TEN, Bytes.utf8('genesis')), 'certificate-invalid'),
    no('tag of possession', bitsOf(TEN), signed(TEN, MESSAGE, POSSESSION_TAG), 'certificate-invalid'),
    no('tag of the beacon', bitsOf(TEN), signed(TEN, MESSAGE, BEACON_TAG), 'certificate-invalid'),
    no('negated sum', bitsOf(TEN), ten.negate(), 'certificate-invalid'),
    no('one share negated', bitsOf(TEN), signed(nine).add(signed([9]).negate()), 'certificate-invalid'),
    no('twice the sum', bitsOf(TEN), ten.double(), 'certificate-invalid'),
    no('the generator', bitsOf(TEN), G1.BASE, 'certificate-invalid'),
    no('member 3 without a valid key', bitsOf(TEN), ten, 'certificate-key-absent', { keys_absent: [3] }),
  ]
}

/** Signatures that cannot be read as a point at all. */
function badSignatures(): object[] {
  const bad = (why: string, signature: string | null, wide: string | null): object => ({
    why,
    message: hex0x(MESSAGE),
    bitmap: bitsOf(TEN),
    signature,
    signature_eip2537: wide,
    accept: false,
    code: 'certificate-malformed',
  })
  const good = signed(TEN)
  const { x, y } = good.toAffine()
  const text = writeSignature(good)
  const stray = strayG1()
  const missing = xWithoutY()
  return [
    bad('point at infinity', `c0${'00'.repeat(47)}`, wideG1({ x: 0n, y: 0n })),
    bad(
      'infinity flag on a point',
      reflag(text, (top) => top | 0x40),
      null,
    ),
    bad('infinity with the larger-root flag', `e0${'00'.repeat(47)}`, null),
    bad(
      'without the compressed flag',
      reflag(text, (top) => top & 0x7f),
      null,
    ),
    bad('x + p', null, wideG1({ x: x + MODULUS, y })),
    bad('y + p', null, wideG1({ x, y: y + MODULUS })),
    ...shortX(bad),
    bad('outside the subgroup', narrowG1(stray), wideG1(stray)),
    bad('outside the subgroup, added to a good sum', ...bothForms(G1.fromAffine(stray).add(good))),
    bad('x without y', narrowG1({ x: missing, y: 0n }), wideG1({ x: missing, y: 1n })),
    bad('not on the curve', null, wideG1({ x, y: y + 1n })),
    bad('x and y exchanged', null, wideG1({ x: y, y: x })),
    bad('padding not zero', null, `0x01${wideG1({ x, y }).slice(4)}`),
    bad('compressed flag in the coordinate', null, wideG1({ x: x + (1n << 383n), y })),
    bad('infinity flag in the coordinate', null, wideG1({ x: 1n << 382n, y: 0n })),
    bad('one byte short', text.slice(2), wideG1({ x, y }).slice(0, -2)),
    bad('one byte long', `${text}00`, `${wideG1({ x, y })}00`),
    bad('empty', '', '0x'),
    bad('upper-case hex', text.toUpperCase(), null),
  ]
}

/** x + p fits the 381 bits of the compressed form only where x is small: the first subject whose sum is. */
function shortX(bad: (why: string, signature: string, wide: null) => object): object[] {
  for (let i = 0; ; i++) {
    const about = { ...EPOCH, subject: digestOf(`short x ${i}`) }
    const message = certificateMessage(about)
    const { x, y } = signed(TEN, message).toAffine()
    if (x + MODULUS >= 1n << 381n) continue
    return [{ ...bad('x + p, compressed', narrowG1({ x: x + MODULUS, y }), null), message: hex0x(message) }]
  }
}

function possessions(): object[] {
  const entry = (why: string, claim: PossessionClaim, signature: string, accept: boolean): object => ({
    why,
    key: claim.key,
    key_eip2537: hex0x(encodeG2(pointOf(claim.key))),
    member: claim.member,
    chain_id: claim.chainId,
    registry: claim.contract,
    message: hex0x(possessionMessage(claim)),
    signature,
    signature_eip2537: wideOf(signature),
    accept,
  })
  const claim = claimOf(0)
  const { secret } = MEMBERS[0]!
  const proof = provePossession(claim, secret)
  const message = possessionMessage(claim)
  return [
    ...MEMBERS.map((member) =>
      entry(
        `member ${member.index}`,
        claimOf(member.index),
        provePossession(claimOf(member.index), member.secret),
        true,
      ),
    ),
    entry('replayed by another member', { ...claim, member: MEMBERS[1]!.address }, proof, false),
    entry('replayed on another chain', { ...claim, chainId: 1 }, proof, false),
    entry('replayed at another registry', { ...claim, contract: addressOf('another registry') }, proof, false),
    entry('proof for another key', { ...claim, key: MEMBERS[1]!.key }, proof, false),
    entry('made with another secret', claim, sign(message, MEMBERS[1]!.secret, POSSESSION_TAG), false),
    entry('tag of certificates', claim, sign(message, secret, SIGNATURE_TAG), false),
    entry('negated', claim, writeSignature(readOf(proof).negate()), false),
    entry('over the key alone', claim, sign(encodeG2(pointOf(claim.key)), secret, POSSESSION_TAG), false),
  ]
}

function keys(): object[] {
  const entry = (why: string, key: string | null, wide: string | null, accept: boolean): object => ({
    why,
    key,
    key_eip2537: wide,
    accept,
  })
  const no = (why: string, key: string | null, wide: string | null): object => entry(why, key, wide, false)
  const { key, point } = MEMBERS[0]!
  const { x, y } = point.toAffine()
  const stray = strayG2()
  const another = publicKeyOf(secretFromEntropy(bytesOf('another key')))
  return [
    entry('member 0', key, wideG2({ x, y }), true),
    entry('another', another, hex0x(encodeG2(pointOf(another))), true),
    entry('negated: a key of its own', narrowG2(point.negate().toAffine()), wideG2(point.negate().toAffine()), true),
    no('point at infinity', `c0${'00'.repeat(95)}`, wideG2({ x: { c0: 0n, c1: 0n }, y: { c0: 0n, c1: 0n } })),
    no('outside the subgroup', narrowG2(stray), wideG2(stray)),
    no(
      'x.c0 + p',
      narrowG2({ x: { c0: x.c0 + MODULUS, c1: x.c1 }, y }),
      wideG2({ x: { c0: x.c0 + MODULUS, c1: x.c1 }, y }),
    ),
    no('x.c1 + p', null, wideG2({ x: { c0: x.c0, c1: x.c1 + MODULUS }, y })),
    no('y.c0 + p', null, wideG2({ x, y: { c0: y.c0 + MODULUS, c1: y.c1 } })),
    no('y.c1 + p', null, wideG2({ x, y: { c0: y.c0, c1: y.c1 + MODULUS } })),
    no('not on the curve', null, wideG2({ x, y: { c0: y.c0 + 1n, c1: y.c1 } })),
    no('c0 and c1 exchanged', null, wideG2({ x: { c0: x.c1, c1: x.c0 }, y: { c0: y.c1, c1: y.c0 } })),
    no(
      'without the compressed flag',
      reflag(key, (top) => top & 0x7f),
      null,
    ),
    no(
      'infinity flag on a point',
      reflag(key, (top) => top | 0x40),
      null,
    ),
    no('padding not zero', null, `0x80${wideG2({ x, y }).slice(4)}`),
    no('infinity flag in the coordinate', null, wideG2({ x: { c0: 0n, c1: 1n << 382n }, y: { c0: 0n, c1: 0n } })),
    no('one byte short', key.slice(2), wideG2({ x, y }).slice(0, -2)),
    no('one byte long', `${key}00`, `${wideG2({ x, y })}00`),
    no('empty', '', '0x'),
  ]
}

function otherMessages(): [string, Uint8Array][] {
  return [
    ['signed for another purpose', certificateMessage({ ...EPOCH, purpose: 'anchor' })],
    ['signed for another chain', certificateMessage({ ...EPOCH, chainId: 1 })],
    ['signed for another contract', certificateMessage({ ...EPOCH, contract: addressOf('another contract') })],
    ['signed for another committee', certificateMessage({ ...EPOCH, committeeId: digestOf('another committee') })],
    ['signed for another commitment', certificateMessage({ ...EPOCH, subject: digestOf('another commitment') })],
    ['signed for another epoch', certificateMessage({ ...EPOCH, sequence: 8 })],
  ]
}

function certificate(why: string, bitmap: number, signature: G1Point, accept: boolean, more: object = {}): object {
  const [compressed, wide] = bothForms(signature)
  return { why, message: hex0x(MESSAGE), bitmap, signature: compressed, signature_eip2537: wide, accept, ...more }
}

/** The sum of these members' signatures, a member counted as often as it is named. */
function signed(members: readonly number[], message = MESSAGE, tag = SIGNATURE_TAG): G1Point {
  return members.reduce((sum, i) => sum.add(readOf(sign(message, MEMBERS[i]!.secret, tag))), G1.ZERO)
}

function claimOf(index: number): PossessionClaim {
  const { key, address } = MEMBERS[index]!
  return { key, member: address, chainId: CHAIN_ID, contract: REGISTRY }
}

function bitsOf(members: readonly number[]): number {
  return members.reduce((bits, member) => bits | (1 << member), 0)
}

function bothForms(point: G1Point): [string, string] {
  const affine = point.toAffine()
  return [narrowG1(affine), wideG1(affine)]
}

function wideOf(signature: string): string {
  return hex0x(encodeG1(readOf(signature)))
}

function readOf(signature: string): G1Point {
  const point = readSignature(signature)
  if (!point.ok) throw new Error(point.error.code)
  return point.value
}

function pointOf(key: string): (typeof MEMBERS)[number]['point'] {
  const point = readKey(key)
  if (!point.ok) throw new Error(point.error.code)
  return point.value
}

function hex0x(bytes: Uint8Array): string {
  return `0x${Bytes.hex(bytes)}`
}

if (import.meta.main) writeVectors(build())
