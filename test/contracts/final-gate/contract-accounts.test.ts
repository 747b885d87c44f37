/** Approvers that are contracts (ERC-1271), and accounts that have both a key and code (EIP-7702). */
import { expect } from 'chai'
import type { Approval } from '../../../protocol/wire/approval.ts'
import { approvalBy, approvalStruct, signApproval, walletOf } from '../../support/contracts/approvals.ts'
import { openChain, type Chain } from '../../support/contracts/chains.ts'

const ANSWERS = ['Owner', 'No', 'Reverts', 'Short', 'Dirty', 'BurnsGas', 'Bomb', 'Reenters'] as const
type Answer = (typeof ANSWERS)[number]

const ada = walletOf('ada')
const bea = walletOf('bea')

describe('The final gate and contract accounts', () => {
  let chain: Chain
  before(async () => {
    chain = await openChain('l1')
  })

  const deployed = async () => {
    const gate = await chain.ethers.deployContract('FinalGate')
    return { gate, address: await gate.getAddress() }
  }
  type Gate = Awaited<ReturnType<typeof deployed>>['gate']

  const account = async (answer: Answer) => {
    const wallet = await chain.ethers.deployContract('TestWallet', [ada.address, ANSWERS.indexOf(answer)])
    return { wallet, address: await wallet.getAddress() }
  }

  const send = async (gate: Gate, approval: Approval, signature: string, gasLimit?: number) =>
    gate.getFunction('decide')(approvalStruct(approval), signature, gasLimit === undefined ? {} : { gasLimit })

  it('takes a decision that the account vouches for, and says so', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const approval = approvalBy((await account('Owner')).address)
    const signature = signApproval(approval, ada, chain.chainId, address)
    const log = await (await send(gate, approval, signature)).wait()
    const { args } = gate.interface.parseLog(log!.logs[0])!
    expect([args.signature, args.byContract]).to.deep.equal([signature, true])
  })

  it('refuses it when the account says no, reverts, or does not answer with exactly the magic word', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    for (const answer of ['No', 'Reverts', 'Short', 'Dirty'] as const) {
      const { address: approver } = await account(answer)
      const approval = approvalBy(approver)
      await expect(send(gate, approval, signApproval(approval, ada, chain.chainId, address)), answer)
        .to.be.revertedWithCustomError(gate, 'WalletSignatureInvalid')
        .withArgs(approver)
    }
    const approval = approvalBy((await account('Owner')).address)
    await expect(
      send(gate, approval, signApproval(approval, bea, chain.chainId, address)),
    ).to.be.revertedWithCustomError(gate, 'WalletSignatureInvalid')
  })

  it('does not pay for a long answer', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const approval = approvalBy((await account('Bomb')).address)
    const receipt = await (await send(gate, approval, signApproval(approval, ada, chain.chainId, address))).wait()
    // Half a megabyte of memory is paid for once, by the account; copying it here would cost as much again.
    expect(Number(receipt?.gasUsed)).to.be.lessThan(700_000)
  })

  it('cannot be re-entered by the account it asks', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const { wallet, address: approver } = await account('Reenters')
    const approval = approvalBy(approver)
    const call = gate.interface.encodeFunctionData('decide', [approvalStruct(approval), '0x'])
    await wallet.getFunction('reenterWith')(address, call)
    const receipt = await (await send(gate, approval, '0x')).wait()
    expect(receipt?.logs).to.have.lengthOf(1)
    await expect(send(gate, approval, '0x')).to.be.revertedWithCustomError(gate, 'AlreadyDecided')
  })

  it('tries ECDSA first: an account under EIP-7702 signs with its key, whatever its code says', async () => {
    for (const answer of ['No', 'Reverts', 'Owner'] as const) {
      const { gate, address } = await chain.helpers.loadFixture(deployed)
      const { address: delegate } = await account(answer)
      await chain.helpers.setCode(bea.address, `0xef0100${delegate.slice(2).toLowerCase()}`)
      const approval = approvalBy(bea.address)
      const own = signApproval(approval, bea, chain.chainId, address)
      const receipt = await (await send(gate, approval, own)).wait()
      expect(gate.interface.parseLog(receipt!.logs[0])?.args.byContract).to.equal(false)
    }
  })

  it('asks the code of such an account when its key did not sign', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const { address: delegate } = await account('Owner')
    await chain.helpers.setCode(bea.address, `0xef0100${delegate.slice(2).toLowerCase()}`)
    const approval = approvalBy(bea.address)
    const byOwner = signApproval(approval, ada, chain.chainId, address)
    const receipt = await (await send(gate, approval, byOwner)).wait()
    expect(gate.interface.parseLog(receipt!.logs[0])?.args.byContract).to.equal(true)
  })
})
