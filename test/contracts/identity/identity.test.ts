import { expect } from 'chai'
import { REGIONS } from '../../../protocol/law/constraints/codes.ts'
import type { ActorId } from '../../../protocol/wire/identifiers.ts'
import { keyBindingDigest, keyBindingDomain, type KeyBinding } from '../../../protocol/wire/key-binding.ts'
import { sign } from '../../../protocol/wire/wallet.ts'
import { walletOf, word, type Wallet } from '../../support/contracts/approvals.ts'
import { at, CHAINS, DAY, openChain, type Chain } from '../../support/contracts/chains.ts'

const FOUNDER_DAYS = 545
const MAX_KEY_DAYS = 90
const EU = REGIONS.indexOf('EU')

const ada = walletOf('ada')
const bea = walletOf('bea')

for (const { name, about } of CHAINS) {
  describe(`The identity registry on ${about}`, () => {
    let chain: Chain
    before(async () => {
      chain = await openChain(name)
    })

    const deployWith = async (controller: string) => {
      const founder = chain.account(1)
      const registry = await chain.ethers.deployContract('IdentityRegistry', [
        founder.address,
        FOUNDER_DAYS,
        MAX_KEY_DAYS,
        controller,
      ])
      return { registry, address: await registry.getAddress(), founder }
    }
    const empty = async () => deployWith(chain.ethers.ZeroAddress)
    type Deployed = Awaited<ReturnType<typeof empty>>

    const bindingOf = async (changes: Partial<Record<keyof KeyBinding, unknown>> = {}): Promise<KeyBinding> =>
      ({
        identity: 'ada' as ActorId,
        key: word('ada, first key'),
        purpose: 'cli',
        notAfter: (await chain.time.latest()) + 30 * DAY,
        ...changes,
      }) as KeyBinding

    const signed = ({ address }: Deployed, binding: KeyBinding, wallet: Wallet, chainId = chain.chainId) =>
      sign(keyBindingDigest(keyBindingDomain(chainId, address.toLowerCase()), binding), wallet.secret)

    /** A signature by `ada` that may not matter, for bindings that protocol/wire would not even hash. */
    const NO_SIGNATURE = `0x${'11'.repeat(64)}1b`

    type Attestation = { wallet?: Wallet; region?: number; organization?: string; signature?: string }
    const attest = async (deployed: Deployed, binding: KeyBinding, given: Attestation = {}, by = deployed.founder) => {
      const wallet = given.wallet ?? ada
      const signature = given.signature ?? signed(deployed, binding, wallet)
      return deployed.registry.connect(by).getFunction('attest')(
        wallet.address,
        given.region ?? EU,
        given.organization ?? 'acme',
        binding,
        signature,
      )
    }

    const bind = async (deployed: Deployed, binding: KeyBinding, wallet = ada) =>
      deployed.registry.getFunction('bindKey')(binding, signed(deployed, binding, wallet))

    /** Ada and an operator, whose wallet is an account of the chain so that it can send transactions. */
    const settled = async () => {
      const deployed = await empty()
      await attest(deployed, await bindingOf())
      const operator = chain.account(2)
      const binding = await bindingOf({ identity: 'operator', key: word('operator, first key') })
      const signature = await operator.signTypedData(
        {
          name: 'Genesis Identity Registry',
          version: '1',
          chainId: chain.chainId,
          verifyingContract: deployed.address,
        },
        {
          KeyBinding: [
            { name: 'identity', type: 'string' },
            { name: 'key', type: 'bytes32' },
            { name: 'purpose', type: 'string' },
            { name: 'notAfter', type: 'uint64' },
          ],
        },
        binding,
      )
      await deployed.registry.connect(deployed.founder).getFunction('attest')(
        operator.address,
        EU,
        'workshop',
        binding,
        signature,
      )
      return { ...deployed, operator }
    }

    const machineOf = async (id: string, changes: object = {}) => ({
      id,
      modelFamily: 'rules',
      methodType: 2,
      lineage: [] as string[],
      key: word(`${id}, first key`),
      notAfter: (await chain.time.latest()) + 30 * DAY,
      ...changes,
    })
    const register = async ({ registry, operator }: Awaited<ReturnType<typeof settled>>, machine: object) =>
      registry.connect(operator).getFunction('registerMachine')(machine)

    describe('attest', () => {
      it('registers a human and the key that the wallet bound, and tells both whole', async () => {
        const deployed = await chain.helpers.loadFixture(empty)
        const { registry } = deployed
        const binding = await bindingOf()
        const signature = signed(deployed, binding, ada)
        const idHash = chain.ethers.id('ada')
        const attested = attest(deployed, binding)
        await expect(attested)
          .to.emit(registry, 'HumanAttested')
          .withArgs(idHash, chain.ethers.getAddress(ada.address), 'ada', EU, 'acme', 1)
        await expect(attested)
          .to.emit(registry, 'KeyBound')
          .withArgs(idHash, binding.key, Object.values(binding), signature, false)

        const [wallet, region, organization] = await registry.getFunction('humanOf')('ada')
        expect([wallet, region, organization]).to.deep.equal([chain.ethers.getAddress(ada.address), BigInt(EU), 'acme'])
        expect(await registry.getFunction('idOf')(ada.address)).to.equal('ada')
        expect([...(await registry.getFunction('keyOf')('ada', binding.key))]).to.deep.equal([
          BigInt(binding.notAfter),
          false,
        ])
        expect(await registry.getFunction('humanCount')()).to.equal(1)
      })

      it('is the founder alone', async () => {
        const deployed = await chain.helpers.loadFixture(empty)
        for (const stranger of [chain.account(0), chain.account(2)]) {
          await expect(attest(deployed, await bindingOf(), {}, stranger))
            .to.be.revertedWithCustomError(deployed.registry, 'NotTheFounder')
            .withArgs(stranger.address)
        }
        await expect(
          chain.ethers.deployContract('IdentityRegistry', [
            chain.ethers.ZeroAddress,
            FOUNDER_DAYS,
            MAX_KEY_DAYS,
            chain.ethers.ZeroAddress,
          ]),
        ).to.be.revertedWithCustomError(deployed.registry, 'FounderMissing')
      })

      it("ends with the founder's time: not a second later", async () => {
        for (const [offset, allowed] of [
          [-1, true],
          [0, true],
          [1, false],
        ] as const) {
          const deployed = await chain.helpers.loadFixture(empty)
          const until = Number(await deployed.registry.getFunction('founderUntil')())
          expect(until).to.equal((await chain.time.latest()) + FOUNDER_DAYS * DAY)
          await chain.time.increaseTo(until - 100)
          const binding = await bindingOf()
          const attested = at(chain, until + offset, async () => attest(deployed, binding))
          if (allowed) await expect(attested).to.emit(deployed.registry, 'HumanAttested')
          else {
            await expect(attested).to.be.revertedWithCustomError(deployed.registry, 'FounderPowerEnded').withArgs(until)
          }
        }
      })

      it('ends when the phase controller leaves G0', async () => {
        const phases = await chain.ethers.deployContract('TestPhases')
        const deployed = await deployWith(await phases.getAddress())
        await attest(deployed, await bindingOf())
        await phases.getFunction('leaveG0')()
        const binding = await bindingOf({ identity: 'bea', key: word('bea, first key') })
        await expect(attest(deployed, binding, { wallet: bea })).to.be.revertedWithCustomError(
          deployed.registry,
          'FounderPowerEnded',
        )
      })

      it('takes each region of the closed list and no other', async () => {
        for (const region of [0, REGIONS.length - 1]) {
          const deployed = await chain.helpers.loadFixture(empty)
          await attest(deployed, await bindingOf(), { region })
          expect((await deployed.registry.getFunction('humanOf')('ada'))[1]).to.equal(region)
        }
        const deployed = await chain.helpers.loadFixture(empty)
        await expect(attest(deployed, await bindingOf(), { region: REGIONS.length })).to.be.revert(chain.ethers)
      })

      it('gives one identity to a wallet and one wallet to an id', async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        await expect(attest(deployed, await bindingOf(), { wallet: bea }))
          .to.be.revertedWithCustomError(deployed.registry, 'IdTaken')
          .withArgs('ada')
        await expect(attest(deployed, await bindingOf({ identity: 'ada-2' })))
          .to.be.revertedWithCustomError(deployed.registry, 'WalletTaken')
          .withArgs(chain.ethers.getAddress(ada.address))
        await register(deployed, await machineOf('m-1'))
        await expect(attest(deployed, await bindingOf({ identity: 'm-1' }), { wallet: bea }))
          .to.be.revertedWithCustomError(deployed.registry, 'IdTaken')
          .withArgs('m-1')
        expect(await deployed.registry.getFunction('humanCount')()).to.equal(2)
      })

      it('refuses misspelt ids, purposes and organizations', async () => {
        const deployed = await chain.helpers.loadFixture(empty)
        for (const text of ['', 'Ada', 'a b', 'é', 'a/b', 'a`', 'a{', 'a\0', 'a'.repeat(65)]) {
          await expect(attest(deployed, await bindingOf({ identity: text }), { signature: NO_SIGNATURE }), text)
            .to.be.revertedWithCustomError(deployed.registry, 'IdentifierMalformed')
            .withArgs(text)
          await expect(attest(deployed, await bindingOf({ purpose: text }), { signature: NO_SIGNATURE }), text)
            .to.be.revertedWithCustomError(deployed.registry, 'IdentifierMalformed')
            .withArgs(text)
        }
        for (const text of ['', 'Acme', '-acme', '.acme', 'a_b', 'a:b', 'a'.repeat(65)]) {
          await expect(attest(deployed, await bindingOf(), { organization: text }), text)
            .to.be.revertedWithCustomError(deployed.registry, 'OrganizationMalformed')
            .withArgs(text)
        }
        const longest = 'a.:_-z09'.repeat(8)
        await attest(deployed, await bindingOf({ identity: longest }), { organization: 'a-.9'.repeat(16) })
        expect(await deployed.registry.getFunction('idOf')(ada.address)).to.equal(longest)
      })

      it('refuses a zero key', async () => {
        const deployed = await chain.helpers.loadFixture(empty)
        const binding = await bindingOf({ key: `0x${'00'.repeat(32)}` })
        await expect(attest(deployed, binding)).to.be.revertedWithCustomError(deployed.registry, 'KeyMissing')
      })

      it('takes a key from the next second up to ninety days', async () => {
        for (const [offset, taken] of [
          [-1, false],
          [0, false],
          [1, true],
          [MAX_KEY_DAYS * DAY - 1, true],
          [MAX_KEY_DAYS * DAY, true],
          [MAX_KEY_DAYS * DAY + 1, false],
        ] as const) {
          const deployed = await chain.helpers.loadFixture(empty)
          const now = (await chain.time.latest()) + 100
          const binding = await bindingOf({ notAfter: now + offset })
          const attested = at(chain, now, async () => attest(deployed, binding))
          if (taken) await expect(attested).to.emit(deployed.registry, 'KeyBound')
          else {
            await expect(attested)
              .to.be.revertedWithCustomError(deployed.registry, 'NotAfterOutOfRange')
              .withArgs(now + offset, now, now + MAX_KEY_DAYS * DAY)
          }
        }
      })

      it('wants the signature of exactly this wallet over exactly this binding, chain and registry', async () => {
        const deployed = await chain.helpers.loadFixture(empty)
        const binding = await bindingOf()
        const good = signed(deployed, binding, ada)
        for (const signature of [
          signed(deployed, binding, bea),
          signed(deployed, binding, ada, chain.chainId + 1),
          signed({ ...deployed, address: bea.address }, binding, ada),
          signed(deployed, { ...binding, identity: 'bea' as ActorId }, ada),
          signed(deployed, { ...binding, key: word('x') }, ada),
          signed(deployed, { ...binding, purpose: 'browser' }, ada),
          signed(deployed, { ...binding, notAfter: binding.notAfter + 1 }, ada),
          good.slice(0, -2),
          '0x',
        ]) {
          await expect(attest(deployed, binding, { signature }))
            .to.be.revertedWithCustomError(deployed.registry, 'WalletSignatureInvalid')
            .withArgs(chain.ethers.getAddress(ada.address))
        }
        await expect(attest(deployed, binding, { signature: `${good}${'6492'.repeat(16)}` }))
          .to.be.revertedWithCustomError(deployed.registry, 'UndeployedWalletUnsupported')
          .withArgs(chain.ethers.getAddress(ada.address))
        expect(await deployed.registry.getFunction('humanCount')()).to.equal(0)
      })

      it('takes a contract account that vouches, and says so', async () => {
        const deployed = await chain.helpers.loadFixture(empty)
        const account = await chain.ethers.deployContract('TestWallet', [ada.address, 0])
        const binding = await bindingOf()
        await expect(
          deployed.registry.connect(deployed.founder).getFunction('attest')(
            await account.getAddress(),
            EU,
            'acme',
            binding,
            signed(deployed, binding, ada),
          ),
        )
          .to.emit(deployed.registry, 'KeyBound')
          .withArgs(chain.ethers.id('ada'), binding.key, Object.values(binding), signed(deployed, binding, ada), true)
      })
    })

    describe('bindKey', () => {
      it('binds a further key, whoever sends it', async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        const binding = await bindingOf({ key: word('ada, second key'), purpose: 'browser' })
        await expect(bind(deployed, binding))
          .to.emit(deployed.registry, 'KeyBound')
          .withArgs(chain.ethers.id('ada'), binding.key, Object.values(binding), signed(deployed, binding, ada), false)
      })

      it('refuses an unknown human, even one whose id is a machine', async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        await register(deployed, await machineOf('m-1'))
        for (const identity of ['nobody', 'm-1']) {
          await expect(bind(deployed, await bindingOf({ identity, key: word('k') })))
            .to.be.revertedWithCustomError(deployed.registry, 'HumanUnknown')
            .withArgs(identity)
        }
      })

      it("refuses another wallet's signature", async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        await expect(bind(deployed, await bindingOf({ key: word('k') }), bea)).to.be.revertedWithCustomError(
          deployed.registry,
          'WalletSignatureInvalid',
        )
      })

      it('refuses a replay, and a key that was revoked', async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        const first = await bindingOf()
        await expect(bind(deployed, first))
          .to.be.revertedWithCustomError(deployed.registry, 'KeyUsedBefore')
          .withArgs(first.key)
        const { registry, operator } = deployed
        await registry.connect(operator).getFunction('revokeKey')('operator', word('operator, first key'))
        await expect(
          bind(deployed, await bindingOf({ identity: 'operator', key: word('operator, first key') })),
        ).to.be.revertedWithCustomError(registry, 'KeyUsedBefore')
      })

      it("cannot be forestalled: a key that another bound first is still the wallet's to bind", async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        const key = word('ada, second key')
        await register(deployed, await machineOf('m-1', { key }))
        await expect(bind(deployed, await bindingOf({ key }))).to.emit(deployed.registry, 'KeyBound')
      })
    })

    describe('registerMachine', () => {
      it('registers a machine under its operator and tells it whole', async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        await register(deployed, await machineOf('m-1'))
        const machine = await machineOf('m-2', { lineage: ['m-1'] })
        await expect(register(deployed, machine))
          .to.emit(deployed.registry, 'MachineRegistered')
          .withArgs(chain.ethers.id('m-2'), deployed.operator.address, 'operator', (told: unknown[]) => {
            expect(told.map(String)).to.deep.equal(Object.values(machine).map(String))
            return true
          })
        expect(await deployed.registry.getFunction('operatorOf')('m-2')).to.equal(deployed.operator.address)
        expect(await deployed.registry.getFunction('operatorOf')('m-3')).to.equal(chain.ethers.ZeroAddress)
        expect(await deployed.registry.getFunction('machineCount')()).to.equal(2)
        expect([...(await deployed.registry.getFunction('keyOf')('m-2', machine.key))]).to.deep.equal([
          BigInt(machine.notAfter),
          false,
        ])
      })

      it('is for the wallets of humans', async () => {
        const { registry, founder } = await chain.helpers.loadFixture(settled)
        for (const stranger of [founder, chain.account(3)]) {
          await expect(registry.connect(stranger).getFunction('registerMachine')(await machineOf('m-1')))
            .to.be.revertedWithCustomError(registry, 'WalletUnknown')
            .withArgs(stranger.address)
        }
      })

      it('refuses a taken id, misspellings, an unknown method, a bad key', async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        await register(deployed, await machineOf('m-1'))
        const now = await chain.time.latest()
        for (const [machine, refusal] of [
          [await machineOf('m-1'), 'IdTaken'],
          [await machineOf('ada'), 'IdTaken'],
          [await machineOf('M-2'), 'IdentifierMalformed'],
          [await machineOf('m-2', { modelFamily: '' }), 'ModelFamilyMalformed'],
          [await machineOf('m-2', { modelFamily: '_x' }), 'ModelFamilyMalformed'],
          [await machineOf('m-2', { modelFamily: 'a:b' }), 'ModelFamilyMalformed'],
          [await machineOf('m-2', { key: `0x${'00'.repeat(32)}` }), 'KeyMissing'],
          [await machineOf('m-2', { notAfter: now }), 'NotAfterOutOfRange'],
          [await machineOf('m-2', { notAfter: now + 91 * DAY }), 'NotAfterOutOfRange'],
        ] as const) {
          await expect(register(deployed, machine), refusal).to.be.revertedWithCustomError(deployed.registry, refusal)
        }
        await expect(register(deployed, await machineOf('m-2', { methodType: 3 }))).to.be.revert(chain.ethers)
        expect(await deployed.registry.getFunction('machineCount')()).to.equal(1)
      })

      it('takes a lineage of up to 32 registered machines', async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        await register(deployed, await machineOf('m-1'))
        const lineage = (length: number) => Array.from({ length }, () => 'm-1')
        await register(deployed, await machineOf('m-31', { lineage: lineage(31) }))
        await register(deployed, await machineOf('m-32', { lineage: lineage(32) }))
        await expect(register(deployed, await machineOf('m-33', { lineage: lineage(33) })))
          .to.be.revertedWithCustomError(deployed.registry, 'LineageTooLong')
          .withArgs(33, 32)
        for (const ancestor of ['m-99', 'ada', 'm-33']) {
          await expect(register(deployed, await machineOf('m-33', { lineage: ['m-1', ancestor] })))
            .to.be.revertedWithCustomError(deployed.registry, 'MachineUnknown')
            .withArgs(ancestor)
        }
      })
    })

    describe('bindMachineKey and revokeKey', () => {
      it("are the operator's", async () => {
        const deployed = await chain.helpers.loadFixture(settled)
        const { registry, operator, founder } = deployed
        await register(deployed, await machineOf('m-1'))
        const key = word('m-1, second key')
        const notAfter = (await chain.time.latest()) + DAY
        for (const stranger of [founder, chain.account(3)]) {
          await expect(registry.connect(stranger).getFunction('bindMachineKey')('m-1', key, notAfter))
            .to.be.revertedWithCustomError(registry, 'NotYourActor')
            .withArgs('m-1', stranger.address)
          await expect(registry.connect(stranger).getFunction('revokeKey')('m-1', word('m-1, first key')))
            .to.be.revertedWithCustomError(registry, 'NotYourActor')
            .withArgs('m-1', stranger.address)
        }
        // A human is no machine, and nobody is unknown.
        for (const actor of ['operator', 'nobody']) {
          await expect(
            registry.connect(operator).getFunction('bindMachineKey')(actor, key, notAfter),
          ).to.be.revertedWithCustomError(registry, 'NotYourActor')
        }
        await expect(
          registry.connect(operator).getFunction('revokeKey')('ada', word('ada, first key')),
        ).to.be.revertedWithCustomError(registry, 'NotYourActor')

        await expect(registry.connect(operator).getFunction('bindMachineKey')('m-1', key, notAfter))
          .to.emit(registry, 'MachineKeyBound')
          .withArgs(chain.ethers.id('m-1'), key, 'm-1', notAfter)
        await expect(
          registry.connect(operator).getFunction('bindMachineKey')('m-1', key, notAfter + 1),
        ).to.be.revertedWithCustomError(registry, 'KeyUsedBefore')
        await expect(registry.connect(operator).getFunction('revokeKey')('m-1', key))
          .to.emit(registry, 'KeyRevoked')
          .withArgs(chain.ethers.id('m-1'), key)
        expect([...(await registry.getFunction('keyOf')('m-1', key))]).to.deep.equal([BigInt(notAfter), true])
      })

      it('revoke a key once, for ever', async () => {
        const { registry, operator } = await chain.helpers.loadFixture(settled)
        const key = word('operator, first key')
        const revoke = async (which: string) => registry.connect(operator).getFunction('revokeKey')('operator', which)
        await expect(revoke(word('never bound')))
          .to.be.revertedWithCustomError(registry, 'NoKeyToRevoke')
          .withArgs(word('never bound'))
        await revoke(key)
        await expect(revoke(key)).to.be.revertedWithCustomError(registry, 'NoKeyToRevoke').withArgs(key)
      })
    })
  })
}
