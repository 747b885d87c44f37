/** The shared vectors of test/vectors/certificates.json, answered by the contracts: the same as protocol/wire answers. */
import { expect } from 'chai'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { digestOf } from '../../../scripts/vectors/chance.ts'
import { REGISTRY } from '../../../scripts/vectors/certificates/committee.ts'
import { createAt, DAY, openChain, type Chain } from '../../support/contracts/chains.ts'
import {
  addresses,
  ALL,
  keyBytes,
  MAX_KEY_DAYS,
  member,
  possessionOf,
  THRESHOLD,
} from '../../support/contracts/committee.ts'
import { casesOf } from '../../support/vectors.ts'

type PointCase = { msg: string; tag: string; point_eip2537: string }
type MessageCase = {
  purpose: string
  chain_id: number
  contract: string
  committee_id: string
  subject: string
  sequence: number
  message: string
}
type CertificateCase = {
  why: string
  message: string
  bitmap: number
  signature_eip2537: string | null
  accept: boolean
  keys_absent?: readonly number[]
}
type PossessionCase = {
  why: string
  key_eip2537: string | null
  member: string
  chain_id: number
  registry: string
  signature_eip2537: string | null
  accept: boolean
}
type KeyCase = { why: string; key_eip2537: string | null; accept: boolean }

const hashOf = (text: string) => `0x${Bytes.hex(Sha256.hash(Bytes.utf8(text)))}`
const wordOf = (digest: string) => `0x${digest.slice('sha256:'.length)}`

/** The message of the one accepted certificate over another claim than the file's first: its epoch is number 8. */
const EPOCH_EIGHT = (casesOf('certificates', 'certificates') as CertificateCase[]).find(({ why }) =>
  why.startsWith('another epoch'),
)!.message

describe('The vectors of certificates.json', () => {
  let chain: Chain
  before(async () => {
    chain = await openChain('l1')
  })

  /** The vectors name a registry's address, so that is where it has to stand. */
  const registryAt = async () => {
    const factory = await chain.ethers.getContractFactory('CommitteeRegistry')
    const { data } = await factory.getDeployTransaction(addresses(), THRESHOLD, MAX_KEY_DAYS)
    await createAt(chain, REGISTRY, data)
    return chain.ethers.getContractAt('CommitteeRegistry', REGISTRY)
  }

  const registryWithKeysAt = async () => {
    const registry = await registryAt()
    for (const index of ALL) await register(registry, index)
    return registry
  }

  const register = async (registry: Awaited<ReturnType<typeof registryAt>>, index: number) => {
    const { key, address } = member(index)
    const proof = possessionOf(member(index), address, REGISTRY, chain.chainId)
    await registry.connect(chain.account(index)).getFunction('registerKey')(
      keyBytes(key),
      proof,
      (await chain.time.latest()) + DAY,
    )
  }

  it('hashes to the points that RFC 9380 gives', async () => {
    const harness = await chain.ethers.deployContract('BlsHarness')
    for (const { msg, tag, point_eip2537 } of casesOf('certificates', 'hash_to_curve') as PointCase[]) {
      const hash = await harness.getFunction('hashToG1')(chain.ethers.toUtf8Bytes(msg), chain.ethers.toUtf8Bytes(tag))
      expect(hash, msg).to.equal(point_eip2537)
    }
  })

  it('stands at the address, with the committee, that the vectors name', async () => {
    const registry = await chain.helpers.loadFixture(registryAt)
    const words = [chain.chainId, REGISTRY, ...addresses()].map((word) => chain.ethers.toBeHex(word, 32))
    expect(await registry.getFunction('committeeId')()).to.equal(chain.ethers.sha256(chain.ethers.concat(words)))
  })

  it('hashes each certificate of this committee and chain to the same message', async () => {
    const registry = await chain.helpers.loadFixture(registryAt)
    const committeeId = (await registry.getFunction('committeeId')()) as string
    const ours = (casesOf('certificates', 'messages') as MessageCase[]).filter(
      (one) => one.chain_id === chain.chainId && one.committee_id === `sha256:${committeeId.slice(2)}`,
    )
    expect(ours.length).to.be.greaterThan(1)
    for (const one of ours) {
      const digest = registry.getFunction('certificateDigest')
      expect(await digest(hashOf(one.purpose), one.contract, wordOf(one.subject), one.sequence)).to.equal(one.message)
    }
  })

  it('judges every certificate like protocol/wire', async () => {
    const claims = casesOf('certificates', 'messages') as MessageCase[]
    const epochEight = { ...claims[0]!, subject: digestOf('commitment of epoch 8'), sequence: 8, message: EPOCH_EIGHT }
    // A form that cannot express the case is null.
    // Those that need a smaller committee come last: going back to it forgets the full one.
    const cases = (casesOf('certificates', 'certificates') as CertificateCase[])
      .filter((one) => one.signature_eip2537 !== null)
      .toSorted((a, b) => (a.keys_absent?.length ?? 0) - (b.keys_absent?.length ?? 0))
    for (const { why, bitmap, signature_eip2537, accept, keys_absent = [], ...one } of cases) {
      const registry =
        keys_absent.length === 0
          ? await chain.helpers.loadFixture(registryWithKeysAt)
          : await chain.helpers.loadFixture(registryAt)
      if (keys_absent.length > 0) {
        for (const index of ALL) if (!keys_absent.includes(index)) await register(registry, index)
      }
      // The contract hashes the claim itself, for its own chain and committee. Another's claim is asked for as ours.
      const claim = [...claims, epochEight].find(({ message }) => message === one.message) ?? claims[0]!
      const about = [hashOf(claim.purpose), claim.contract, wordOf(claim.subject), claim.sequence]
      const accepted = await registry
        .getFunction('verifyCertificate')(...about, bitmap, signature_eip2537)
        .then(
          () => true,
          (fault: { data?: string }) => {
            // A refusal by name, never an empty revert.
            expect(registry.interface.parseError(fault.data ?? '0x')?.name, why).to.be.a('string')
            return false
          },
        )
      expect(accepted, why).to.equal(accept)
    }
    expect(cases.length).to.be.greaterThan(60)
  })

  it('judges every proof of possession like protocol/wire', async () => {
    let judged = 0
    for (const one of casesOf('certificates', 'possessions') as PossessionCase[]) {
      if (one.key_eip2537 === null || one.signature_eip2537 === null) continue
      if (one.chain_id !== chain.chainId || one.registry !== REGISTRY) continue
      const registry = await chain.helpers.loadFixture(registryAt)
      const owner = chain.signers.find(({ address }) => address.toLowerCase() === one.member)
      if (owner === undefined) continue
      const registered = registry.connect(owner).getFunction('registerKey')(
        one.key_eip2537,
        one.signature_eip2537,
        (await chain.time.latest()) + DAY,
      )
      if (one.accept) await expect(registered, one.why).to.emit(registry, 'KeyRegistered')
      else await expect(registered, one.why).to.be.revert(chain.ethers)
      judged += 1
    }
    expect(judged).to.be.greaterThan(10)
  })

  it('takes no key that protocol/wire does not', async () => {
    const { address } = member(0)
    for (const one of casesOf('certificates', 'keys') as KeyCase[]) {
      if (one.key_eip2537 === null || one.accept) continue
      const registry = await chain.helpers.loadFixture(registryAt)
      const proof = possessionOf(member(0), address, REGISTRY, chain.chainId)
      await expect(
        registry.connect(chain.account(0)).getFunction('registerKey')(
          one.key_eip2537,
          proof,
          (await chain.time.latest()) + DAY,
        ),
        one.why,
      ).to.be.revert(chain.ethers)
    }
  })
})
