import { expect } from 'chai'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { publicKeyOf, secretFromEntropy } from '../../../protocol/wire/bls.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { at, CHAINS, DAY, openChain, type Chain } from '../../support/contracts/chains.ts'
import {
  ALL,
  addresses,
  bitmapOf,
  certify,
  deployRegistry,
  keyBytes,
  MAX_KEY_DAYS,
  member,
  possessionOf,
  PURPOSE,
  registryWithKeys,
  THRESHOLD,
} from '../../support/contracts/committee.ts'

const NEUTRAL_KEY = `0x${'00'.repeat(256)}`
const NEUTRAL_SIGNATURE = `0x${'00'.repeat(128)}`
const SUBJECT = `0x${'5b'.repeat(32)}`

/** A further key of a member, as it makes one to rotate. */
function spare(name: string) {
  const secret = secretFromEntropy(Sha256.hash(Bytes.utf8(name)))
  return { secret, key: publicKeyOf(secret) }
}

for (const { name, about } of CHAINS) {
  describe(`Committee keys on ${about}`, () => {
    let chain: Chain
    before(async () => {
      chain = await openChain(name)
    })

    const empty = async () => {
      const registry = await deployRegistry(chain)
      return { registry, address: await registry.getAddress() }
    }
    const full = async () => registryWithKeys(chain)

    type Registry = Awaited<ReturnType<typeof deployRegistry>>

    /** Registers this key as member `index` with its honest proof, unless told otherwise. */
    async function register(
      registry: Registry,
      index: number,
      given: { key?: string; proof?: string; notAfter?: number; holder?: { secret: Uint8Array; key: string } } = {},
    ) {
      const holder = given.holder ?? member(index)
      const proof =
        given.proof ?? possessionOf(holder, chain.account(index).address, await registry.getAddress(), chain.chainId)
      const notAfter = given.notAfter ?? (await chain.time.latest()) + 30 * DAY
      return registry.connect(chain.account(index)).getFunction('registerKey')(
        given.key ?? keyBytes(holder.key),
        proof,
        notAfter,
      )
    }

    describe('the constructor', () => {
      it('refuses a threshold below two thirds or above the members', async () => {
        for (const threshold of [9, 16]) {
          const { registry } = await chain.helpers.loadFixture(empty)
          await expect(chain.ethers.deployContract('CommitteeRegistry', [addresses(), threshold, MAX_KEY_DAYS]))
            .to.be.revertedWithCustomError(registry, 'ThresholdOutOfRange')
            .withArgs(threshold, 10, 15)
        }
        for (const threshold of [10, 11, 14, 15]) {
          const registry = await chain.ethers.deployContract('CommitteeRegistry', [
            addresses(),
            threshold,
            MAX_KEY_DAYS,
          ])
          expect(await registry.getFunction('threshold')()).to.equal(threshold)
        }
      })

      it('refuses a missing or repeated member', async () => {
        const { registry } = await chain.helpers.loadFixture(empty)
        const missing = addresses().with(14, chain.ethers.ZeroAddress)
        await expect(chain.ethers.deployContract('CommitteeRegistry', [missing, THRESHOLD, MAX_KEY_DAYS]))
          .to.be.revertedWithCustomError(registry, 'MemberMissing')
          .withArgs(14)
        const twice = addresses().with(14, addresses()[3]!)
        await expect(chain.ethers.deployContract('CommitteeRegistry', [twice, THRESHOLD, MAX_KEY_DAYS]))
          .to.be.revertedWithCustomError(registry, 'MemberListedTwice')
          .withArgs(chain.account(3).address)
      })

      it('names the committee by chain, registry and members', async () => {
        const { registry, address } = await chain.helpers.loadFixture(empty)
        const words = [chain.chainId, address, ...addresses()].map((word) => chain.ethers.toBeHex(word, 32))
        expect(await registry.getFunction('committeeId')()).to.equal(chain.ethers.sha256(chain.ethers.concat(words)))
        expect([...(await registry.getFunction('members')())].map((one: string) => one.toLowerCase())).to.deep.equal(
          addresses(),
        )
      })
    })

    describe('registerKey', () => {
      it('registers a key and tells it whole', async () => {
        const { registry } = await chain.helpers.loadFixture(empty)
        const key = keyBytes(member(4).key)
        const notAfter = (await chain.time.latest()) + 30 * DAY
        await expect(register(registry, 4, { notAfter }))
          .to.emit(registry, 'KeyRegistered')
          .withArgs(4, chain.ethers.keccak256(key), key, notAfter)
        expect(await registry.getFunction('keyOf')(4)).to.deep.equal([key, BigInt(notAfter), false])
        expect(await registry.getFunction('keyOf')(5)).to.deep.equal(['0x', 0n, false])
        expect(await registry.getFunction('validKeys')()).to.equal(1 << 4)
      })

      it('refuses whoever is no member', async () => {
        const { registry } = await chain.helpers.loadFixture(empty)
        await expect(register(registry, 15, { holder: member(0) }))
          .to.be.revertedWithCustomError(registry, 'NotAMember')
          .withArgs(chain.account(15).address)
      })

      it('refuses other lengths, one byte less and one byte more', async () => {
        const { registry } = await chain.helpers.loadFixture(empty)
        const key = keyBytes(member(0).key)
        const proof = NEUTRAL_SIGNATURE
        for (const [length, given] of [
          [255, key.slice(0, -2)],
          [257, `${key}00`],
          [0, '0x'],
        ] as const) {
          await expect(register(registry, 0, { key: given }))
            .to.be.revertedWithCustomError(registry, 'PointLength')
            .withArgs(length, 256)
        }
        for (const [length, given] of [
          [127, proof.slice(0, -2)],
          [129, `${proof}00`],
          [0, '0x'],
        ] as const) {
          await expect(register(registry, 0, { proof: given }))
            .to.be.revertedWithCustomError(registry, 'PointLength')
            .withArgs(length, 128)
        }
      })

      it('takes a key from the next second up to ninety days, and no other', async () => {
        for (const [offset, taken] of [
          [-1, false],
          [0, false],
          [1, true],
          [MAX_KEY_DAYS * DAY - 1, true],
          [MAX_KEY_DAYS * DAY, true],
          [MAX_KEY_DAYS * DAY + 1, false],
        ] as const) {
          const { registry } = await chain.helpers.loadFixture(empty)
          const now = (await chain.time.latest()) + 10
          const registered = at(chain, now, async () => register(registry, 0, { notAfter: now + offset }))
          if (taken) {
            await expect(registered).to.emit(registry, 'KeyRegistered')
          } else {
            await expect(registered)
              .to.be.revertedWithCustomError(registry, 'NotAfterOutOfRange')
              .withArgs(now + offset, now, now + MAX_KEY_DAYS * DAY)
          }
        }
      })

      it('refuses the neutral element, for which the neutral element is a proof', async () => {
        const { registry } = await chain.helpers.loadFixture(empty)
        await expect(
          register(registry, 0, { key: NEUTRAL_KEY, proof: NEUTRAL_SIGNATURE }),
        ).to.be.revertedWithCustomError(registry, 'KeyIsNeutral')
      })

      it('refuses a neutral proof of a good key', async () => {
        const { registry } = await chain.helpers.loadFixture(empty)
        await expect(register(registry, 0, { proof: NEUTRAL_SIGNATURE })).to.be.revertedWithCustomError(
          registry,
          'PossessionInvalid',
        )
      })

      it('refuses a proof made for another key, member, registry or chain', async () => {
        const { registry, address } = await chain.helpers.loadFixture(empty)
        const { address: owner } = member(0)
        const borrowed = [
          possessionOf(member(1), owner, address, chain.chainId),
          possessionOf(member(0), member(1).address, address, chain.chainId),
          possessionOf(member(0), owner, addresses()[7]!, chain.chainId),
          possessionOf(member(0), owner, address, chain.chainId + 1),
        ]
        for (const proof of borrowed) {
          await expect(register(registry, 0, { proof })).to.be.revertedWithCustomError(registry, 'PossessionInvalid')
        }
      })

      it("refuses a member that registers another's key without its secret", async () => {
        const { registry, address } = await chain.helpers.loadFixture(empty)
        const proof = possessionOf(member(1), member(1).address, address, chain.chainId)
        await expect(register(registry, 0, { key: keyBytes(member(1).key), proof })).to.be.revertedWithCustomError(
          registry,
          'PossessionInvalid',
        )
      })

      it('takes a key once: not again, not by another member, not after it was retired or revoked', async () => {
        const { registry, address } = await chain.helpers.loadFixture(empty)
        const keyHash = chain.ethers.keccak256(keyBytes(member(0).key))
        const refused = async (index: number) =>
          expect(
            register(registry, index, {
              holder: member(0),
              proof: possessionOf(member(0), member(index).address, address, chain.chainId),
            }),
          )
            .to.be.revertedWithCustomError(registry, 'KeyUsedBefore')
            .withArgs(keyHash)

        await register(registry, 0)
        await refused(0)
        await refused(1)
        await register(registry, 0, { holder: spare('rotation') })
        await refused(0)
        await registry.connect(chain.account(0)).getFunction('revokeKey')()
        await refused(0)
      })

      it('retires the former key at once', async () => {
        const { registry, address, committeeId } = await chain.helpers.loadFixture(full)
        const fresh = spare('rotation')
        const about = { chainId: chain.chainId, committeeId, contract: address, subject: SUBJECT, sequence: 1 }
        const verify = async ({ bitmap, signature }: { bitmap: number; signature: string }) =>
          registry.getFunction('verifyCertificate')(PURPOSE, address, SUBJECT, 1, bitmap, signature)
        await verify(certify(about))
        await register(registry, 3, { holder: fresh })
        await expect(verify(certify(about))).to.be.revertedWithCustomError(registry, 'CertificateInvalid')
        // Those who do not need member 3 are not touched by its rotation.
        await verify(certify(about, [0, 1, 2, 4, 5, 6, 7, 8, 9, 10]))
        expect((await registry.getFunction('keyOf')(3))[0]).to.equal(keyBytes(fresh.key))
      })

      it('lets a stack of rotations stand as the keys last registered', async () => {
        const { registry } = await chain.helpers.loadFixture(full)
        for (let round = 0; round < 3; round++) {
          for (const index of [0, 7, 14]) await register(registry, index, { holder: spare(`${index} ${round}`) })
        }
        for (const index of ALL) {
          const expected = [0, 7, 14].includes(index) ? spare(`${index} 2`).key : member(index).key
          expect((await registry.getFunction('keyOf')(index))[0]).to.equal(keyBytes(expected))
        }
      })
    })

    describe('revokeKey', () => {
      it('revokes and tells the key whole', async () => {
        const { registry } = await chain.helpers.loadFixture(full)
        const key = keyBytes(member(14).key)
        await expect(registry.connect(chain.account(14)).getFunction('revokeKey')())
          .to.emit(registry, 'KeyRevoked')
          .withArgs(14, chain.ethers.keccak256(key), key)
        expect((await registry.getFunction('keyOf')(14))[2]).to.equal(true)
        expect(await registry.getFunction('validKeys')()).to.equal(bitmapOf(ALL) & ~(1 << 14))
      })

      it('is for members with a key that is not revoked', async () => {
        const { registry } = await chain.helpers.loadFixture(empty)
        const revoke = async (index: number) => registry.connect(chain.account(index)).getFunction('revokeKey')()
        await expect(revoke(15)).to.be.revertedWithCustomError(registry, 'NotAMember')
        await expect(revoke(2)).to.be.revertedWithCustomError(registry, 'NoKeyToRevoke').withArgs(2)
        await register(registry, 2)
        await revoke(2)
        await expect(revoke(2)).to.be.revertedWithCustomError(registry, 'NoKeyToRevoke').withArgs(2)
      })

      it('can follow expiry: a compromise is made known whenever it is found', async () => {
        const { registry } = await chain.helpers.loadFixture(empty)
        const notAfter = (await chain.time.latest()) + 100
        await register(registry, 2, { notAfter })
        await chain.time.increaseTo(notAfter + 1)
        await expect(registry.connect(chain.account(2)).getFunction('revokeKey')()).to.emit(registry, 'KeyRevoked')
      })

      it('is healed by another key', async () => {
        const { registry } = await chain.helpers.loadFixture(full)
        await registry.connect(chain.account(0)).getFunction('revokeKey')()
        await register(registry, 0, { holder: spare('after') })
        expect((await registry.getFunction('keyOf')(0))[2]).to.equal(false)
        expect(await registry.getFunction('validKeys')()).to.equal(bitmapOf(ALL))
      })
    })

    it('tells every key window in its logs', async () => {
      const { registry } = await chain.helpers.loadFixture(full)
      await register(registry, 1, { holder: spare('one') })
      await registry.connect(chain.account(2)).getFunction('revokeKey')()
      await register(registry, 3, { notAfter: (await chain.time.latest()) + 5, holder: spare('three') })
      await chain.time.increase(10)

      const known = new Map<number, { key: string; notAfter: bigint; revoked: boolean }>()
      for (const log of await registry.queryFilter('*')) {
        const parsed = registry.interface.parseLog(log)
        const index = Number(parsed!.args.member)
        const { key, notAfter } = parsed!.args as unknown as { key: string; notAfter: bigint }
        if (parsed!.name === 'KeyRegistered') known.set(index, { key, notAfter, revoked: false })
        else known.set(index, { ...known.get(index)!, revoked: true })
      }
      const now = BigInt(await chain.time.latest())
      let valid = 0
      for (const index of ALL) {
        const { key, notAfter, revoked } = known.get(index)!
        expect(await registry.getFunction('keyOf')(index)).to.deep.equal([key, notAfter, revoked])
        if (!revoked && notAfter >= now) valid |= 1 << index
      }
      expect(await registry.getFunction('validKeys')()).to.equal(valid)
      expect(valid).to.equal(bitmapOf(ALL.filter((index) => index !== 2 && index !== 3)))
    })
  })
}
