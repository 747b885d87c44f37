import { expect } from 'chai'
import { CHAINS, openChain, type Chain } from '../../support/contracts/chains.ts'
import { ALL, certify, registryWithKeys, TEN } from '../../support/contracts/committee.ts'
import { FIRST_END, hashOf, recordOf, ZERO_HASH, type RecordStruct } from '../../support/contracts/records.ts'

/** What EpochCommitted tells, as ethers gives it. */
type Told = {
  epoch: bigint
  commitmentHash: string
  record: { toObject(): Omit<RecordStruct, 'endsAt'> & { endsAt: bigint } }
}

const LAST_MINUTE = 253_402_300_740

for (const { name, about } of CHAINS) {
  describe(`The commitment log on ${about}`, () => {
    let chain: Chain
    before(async () => {
      chain = await openChain(name)
    })

    const empty = async () => {
      const committee = await registryWithKeys(chain)
      const log = await chain.ethers.deployContract('CommitmentLog', [committee.address])
      return { ...committee, log, contract: await log.getAddress() }
    }
    type Deployed = Awaited<ReturnType<typeof empty>>

    const certificateFor = (
      { committeeId, contract }: Deployed,
      epoch: number,
      record: RecordStruct,
      signers: readonly number[] = TEN,
    ) => certify({ chainId: chain.chainId, committeeId, contract, subject: hashOf(record), sequence: epoch }, signers)

    const send = async ({ log }: Deployed, epoch: number, record: RecordStruct, bitmap: number, signature: string) =>
      log.getFunction('publish')(epoch, record, bitmap, signature)

    const publish = async (deployed: Deployed, epoch: number, record: RecordStruct, signers = TEN) => {
      const { bitmap, signature } = certificateFor(deployed, epoch, record, signers)
      return send(deployed, epoch, record, bitmap, signature)
    }

    const withTwoEpochs = async () => {
      const deployed = await empty()
      const first = recordOf(0, ZERO_HASH)
      const second = recordOf(1, hashOf(first))
      await publish(deployed, 0, first)
      await publish(deployed, 1, second)
      return { ...deployed, first, second }
    }

    const head = async ({ log }: Deployed) => [...(await log.getFunction('head')())]

    it('names committee and purpose', async () => {
      const { log, address } = await chain.helpers.loadFixture(empty)
      expect(await log.getFunction('committee')()).to.equal(address)
      expect(await log.getFunction('PURPOSE')()).to.equal(
        chain.ethers.sha256(chain.ethers.toUtf8Bytes('epoch-commitment')),
      )
    })

    it('begins empty', async () => {
      const deployed = await chain.helpers.loadFixture(empty)
      expect(await head(deployed)).to.deep.equal([0n, ZERO_HASH, 0n])
      expect(await deployed.log.getFunction('commitmentOf')(0)).to.equal(ZERO_HASH)
    })

    it('keeps the hash of the canonical record and tells the record whole', async () => {
      const deployed = await chain.helpers.loadFixture(empty)
      const record = recordOf(0, ZERO_HASH)
      await expect(publish(deployed, 0, record, ALL.slice(2, 14)))
        .to.emit(deployed.log, 'EpochCommitted')
        .withArgs(
          0,
          hashOf(record),
          (told: unknown[]) => {
            expect(told.map(String)).to.deep.equal(Object.values(record).map(String))
            return true
          },
          0b011_1111_1111_1100,
          certificateFor(deployed, 0, record, ALL.slice(2, 14)).signature,
        )
      expect(await head(deployed)).to.deep.equal([1n, hashOf(record), BigInt(FIRST_END)])
      expect(await deployed.log.getFunction('commitmentOf')(0)).to.equal(hashOf(record))
      expect(await deployed.log.getFunction('epochCount')()).to.equal(1)
    })

    it('can be rebuilt from its logs', async () => {
      const { log } = await chain.helpers.loadFixture(withTwoEpochs)
      let previous = ZERO_HASH
      let epochs = 0
      for (const entry of await log.queryFilter('EpochCommitted')) {
        const args = log.interface.parseLog(entry)!.args as unknown as Told
        const record = args.record.toObject()
        expect(args.epoch).to.equal(epochs)
        expect(record.previousCommitmentHash).to.equal(previous)
        expect(hashOf({ ...record, endsAt: Number(record.endsAt) })).to.equal(args.commitmentHash)
        previous = args.commitmentHash
        epochs += 1
      }
      expect(epochs).to.equal(2)
    })

    it('takes the same epoch twice as nothing, whoever sends it with whatever certificate', async () => {
      const deployed = await chain.helpers.loadFixture(withTwoEpochs)
      const before = await head(deployed)
      for (const [epoch, record] of [
        [0, deployed.first],
        [1, deployed.second],
      ] as const) {
        await expect(publish(deployed, epoch, record)).not.to.emit(deployed.log, 'EpochCommitted')
        const sent = await send(deployed, epoch, record, 0, '0x')
        expect((await sent.wait())?.logs).to.have.lengthOf(0)
      }
      expect(await head(deployed)).to.deep.equal(before)
    })

    it('refuses another record for a known epoch, even well certified', async () => {
      const deployed = await chain.helpers.loadFixture(withTwoEpochs)
      for (const [epoch, kept] of [
        [0, deployed.first],
        [1, deployed.second],
      ] as const) {
        const other = { ...kept, missionEventRoot: ZERO_HASH }
        await expect(publish(deployed, epoch, other))
          .to.be.revertedWithCustomError(deployed.log, 'EpochAlreadyCommitted')
          .withArgs(epoch, hashOf(kept), hashOf(other))
      }
    })

    it('refuses an epoch that is not the next', async () => {
      const deployed = await chain.helpers.loadFixture(withTwoEpochs)
      for (const epoch of [3, 4, 1_000_000]) {
        await expect(publish(deployed, epoch, recordOf(epoch, hashOf(deployed.second))))
          .to.be.revertedWithCustomError(deployed.log, 'EpochOutOfOrder')
          .withArgs(epoch, 2)
      }
      await expect(publish(deployed, 2, recordOf(2, hashOf(deployed.second)))).to.emit(deployed.log, 'EpochCommitted')
    })

    it('refuses a record that does not follow the head', async () => {
      const deployed = await chain.helpers.loadFixture(withTwoEpochs)
      for (const previous of [ZERO_HASH, hashOf(deployed.first)]) {
        await expect(publish(deployed, 2, recordOf(2, previous)))
          .to.be.revertedWithCustomError(deployed.log, 'PreviousHashMismatch')
          .withArgs(previous, hashOf(deployed.second))
      }
      const fresh = await chain.helpers.loadFixture(empty)
      await expect(publish(fresh, 0, recordOf(0, hashOf(recordOf(0, ZERO_HASH)))))
        .to.be.revertedWithCustomError(fresh.log, 'PreviousHashMismatch')
        .withArgs(hashOf(recordOf(0, ZERO_HASH)), ZERO_HASH)
    })

    it('takes an end a minute later than the last, none that is the same or earlier', async () => {
      for (const [minutes, taken] of [
        [-1, false],
        [0, false],
        [1, true],
      ] as const) {
        const deployed = await chain.helpers.loadFixture(withTwoEpochs)
        const endsAt = deployed.second.endsAt + 60 * minutes
        const published = publish(deployed, 2, recordOf(2, hashOf(deployed.second), { endsAt }))
        if (taken) await expect(published).to.emit(deployed.log, 'EpochCommitted')
        else {
          await expect(published)
            .to.be.revertedWithCustomError(deployed.log, 'EndNotLater')
            .withArgs(endsAt, deployed.second.endsAt)
        }
      }
    })

    it('refuses an end that is no whole minute, a second before and after one', async () => {
      const deployed = await chain.helpers.loadFixture(empty)
      for (const endsAt of [FIRST_END - 1, FIRST_END + 1, FIRST_END + 59]) {
        await expect(send(deployed, 0, recordOf(0, ZERO_HASH, { endsAt }), 0, '0x'))
          .to.be.revertedWithCustomError(deployed.log, 'EndNotWholeMinute')
          .withArgs(endsAt)
      }
    })

    it('refuses an end after the year 9999, and a first one at the beginning of time', async () => {
      const deployed = await chain.helpers.loadFixture(empty)
      const last = recordOf(0, ZERO_HASH, { endsAt: LAST_MINUTE })
      for (const endsAt of [LAST_MINUTE + 60, 18_446_744_073_709_551_600n]) {
        await expect(deployed.log.getFunction('publish')(0, { ...last, endsAt }, 0, '0x'))
          .to.be.revertedWithCustomError(deployed.log, 'EndOutOfRange')
          .withArgs(endsAt)
      }
      await expect(publish(deployed, 0, recordOf(0, ZERO_HASH, { endsAt: 0 }))).to.be.revertedWithCustomError(
        deployed.log,
        'EndNotLater',
      )
      await expect(publish(deployed, 0, last)).to.emit(deployed.log, 'EpochCommitted')
    })

    it('takes rounds up to the largest integer of records', async () => {
      const largest = 2n ** 53n - 1n
      for (const [publicBeaconRound, taken] of [
        [0n, true],
        [largest - 1n, true],
        [largest, true],
        [largest + 1n, false],
        [2n ** 64n - 1n, false],
      ] as const) {
        const deployed = await chain.helpers.loadFixture(empty)
        const record = recordOf(0, ZERO_HASH, { publicBeaconRound })
        if (taken) await expect(publish(deployed, 0, record)).to.emit(deployed.log, 'EpochCommitted')
        else {
          await expect(send(deployed, 0, record, 0, '0x'))
            .to.be.revertedWithCustomError(deployed.log, 'RoundOutOfRange')
            .withArgs(publicBeaconRound)
        }
      }
    })

    it('refuses what the registry refuses, by the same name, and keeps nothing', async () => {
      const deployed = await chain.helpers.loadFixture(withTwoEpochs)
      const record = recordOf(2, hashOf(deployed.second))
      const good = certificateFor(deployed, 2, record)
      const nine = certificateFor(deployed, 2, record, ALL.slice(0, 9))
      const before = await head(deployed)
      for (const [bitmap, signature, refusal] of [
        [nine.bitmap, nine.signature, 'SignersBelowThreshold'],
        [good.bitmap | (1 << 15), good.signature, 'BitOutOfRange'],
        [good.bitmap | (1 << 14), good.signature, 'CertificateInvalid'],
        [good.bitmap, nine.signature, 'CertificateInvalid'],
        [good.bitmap, `0x${'11'.repeat(128)}`, 'PointMalformed'],
        [good.bitmap, '0x', 'PointLength'],
      ] as const) {
        await expect(send(deployed, 2, record, bitmap, signature)).to.be.revertedWithCustomError(deployed.log, refusal)
      }
      expect(await head(deployed)).to.deep.equal(before)
    })

    it('refuses a certificate for another epoch, log or registry', async () => {
      const deployed = await chain.helpers.loadFixture(withTwoEpochs)
      const record = recordOf(2, hashOf(deployed.second))
      const claim = {
        chainId: chain.chainId,
        committeeId: deployed.committeeId,
        contract: deployed.contract,
        subject: hashOf(record),
        sequence: 2,
      }
      for (const other of [
        { ...claim, sequence: 1 },
        { ...claim, contract: deployed.address },
        { ...claim, committeeId: hashOf(record) },
        { ...claim, chainId: chain.chainId + 1 },
        { ...claim, purpose: 'anchor' },
      ]) {
        const { bitmap, signature } = certify(other)
        await expect(send(deployed, 2, record, bitmap, signature)).to.be.revertedWithCustomError(
          deployed.log,
          'CertificateInvalid',
        )
      }
    })
  })
}
