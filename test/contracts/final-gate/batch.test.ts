import { expect } from 'chai'
import type { ContractTransactionReceipt } from 'ethers'
import type { Approval } from '../../../protocol/wire/approval.ts'
import { approvalBy, approvalStruct, signApproval, walletOf, word } from '../../support/contracts/approvals.ts'
import { openChain, type Chain } from '../../support/contracts/chains.ts'

const people = ['ada', 'bea', 'cem', 'dia', 'eli'].map(walletOf)

describe('Batches of final decisions', () => {
  let chain: Chain
  before(async () => {
    chain = await openChain('l1')
  })

  const deployed = async () => {
    const gate = await chain.ethers.deployContract('FinalGate')
    return { gate, address: await gate.getAddress() }
  }
  type Gate = Awaited<ReturnType<typeof deployed>>['gate']
  type Item = readonly [Approval, string]

  const items = (address: string): Item[] =>
    people.map((wallet) => {
      const approval = approvalBy(wallet.address)
      return [approval, signApproval(approval, wallet, chain.chainId, address)]
    })

  const sendMany = async (gate: Gate, batch: readonly Item[], gasLimit = 12_000_000) =>
    gate.getFunction('decideMany')(
      batch.map(([approval]) => approvalStruct(approval)),
      batch.map(([, signature]) => signature),
      { gasLimit },
    )

  /** What became of each item: 'decided' or the name of the refusal. */
  const outcomes = async (gate: Gate, batch: readonly Item[], gasLimit?: number) => {
    const receipt = (await (await sendMany(gate, batch, gasLimit)).wait()) as ContractTransactionReceipt
    return receipt.logs.map((log) => {
      const parsed = gate.interface.parseLog(log)
      if (parsed?.name === 'Decided') return 'decided'
      return gate.interface.parseError(parsed?.args.reason as string)?.name
    })
  }

  it('keeps them all', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const batch = items(address)
    expect(await outcomes(gate, batch)).to.deep.equal(batch.map(() => 'decided'))
    for (const [{ missionDigest, attempt, approver }] of batch) {
      expect(await gate.getFunction('decisionOf')(missionDigest, attempt, approver)).to.equal(1)
    }
  })

  it('takes an empty batch as nothing', async () => {
    const { gate } = await chain.helpers.loadFixture(deployed)
    expect(await outcomes(gate, [])).to.deep.equal([])
  })

  it('refuses item by item, with the reason, and lets the others stand', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const [a, b, c, d, e] = items(address) as [Item, Item, Item, Item, Item]
    const late: Item = [{ ...b[0], deadline: 1 }, b[1]]
    const careless: Item = [{ ...d[0], iCommitIt: false }, d[1]]
    expect(await outcomes(gate, [a, late, a, [c[0], e[1]], careless, e])).to.deep.equal([
      'decided',
      'DeadlinePassed',
      'AlreadyDecided',
      'WalletSignatureInvalid',
      'AcknowledgementMissing',
      'decided',
    ])
  })

  it('says which item was refused', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const [a, b] = items(address) as [Item, Item]
    const late = approvalBy(people[1]!.address, { deadline: 1, missionDigest: word('late') })
    await expect(sendMany(gate, [a, [late, b[1]]]))
      .to.emit(gate, 'ItemRefused')
      .withArgs(1, late.missionDigest, chain.ethers.getAddress(late.approver), (reason: string) =>
        reason.startsWith(gate.interface.getError('DeadlinePassed')!.selector),
      )
  })

  it('outlives an approver whose code burns all its gas', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const burner = await chain.ethers.deployContract('TestWallet', [people[0]!.address, 5])
    const [a, b, c] = items(address) as [Item, Item, Item]
    const burning: Item = [approvalBy(await burner.getAddress()), a[1]]
    expect(await outcomes(gate, [a, burning, burning, b, c])).to.deep.equal([
      'decided',
      // A 64th of the gas stays behind, enough to say so.
      'WalletSignatureInvalid',
      'WalletSignatureInvalid',
      'decided',
      'decided',
    ])
  })

  it('refuses the batch as a whole rather than blame an item for the gas the relayer withheld', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const batch = items(address)
    await expect(sendMany(gate, batch, 1_000_000)).to.be.revertedWithCustomError(gate, 'BatchGasTooLow')
    // Whatever the relayer gives: either all stand or none, and never an item refused for want of gas.
    for (let gasLimit = 950_000; gasLimit < 1_500_000; gasLimit += 17_011) {
      const { gate } = await chain.helpers.loadFixture(deployed)
      const all = await outcomes(gate, batch, gasLimit).catch(() => 'none')
      if (all !== 'none') expect(all, String(gasLimit)).to.deep.equal(batch.map(() => 'decided'))
    }
  })

  it('wants one signature for each', async () => {
    const { gate, address } = await chain.helpers.loadFixture(deployed)
    const [[approval, signature]] = items(address) as [Item]
    for (const [approvals, signatures] of [
      [[approval], []],
      [[], [signature]],
      [[approval], [signature, signature]],
    ] as const) {
      await expect(gate.getFunction('decideMany')(approvals.map(approvalStruct), signatures))
        .to.be.revertedWithCustomError(gate, 'BatchLengthMismatch')
        .withArgs(approvals.length, signatures.length)
    }
  })
})
