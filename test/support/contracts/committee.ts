/** The committee of the vectors on a test chain: its keys, proofs of possession and certificates. */
import { aggregate, publicKeyOf, sign } from '../../../protocol/wire/bls.ts'
import { readKey, readSignature } from '../../../protocol/wire/bls-point.ts'
import { certificateMessage, EPOCH_COMMITMENT } from '../../../protocol/wire/certificate.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { encodeG1, encodeG2 } from '../../../protocol/wire/eip2537.ts'
import { provePossession } from '../../../protocol/wire/possession.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { MEMBERS } from '../../../scripts/vectors/certificates/committee.ts'
import type { ContractTransactionResponse } from 'ethers'
import { DAY, type Chain } from './chains.ts'

export { MEMBERS }

export const THRESHOLD = 10
export const MAX_KEY_DAYS = 90
export const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
export const ALL = MEMBERS.map(({ index }) => index)

/** SHA-256 of the purpose, as contracts take it. */
export const PURPOSE = `0x${Bytes.hex(Sha256.hash(Bytes.utf8(EPOCH_COMMITMENT)))}`

type Holder = { readonly secret: Uint8Array; readonly key: string }

export function member(index: number): (typeof MEMBERS)[number] {
  const found = MEMBERS[index]
  if (found === undefined) throw new Error(`no member ${index}`)
  return found
}

/** A key in the form that contracts take: 256 bytes. */
export function keyBytes(key: string): string {
  const point = readKey(key)
  if (!point.ok) throw new Error(point.error.code)
  return `0x${Bytes.hex(encodeG2(point.value))}`
}

/** A signature in the form that contracts take: 128 bytes. */
export function signatureBytes(signature: string): string {
  const point = readSignature(signature)
  if (!point.ok) throw new Error(point.error.code)
  return `0x${Bytes.hex(encodeG1(point.value))}`
}

export function possessionOf(holder: Holder, address: string, registry: string, chainId: number): string {
  const claim = { key: holder.key, member: address.toLowerCase(), chainId, contract: registry.toLowerCase() }
  return signatureBytes(provePossession(claim, holder.secret))
}

export type Claim = {
  readonly chainId: number
  readonly committeeId: string
  readonly contract: string
  /** 0x and 64 hex characters. */
  readonly subject: string
  readonly sequence: number
  readonly purpose?: string
}

/** The 32 bytes that members sign. */
export function messageOf(claim: Claim): Uint8Array {
  return certificateMessage({
    purpose: claim.purpose ?? EPOCH_COMMITMENT,
    chainId: claim.chainId,
    contract: claim.contract.toLowerCase(),
    committeeId: digest(claim.committeeId),
    subject: digest(claim.subject),
    sequence: claim.sequence,
  })
}

/** The sum of these holders' signatures over a message. */
export function signedBy(message: Uint8Array, holders: readonly { readonly secret: Uint8Array }[]): string {
  return sumOf(holders.map(({ secret }) => sign(message, secret)))
}

/** The sum of signatures, in the form that contracts take. */
export function sumOf(signatures: readonly string[]): string {
  const sum = aggregate(signatures)
  if (!sum.ok) throw new Error(sum.error.code)
  return signatureBytes(sum.value)
}

/** The holder of the key that cancels this one's. */
export function opposite({ secret }: Pick<Holder, 'secret'>): Holder {
  const negated = SUBGROUP_ORDER - BigInt(`0x${Bytes.hex(secret)}`)
  const bytes = Bytes.fromHex(negated.toString(16).padStart(64, '0'))
  if (!bytes.ok) throw new Error(bytes.error.code)
  return { secret: bytes.value, key: publicKeyOf(bytes.value) }
}

/** r, the order of the subgroups. */
const SUBGROUP_ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n

/** A certificate by these members. */
export function certify(claim: Claim, signers: readonly number[] = TEN): { bitmap: number; signature: string } {
  return { bitmap: bitmapOf(signers), signature: signedBy(messageOf(claim), signers.map(member)) }
}

export function bitmapOf(signers: readonly number[]): number {
  return signers.reduce((bitmap, index) => bitmap | (1 << index), 0)
}

export async function deployRegistry(chain: Chain) {
  return chain.ethers.deployContract('CommitteeRegistry', [addresses(), THRESHOLD, MAX_KEY_DAYS])
}

/** The registry with the keys of these members, each valid for almost `MAX_KEY_DAYS`. */
export async function registryWithKeys(chain: Chain, of: readonly number[] = ALL) {
  const registry = await deployRegistry(chain)
  const address = await registry.getAddress()
  for (const index of of) {
    const now = await chain.time.latest()
    const { key, address: owner } = member(index)
    const proof = possessionOf(member(index), owner, address, chain.chainId)
    const sent: unknown = await registry.connect(chain.account(index)).getFunction('registerKey')(
      keyBytes(key),
      proof,
      now + MAX_KEY_DAYS * DAY,
    )
    await (sent as ContractTransactionResponse).wait()
  }
  return { registry, address, committeeId: (await registry.getFunction('committeeId')()) as string }
}

export function addresses(): string[] {
  return MEMBERS.map(({ address }) => address)
}

function digest(bytes32: string): Sha256.Digest {
  const parsed = Sha256.parseDigest(`sha256:${bytes32.slice(2)}`)
  if (!parsed.ok) throw new Error(parsed.error.code)
  return parsed.value
}
