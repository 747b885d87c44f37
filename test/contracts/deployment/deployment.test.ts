/** Both ways to deploy: Ignition for public networks, deployContracts for `npm start`. */
import { expect } from 'chai'
import hre, { network } from 'hardhat'
import committee from '../../../ignition/modules/committee.ts'
import oneChain from '../../../ignition/modules/one-chain.ts'
import operations from '../../../ignition/modules/operations.ts'
import settlement from '../../../ignition/modules/settlement.ts'
import * as generated from '../../../generated/creation-code.ts'
import { deployContracts } from '../../../scripts/contracts/deploy.ts'
import { contractParameters, ignitionParameters } from '../../../scripts/contracts/parameters.ts'
import { addresses, MAX_KEY_DAYS, THRESHOLD } from '../../support/contracts/committee.ts'

const DEPLOYER_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const FOUNDER = addresses()[1]!
const PEOPLE = { members: addresses(), founder: FOUNDER }

describe('Deployment', () => {
  it('takes its numbers from the constitution', () => {
    expect(contractParameters()).to.deep.equal({
      members: 15,
      threshold: THRESHOLD,
      maxKeyDays: MAX_KEY_DAYS,
      founderDays: 365 + 180,
    })
  })

  it('follows the modules on two chains: each with a committee of its own', async () => {
    const parameters = ignitionParameters(PEOPLE)
    const l1 = await network.create({ network: 'l1' })
    const op = await network.create({ network: 'op' })
    const there = await l1.ignition.deploy(settlement, { parameters })
    const here = await op.ignition.deploy(operations, { parameters })
    const founder = (await there.identityRegistry.getFunction('founder')()) as string
    expect(founder.toLowerCase()).to.equal(FOUNDER)
    expect(await here.commitmentLog.getFunction('committee')()).to.equal(here.committeeRegistry.target)
    expect(await there.committeeRegistry.getFunction('committeeId')()).not.to.equal(
      await here.committeeRegistry.getFunction('committeeId')(),
    )
  })

  it('shares one committee when both roles are one chain', async () => {
    const { ignition, ethers } = await network.create({ network: 'l1' })
    const deployed = await ignition.deploy(oneChain, { parameters: ignitionParameters(PEOPLE) })
    expect(Object.keys(deployed).toSorted()).to.deep.equal([
      'commitmentLog',
      'committeeRegistry',
      'finalGate',
      'identityRegistry',
    ])
    expect(await ethers.provider.getBlockNumber()).to.equal(4)
    const again = await ignition.deploy(committee, { parameters: ignitionParameters(PEOPLE) })
    expect(await again.committeeRegistry.getFunction('threshold')()).to.equal(THRESHOLD)
  })

  it('deploys from the committed creation code, which is what the contracts compile to', async () => {
    for (const [name, code] of [
      ['CommitteeRegistry', generated.committeeRegistryCode],
      ['CommitmentLog', generated.commitmentLogCode],
      ['FinalGate', generated.finalGateCode],
      ['IdentityRegistry', generated.identityRegistryCode],
    ] as const) {
      expect((await hre.artifacts.readArtifact(name)).bytecode, name).to.equal(code)
    }
  })

  describe('deployContracts', () => {
    const request = (rpcUrl: string) => ({
      rpcUrl,
      chainId: 31_337,
      deployerKey: DEPLOYER_KEY as `0x${string}`,
      members: addresses() as `0x${string}`[],
      founder: FOUNDER as `0x${string}`,
    })

    it('returns what a genesis entry needs, and the chain agrees', async () => {
      const server = await network.createServer({ network: 'l1' }, '127.0.0.1', 0)
      const { address, port } = await server.listen()
      try {
        const deployed = await deployContracts(request(`http://${address}:${port}`))
        expect([
          deployed.committeeRegistry.blockNumber,
          deployed.commitmentLog.blockNumber,
          deployed.finalGate.blockNumber,
          deployed.identityRegistry.blockNumber,
        ]).to.deep.equal([1, 2, 3, 4])
        for (const { address: where, codeHash } of [
          deployed.committeeRegistry,
          deployed.commitmentLog,
          deployed.finalGate,
          deployed.identityRegistry,
        ]) {
          expect(where).to.match(/^0x[0-9a-f]{40}$/)
          expect(codeHash).to.match(/^0x[0-9a-f]{64}$/)
        }
        expect(deployed.chainGenesisHash).to.match(/^0x[0-9a-f]{64}$/)
        expect(deployed.committeeId).to.match(/^0x[0-9a-f]{64}$/)
      } finally {
        await server.close()
      }
    })

    it('refuses another chain and another number of members, before it sends anything', async () => {
      const server = await network.createServer({ network: 'op' }, '127.0.0.1', 0)
      const { address, port } = await server.listen()
      const url = `http://${address}:${port}`
      try {
        expect(await faultOf(deployContracts(request(url)))).to.equal('deploy-wrong-chain')
        const fourteen = { ...request(url), chainId: 31_338, members: request(url).members.slice(1) }
        expect(await faultOf(deployContracts(fourteen))).to.equal('deploy-wrong-member-count')
      } finally {
        await server.close()
      }
    })
  })
})

async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'none',
    (fault: { code?: string }) => fault.code,
  )
}
