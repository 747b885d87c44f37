import { expect } from 'chai'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { sign } from '../../../protocol/wire/bls.ts'
import { POSSESSION_TAG } from '../../../protocol/wire/possession.ts'
import { at, CHAINS, openChain, type Chain } from '../../support/contracts/chains.ts'
import {
  ALL,
  bitmapOf,
  certify,
  keyBytes,
  member,
  messageOf,
  opposite,
  possessionOf,
  PURPOSE,
  registryWithKeys,
  signedBy,
  sumOf,
  TEN,
} from '../../support/contracts/committee.ts'

const SUBJECT = `0x${'a7'.repeat(32)}`
const OTHER = `0x${'a8'.repeat(32)}`
const CONSUMER = `0x${'c0'.repeat(20)}`
const SEQUENCE = 12

/** The field's order, 48 bytes. */
const MODULUS = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn

for (const { name, about } of CHAINS) {
  describe(`Certificates on ${about}`, () => {
    let chain: Chain
    before(async () => {
      chain = await openChain(name)
    })

    const full = async () => {
      const committee = await registryWithKeys(chain)
      const claim = {
        chainId: chain.chainId,
        committeeId: committee.committeeId,
        contract: CONSUMER,
        subject: SUBJECT,
        sequence: SEQUENCE,
      }
      return { ...committee, claim }
    }
    type Registry = Awaited<ReturnType<typeof full>>['registry']

    const verify = async (registry: Registry, bitmap: number | bigint, signature: string) =>
      registry.getFunction('verifyCertificate')(PURPOSE, CONSUMER, SUBJECT, SEQUENCE, bitmap, signature)

    /** The same in a block of its own, so that the block's time is known. */
    const verifyInBlock = async (registry: Registry, bitmap: number, signature: string, gasLimit = 1_000_000) =>
      chain.account(0).sendTransaction({
        to: await registry.getAddress(),
        gasLimit,
        data: registry.interface.encodeFunctionData('verifyCertificate', [
          PURPOSE,
          CONSUMER,
          SUBJECT,
          SEQUENCE,
          bitmap,
          signature,
        ]),
      })

    it('returns for ten, eleven … fifteen signers, whoever they are', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      for (const signers of [
        TEN,
        [5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
        [0, 1, 3, 4, 6, 7, 9, 10, 12, 13],
        ALL.slice(0, 11),
        ALL.slice(0, 14),
        ALL.slice(1),
        ALL,
      ]) {
        const { bitmap, signature } = certify(claim, signers)
        await verify(registry, bitmap, signature)
      }
    })

    it('states the message that members sign', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      expect(await registry.getFunction('certificateDigest')(PURPOSE, CONSUMER, SUBJECT, SEQUENCE)).to.equal(
        `0x${Bytes.hex(messageOf(claim))}`,
      )
    })

    it('refuses nine signers, however well they signed', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const { bitmap, signature } = certify(claim, ALL.slice(0, 9))
      await expect(verify(registry, bitmap, signature))
        .to.be.revertedWithCustomError(registry, 'SignersBelowThreshold')
        .withArgs(9, 10)
      await expect(verify(registry, 0, signature))
        .to.be.revertedWithCustomError(registry, 'SignersBelowThreshold')
        .withArgs(0, 10)
    })

    it('refuses ten bits over nine signatures, eleven over ten, and ten over eleven', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      for (const [bits, signers] of [
        [10, 9],
        [11, 10],
        [10, 11],
      ] as const) {
        const { signature } = certify(claim, ALL.slice(0, signers))
        await expect(verify(registry, bitmapOf(ALL.slice(0, bits)), signature)).to.be.revertedWithCustomError(
          registry,
          'CertificateInvalid',
        )
      }
    })

    it('refuses each single wrong bit', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const { bitmap, signature } = certify(claim, ALL.slice(0, 11))
      for (const index of ALL) {
        await expect(verify(registry, bitmap ^ (1 << index), signature)).to.be.revertedWithCustomError(
          registry,
          'CertificateInvalid',
        )
      }
    })

    it('refuses bits that name no member, from 15 up', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const { bitmap, signature } = certify(claim)
      for (const bit of [15n, 16n, 31n, 255n]) {
        const given = BigInt(bitmap) | (1n << bit)
        await expect(verify(registry, given, signature))
          .to.be.revertedWithCustomError(registry, 'BitOutOfRange')
          .withArgs(given, 15)
      }
    })

    it('refuses a signature of another length', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const { bitmap, signature } = certify(claim)
      for (const [length, given] of [
        [0, '0x'],
        [127, signature.slice(0, -2)],
        [129, `${signature}00`],
      ] as const) {
        await expect(verify(registry, bitmap, given))
          .to.be.revertedWithCustomError(registry, 'PointLength')
          .withArgs(length, 128)
      }
    })

    it('refuses a signature over anything else: purpose, chain, consumer, committee, subject, sequence, tag', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      for (const other of [
        { ...claim, purpose: 'anchor' },
        { ...claim, chainId: claim.chainId + 1 },
        { ...claim, contract: `0x${'c1'.repeat(20)}` },
        { ...claim, committeeId: OTHER },
        { ...claim, subject: OTHER },
        { ...claim, sequence: SEQUENCE + 1 },
      ]) {
        const { bitmap, signature } = certify(other)
        await expect(verify(registry, bitmap, signature)).to.be.revertedWithCustomError(registry, 'CertificateInvalid')
      }
      const message = messageOf(claim)
      const shares = TEN.map((index) => sign(message, member(index).secret, POSSESSION_TAG))
      await expect(verify(registry, bitmapOf(TEN), sumOf(shares))).to.be.revertedWithCustomError(
        registry,
        'CertificateInvalid',
      )
    })

    it('cannot be replayed to a registry with the same members and keys on the same chain', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const { bitmap, signature } = certify(claim)
      await verify(registry, bitmap, signature)
      const twin = await registryWithKeys(chain)
      await expect(verify(twin.registry, bitmap, signature)).to.be.revertedWithCustomError(
        registry,
        'CertificateInvalid',
      )
    })

    it('refuses a member that signs twice in the place of another', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const doubled = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8].map(member)
      await expect(verify(registry, bitmapOf(TEN), signedBy(messageOf(claim), doubled))).to.be.revertedWithCustomError(
        registry,
        'CertificateInvalid',
      )
    })

    it('refuses the neutral element and the negated signature', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const { bitmap, signature } = certify(claim)
      const y = MODULUS - BigInt(`0x${signature.slice(130)}`)
      const negated = `${signature.slice(0, 130)}${y.toString(16).padStart(128, '0')}`
      for (const given of [`0x${'00'.repeat(128)}`, negated]) {
        await expect(verify(registry, bitmap, given)).to.be.revertedWithCustomError(registry, 'CertificateInvalid')
      }
    })

    it('refuses coordinates that are not below the order, points off the curve, a key in its place', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const { bitmap, signature } = certify(claim)
      const x = BigInt(signature.slice(0, 130))
      const y = BigInt(`0x${signature.slice(130)}`)
      const point = (...coordinates: readonly bigint[]) =>
        `0x${coordinates.map((one) => one.toString(16).padStart(128, '0')).join('')}`
      for (const given of [
        point(x + MODULUS, y),
        point(x, y + MODULUS),
        point(x | (1n << 384n), y),
        point(x, y | (1n << 511n)),
        point(x, y + 1n),
        point(y, x),
        point(0n, 1n),
        // (0, 2) is on the curve y² = x³ + 4, and not in the subgroup.
        point(0n, 2n),
        keyBytes(member(0).key).slice(0, 258),
      ]) {
        await expect(verify(registry, bitmap, given)).to.be.revertedWithCustomError(registry, 'PointMalformed')
      }
    })

    it('spends a bounded amount of gas on a malformed point', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const { bitmap } = certify(claim)
      const used = async (signature: string) => {
        await expect(verifyInBlock(registry, bitmap, signature, 10_000_000)).to.be.revertedWithCustomError(
          registry,
          'PointMalformed',
        )
        return Number((await chain.ethers.provider.getBlock('latest'))?.gasUsed)
      }
      const malformed = `0x${'00'.repeat(127)}01`
      expect(await used(malformed)).to.be.within(250_000, 320_000)
    })

    it('never returns with too little gas, whatever the amount', async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      const good = certify(claim)
      const bad = certify({ ...claim, subject: OTHER })
      const returns = async ({ bitmap, signature }: typeof good, gasLimit: number) =>
        registry
          .getFunction('verifyCertificate')
          .staticCall(PURPOSE, CONSUMER, SUBJECT, SEQUENCE, bitmap, signature, { gasLimit })
          .then(
            () => true,
            () => false,
          )
      expect(await returns(good, 300_000)).to.equal(true)
      for (let gasLimit = 30_000; gasLimit < 400_000; gasLimit += 9_973) {
        expect(await returns(bad, gasLimit), String(gasLimit)).to.equal(false)
      }
    })

    it('refuses a signer that never registered a key', async () => {
      const { registry, committeeId } = await registryWithKeys(chain, ALL.slice(0, 10))
      const claim = { chainId: chain.chainId, committeeId, contract: CONSUMER, subject: SUBJECT, sequence: SEQUENCE }
      const ten = certify(claim)
      await verify(registry, ten.bitmap, ten.signature)
      const eleven = certify(claim, ALL.slice(0, 11))
      await expect(verify(registry, eleven.bitmap, eleven.signature))
        .to.be.revertedWithCustomError(registry, 'KeyAbsent')
        .withArgs(10)
    })

    it("refuses a revoked signer's certificate, and takes one without that signer", async () => {
      const { registry, claim } = await chain.helpers.loadFixture(full)
      await registry.connect(chain.account(9)).getFunction('revokeKey')()
      const { bitmap, signature } = certify(claim)
      await expect(verify(registry, bitmap, signature))
        .to.be.revertedWithCustomError(registry, 'KeyRevokedBefore')
        .withArgs(9)
      const without = certify(claim, [0, 1, 2, 3, 4, 5, 6, 7, 8, 14])
      await verify(registry, without.bitmap, without.signature)
    })

    it('counts a key up to its last second, and not a second longer', async () => {
      for (const [offset, valid] of [
        [-1, true],
        [0, true],
        [1, false],
      ] as const) {
        const { registry, address, committeeId } = await registryWithKeys(chain, ALL.slice(1))
        const claim = { chainId: chain.chainId, committeeId, contract: CONSUMER, subject: SUBJECT, sequence: SEQUENCE }
        const notAfter = (await chain.time.latest()) + 1_000
        const proof = possessionOf(member(0), member(0).address, address, chain.chainId)
        await registry.connect(chain.account(0)).getFunction('registerKey')(keyBytes(member(0).key), proof, notAfter)
        const { bitmap, signature } = certify(claim)
        const verified = at(chain, notAfter + offset, async () => verifyInBlock(registry, bitmap, signature))
        if (valid) {
          await expect(verified).not.to.revert(chain.ethers)
        } else {
          await expect(verified).to.be.revertedWithCustomError(registry, 'KeyExpired').withArgs(0, notAfter)
        }
      }
    })

    it('can be deceived about who signed only by members who collude', async () => {
      // Members 0 and 1 register sk and −sk: each proves possession honestly, and their keys cancel out.
      const { registry, address, committeeId } = await registryWithKeys(chain, ALL.slice(2))
      const cancelling = opposite(member(0))
      for (const [index, holder] of [
        [0, member(0)],
        [1, cancelling],
      ] as const) {
        const proof = possessionOf(holder, member(index).address, address, chain.chainId)
        await registry.connect(chain.account(index)).getFunction('registerKey')(
          keyBytes(holder.key),
          proof,
          (await chain.time.latest()) + 1_000,
        )
      }
      const claim = { chainId: chain.chainId, committeeId, contract: CONSUMER, subject: SUBJECT, sequence: SEQUENCE }
      // Eight real signatures pass for ten, if the two lend their bits: both are named as signers, nobody else is.
      const eight = ALL.slice(2, 10).map(member)
      await verify(registry, bitmapOf(TEN), signedBy(messageOf(claim), eight))
    })

    it('refuses ten who collude so far that nothing is left to sign with', async () => {
      // Five pairs of sk and −sk: their keys add up to nothing, and the neutral element would be their signature.
      const { registry, address } = await registryWithKeys(chain, [])
      for (const index of TEN) {
        const holder = index % 2 === 0 ? member(index) : opposite(member(index - 1))
        const proof = possessionOf(holder, member(index).address, address, chain.chainId)
        await registry.connect(chain.account(index)).getFunction('registerKey')(
          keyBytes(holder.key),
          proof,
          (await chain.time.latest()) + 1_000,
        )
      }
      await expect(verify(registry, bitmapOf(TEN), `0x${'00'.repeat(128)}`)).to.be.revertedWithCustomError(
        registry,
        'CertificateInvalid',
      )
    })
  })
}
