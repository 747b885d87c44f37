/**
 * Writes test/vectors/eip712.json: approvals and key bindings with their digests and signatures, and what is refused.
 *
 *     node scripts/vectors/eip712.ts
 *
 * Digests and signatures come from viem, and ethers must agree on every digest: nothing here is computed by the code
 * that these vectors test.
 */
import { TypedDataEncoder } from 'ethers'
import { hashTypedData, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import * as Bytes from '../../protocol/wire/bytes.ts'
import { addressOf, bytesOf, numberOf } from './chance.ts'
import { writeVectors, type VectorFile } from './write.ts'

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

type Field = { readonly name: string; readonly type: string }
type Message = { readonly [name: string]: string | number | boolean }
type Domain = {
  readonly name: string
  readonly version: string
  readonly chainId: number
  readonly verifyingContract: Hex
}

const APPROVAL: readonly Field[] = [
  { name: 'missionDigest', type: 'bytes32' },
  { name: 'attempt', type: 'uint64' },
  { name: 'approver', type: 'address' },
  { name: 'decision', type: 'string' },
  { name: 'reasonHash', type: 'bytes32' },
  { name: 'iUnderstandIt', type: 'bool' },
  { name: 'iCommitIt', type: 'bool' },
  { name: 'iAcceptItsConsequences', type: 'bool' },
  { name: 'textHash', type: 'bytes32' },
  { name: 'attentionHash', type: 'bytes32' },
  { name: 'deadline', type: 'uint64' },
]

const KEY_BINDING: readonly Field[] = [
  { name: 'identity', type: 'string' },
  { name: 'key', type: 'bytes32' },
  { name: 'purpose', type: 'string' },
  { name: 'notAfter', type: 'uint64' },
]

const CHAINS = [31_337, 1, 10]
const SIGNERS = Array.from({ length: 3 }, (_, i) => privateKeyToAccount(bytes32(`wallet ${i}`)))

export async function build(): Promise<VectorFile> {
  return {
    file: 'eip712',
    title: 'EIP-712 approvals and key bindings',
    conventions: {
      approval: typeOf('Approval', APPROVAL),
      key_binding: typeOf('KeyBinding', KEY_BINDING),
      domain: 'name "Genesis Final Gate" or "Genesis Identity Registry", version "1", chainId, verifyingContract',
      signature: '0x, r (32), s (32), v (1); low s, v 27 or 28',
      secrets: 'SHA-256("genesis vectors: wallet <n>"): known to everybody',
    },
    sections: [
      { name: 'approvals', basis: 'viem and ethers', cases: await approvals() },
      { name: 'key_bindings', basis: 'viem and ethers', cases: await keyBindings() },
      { name: 'signatures', basis: 'spec', cases: await signatures() },
      { name: 'messages_refused', basis: 'spec', cases: messagesRefused() },
    ],
  }
}

async function approvals(): Promise<object[]> {
  const numbers = [0, 1, 2 ** 53 - 1]
  const cases: Promise<object>[] = []
  for (let i = 0; i < 24; i++) {
    const name = `approval ${i}`
    const message = {
      missionDigest: bytes32(`${name} mission`),
      attempt: numbers[i % 3]!,
      approver: signer(i).address.toLowerCase(),
      decision: i % 2 === 0 ? 'approve' : 'reject',
      reasonHash: i % 5 === 0 ? `0x${'00'.repeat(32)}` : bytes32(`${name} reason`),
      iUnderstandIt: i % 8 < 7,
      iCommitIt: i % 4 < 3,
      iAcceptItsConsequences: i % 6 < 5,
      textHash: bytes32(`${name} text`),
      attentionHash: bytes32(`${name} attention`),
      deadline: i < 3 ? numbers[i]! : 1_700_000_000 + numberOf(name, 1_000_000_000),
    }
    cases.push(signed(gate(i), 'Approval', APPROVAL, message, i))
  }
  return Promise.all(cases)
}

async function keyBindings(): Promise<object[]> {
  const identities = ['human-7', 'a', 'machine:planner.1', 'x'.repeat(64)]
  const cases: Promise<object>[] = []
  for (let i = 0; i < 12; i++) {
    const message = {
      identity: identities[i % 4]!,
      key: bytes32(`key binding ${i}`),
      purpose: i % 2 === 0 ? 'browser' : 'cli',
      notAfter: i === 0 ? 0 : 1_700_000_000 + numberOf(`key binding ${i}`, 1_000_000_000),
    }
    cases.push(signed(registry(i), 'KeyBinding', KEY_BINDING, message, i))
  }
  return Promise.all(cases)
}

async function signed(
  domain: Domain,
  name: string,
  fields: readonly Field[],
  message: Message,
  i: number,
): Promise<object> {
  const types = { [name]: fields }
  const digest = hashTypedData({ domain, types, primaryType: name, message })
  const again = TypedDataEncoder.hash(domain, { [name]: [...fields] }, message)
  if (digest !== again) throw new Error('viem and ethers differ')
  return {
    domain,
    message,
    domain_separator: TypedDataEncoder.hashDomain(domain),
    struct_hash: TypedDataEncoder.hashStruct(name, { [name]: [...fields] }, message),
    digest,
    signer: signer(i).address.toLowerCase(),
    secret: bytes32(`wallet ${i % 3}`),
    signature: await signer(i).sign({ hash: digest }),
  }
}

/** One digest, many signatures over it: one spelling is accepted. */
async function signatures(): Promise<object[]> {
  const digest = bytes32('a digest to sign')
  const good = await signer(0).sign({ hash: digest })
  const address = signer(0).address.toLowerCase()
  const r = good.slice(2, 66)
  const s = good.slice(66, 130)
  const v = good.slice(130)
  const mirrored = word(ORDER - BigInt(`0x${s}`))
  const half = ORDER >> 1n
  const otherV = v === '1b' ? '1c' : '1b'
  const no = (why: string, signature: string, code: string): object => ({ why, digest, signature, accept: false, code })
  return [
    { why: 'as signed', digest, signature: good, accept: true, signer: address },
    { why: 's is half the order', digest, signature: `0x${r}${word(half)}${v}`, accept: true, signer: null },
    {
      why: 's is half the order less one',
      digest,
      signature: `0x${r}${word(half - 1n)}${v}`,
      accept: true,
      signer: null,
    },
    no('s is half the order plus one', `0x${r}${word(half + 1n)}${v}`, 'wallet-signature-high-s'),
    no('mirrored: high s, other v', `0x${r}${mirrored}${otherV}`, 'wallet-signature-high-s'),
    no('high s', `0x${r}${mirrored}${v}`, 'wallet-signature-high-s'),
    ...['00', '01', '1a', '1d', '23', '24', 'ff'].map((other) =>
      no(`v is 0x${other}`, `0x${r}${s}${other}`, 'wallet-signature-v'),
    ),
    no('r is zero', `0x${word(0n)}${s}${v}`, 'wallet-signature-range'),
    no('s is zero', `0x${r}${word(0n)}${v}`, 'wallet-signature-range'),
    no('r is the order', `0x${word(ORDER)}${s}${v}`, 'wallet-signature-range'),
    no('s is the order', `0x${r}${word(ORDER)}${v}`, 'wallet-signature-range'),
    no('no point has this r', `0x${word(5n)}${s}${v}`, 'wallet-signature-unrecoverable'),
    no('64 bytes (EIP-2098)', `0x${r}${s}`, 'wallet-signature-malformed'),
    no('66 bytes', `${good}00`, 'wallet-signature-malformed'),
    no('without prefix', good.slice(2), 'wallet-signature-malformed'),
    no('upper-case hex', `0x${good.slice(2).toUpperCase()}`, 'wallet-signature-malformed'),
    no('empty', '0x', 'wallet-signature-malformed'),
  ]
}

/** Messages that wallets would hash without a word. */
function messagesRefused(): object[] {
  const binding = { identity: 'human-7', key: bytes32('refused key'), purpose: 'browser', notAfter: 1_800_000_000 }
  const approval = {
    missionDigest: bytes32('refused mission'),
    attempt: 1,
    approver: addressOf('refused approver'),
    decision: 'approve',
    reasonHash: bytes32('refused reason'),
    iUnderstandIt: true,
    iCommitIt: true,
    iAcceptItsConsequences: true,
    textHash: bytes32('refused text'),
    attentionHash: bytes32('refused attention'),
    deadline: 1_800_000_000,
  }
  const noBinding = (why: string, change: object): object => ({
    why,
    struct: 'KeyBinding',
    message: { ...binding, ...change },
  })
  const noApproval = (why: string, change: object): object => ({
    why,
    struct: 'Approval',
    message: { ...approval, ...change },
  })
  const { deadline: _, ...withoutDeadline } = approval
  return [
    noBinding('lone high surrogate', { identity: 'human-\ud800' }),
    noBinding('lone low surrogate', { purpose: 'browser\udc00' }),
    noBinding('surrogates in the wrong order', { purpose: '\udc00\ud800' }),
    noBinding('identity empty', { identity: '' }),
    noBinding('identity of 65 characters', { identity: 'x'.repeat(65) }),
    noBinding('not-after below zero', { notAfter: -1 }),
    noBinding('not-after past the safe integers', { notAfter: 2 ** 53 }),
    noBinding('key in upper case', { key: binding.key.toUpperCase().replace('0X', '0x') }),
    noApproval('a third decision', { decision: 'abstain' }),
    noApproval('decision with a lone surrogate', { decision: 'approve\ud83d' }),
    noApproval('address with a checksum', { approver: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' }),
    noApproval('a statement as a number', { iCommitIt: 1 }),
    noApproval('attempt with a fraction', { attempt: 0.5 }),
    noApproval('a field more', { comment: 'x' }),
    { why: 'a field less', struct: 'Approval', message: withoutDeadline },
  ]
}

function gate(i: number): Domain {
  return { name: 'Genesis Final Gate', ...place(i, 'final gate') }
}

function registry(i: number): Domain {
  return { name: 'Genesis Identity Registry', ...place(i, 'identity registry') }
}

function place(i: number, contract: string): Omit<Domain, 'name'> {
  return { version: '1', chainId: CHAINS[i % 3]!, verifyingContract: addressOf(`${contract} ${i % 2}`) as Hex }
}

function signer(i: number): (typeof SIGNERS)[number] {
  return SIGNERS[i % 3]!
}

function typeOf(name: string, fields: readonly Field[]): string {
  return `${name}(${fields.map(({ name, type }) => `${type} ${name}`).join(',')})`
}

function bytes32(name: string): Hex {
  return `0x${Bytes.hex(bytesOf(name))}`
}

function word(value: bigint): string {
  return value.toString(16).padStart(64, '0')
}

if (import.meta.main) writeVectors(await build())
