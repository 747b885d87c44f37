import { expect } from 'chai'
import { approvalDigest, approvalDomain, type Approval } from '../../../protocol/wire/approval.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { DOMAIN_FIELDS } from '../../support/contracts/typed-data.ts'
import {
  approvalBy,
  approvalStruct,
  DECISIONS,
  signApproval,
  walletOf,
  word,
} from '../../support/contracts/approvals.ts'
import { at, CHAINS, openChain, type Chain } from '../../support/contracts/chains.ts'

const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const UNDEPLOYED_MARK = '6492'.repeat(16)

const ada = walletOf('ada')
const bea = walletOf('bea')

for (const { name, about } of CHAINS) {
  describe(`The final gate on ${about}`, () => {
    let chain: Chain
    before(async () => {
      chain = await openChain(name)
    })

    const deployed = async () => {
      const gate = await chain.ethers.deployContract('FinalGate')
      return { gate, address: await gate.getAddress() }
    }
    type Gate = Awaited<ReturnType<typeof deployed>>['gate']

    const send = async (gate: Gate, approval: Approval, signature: string) =>
      gate.getFunction('decide')(approvalStruct(approval), signature)

    const decide = async (gate: Gate, approval: Approval, wallet = ada) =>
      send(gate, approval, signApproval(approval, wallet, chain.chainId, await gate.getAddress()))

    const decisionOf = async (gate: Gate, { missionDigest, attempt, approver }: Approval) =>
      gate.getFunction('decisionOf')(missionDigest, attempt, approver)

    it('keeps a decision and tells it whole, with its signature', async () => {
      for (const decision of ['approve', 'reject'] as const) {
        const { gate, address } = await chain.helpers.loadFixture(deployed)
        const approval = approvalBy(ada.address, { decision })
        const signature = signApproval(approval, ada, chain.chainId, address)
        await expect(send(gate, approval, signature))
          .to.emit(gate, 'Decided')
          .withArgs(
            approval.missionDigest,
            approval.attempt,
            chain.ethers.getAddress(ada.address),
            (told: unknown[]) => {
              const expected = Object.values({
                ...approvalStruct(approval),
                approver: chain.ethers.getAddress(ada.address),
              })
              expect(told.map(String)).to.deep.equal(expected.map(String))
              return true
            },
            signature,
            false,
          )
        expect(await decisionOf(gate, approval)).to.equal(DECISIONS[decision])
      }
    })

    it('hashes an approval as protocol/wire does', async () => {
      const { gate, address } = await chain.helpers.loadFixture(deployed)
      for (const decision of ['approve', 'reject'] as const) {
        const approval = approvalBy(ada.address, { decision, attempt: 7, iCommitIt: false })
        expect(await gate.getFunction('approvalDigest')(approvalStruct(approval))).to.equal(
          `0x${Bytes.hex(approvalDigest(approvalDomain(chain.chainId, address.toLowerCase()), approval))}`,
        )
      }
    })

    it('states its domain (ERC-5267)', async () => {
      const { gate, address } = await chain.helpers.loadFixture(deployed)
      expect([...(await gate.getFunction('eip712Domain')())].slice(0, 5)).to.deep.equal([
        DOMAIN_FIELDS,
        'Genesis Final Gate',
        '1',
        BigInt(chain.chainId),
        address,
      ])
    })

    it('refuses what is no decision', async () => {
      const { gate } = await chain.helpers.loadFixture(deployed)
      const none = { ...approvalStruct(approvalBy(ada.address)), decision: 0 }
      await expect(gate.getFunction('decide')(none, '0x')).to.be.revertedWithCustomError(gate, 'DecisionMissing')
      await expect(gate.getFunction('approvalDigest')(none)).to.be.revertedWithCustomError(gate, 'DecisionMissing')
      await expect(gate.getFunction('decide')({ ...none, decision: 3 }, '0x')).to.be.revert(chain.ethers)
    })

    it('wants all three acknowledgements, though the wallet signed without', async () => {
      const { gate } = await chain.helpers.loadFixture(deployed)
      for (let given = 0; given < 7; given++) {
        const approval = approvalBy(ada.address, {
          iUnderstandIt: (given & 1) !== 0,
          iCommitIt: (given & 2) !== 0,
          iAcceptItsConsequences: (given & 4) !== 0,
        })
        await expect(decide(gate, approval)).to.be.revertedWithCustomError(gate, 'AcknowledgementMissing')
      }
    })

    it('takes it up to the second of its deadline', async () => {
      for (const [offset, taken] of [
        [-1, true],
        [0, true],
        [1, false],
      ] as const) {
        const { gate } = await chain.helpers.loadFixture(deployed)
        const deadline = (await chain.time.latest()) + 1_000
        const approval = approvalBy(ada.address, { deadline })
        const decided = at(chain, deadline + offset, async () => decide(gate, approval))
        if (taken) await expect(decided).to.emit(gate, 'Decided')
        else {
          await expect(decided)
            .to.be.revertedWithCustomError(gate, 'DeadlinePassed')
            .withArgs(deadline, deadline + 1)
        }
      }
    })

    it('takes one decision per mission, attempt and approver: not the same again, not another', async () => {
      const { gate } = await chain.helpers.loadFixture(deployed)
      const approval = approvalBy(ada.address)
      await decide(gate, approval)
      for (const again of [
        approval,
        { ...approval, decision: 'reject' as const },
        { ...approval, reasonHash: word('second thoughts') },
        { ...approval, deadline: approval.deadline + 1 },
      ]) {
        await expect(decide(gate, again))
          .to.be.revertedWithCustomError(gate, 'AlreadyDecided')
          .withArgs(approval.missionDigest, 1, chain.ethers.getAddress(ada.address), DECISIONS.approve)
      }
      for (const [other, wallet] of [
        [{ ...approval, attempt: 2, decision: 'reject' as const }, ada],
        [{ ...approval, missionDigest: word('another mission') }, ada],
        [approvalBy(bea.address), bea],
      ] as const) {
        await expect(decide(gate, other, wallet)).to.emit(gate, 'Decided')
      }
      expect(await decisionOf(gate, approval)).to.equal(DECISIONS.approve)
    })

    it('cannot be squatted: a stranger decides only for themselves', async () => {
      const { gate, address } = await chain.helpers.loadFixture(deployed)
      const approval = approvalBy(ada.address)
      const forged = signApproval(approval, bea, chain.chainId, address)
      await expect(send(gate, approval, forged)).to.be.revertedWithCustomError(gate, 'WalletSignatureInvalid')
      await decide(gate, approvalBy(bea.address), bea)
      await expect(decide(gate, approval)).to.emit(gate, 'Decided')
    })

    it('refuses a signature for another chain, gate or struct', async () => {
      const { gate, address } = await chain.helpers.loadFixture(deployed)
      const approval = approvalBy(ada.address)
      for (const signature of [
        signApproval(approval, ada, chain.chainId + 1, address),
        signApproval(approval, ada, chain.chainId, bea.address),
        ...Object.entries({
          missionDigest: word('x'),
          attempt: 2,
          decision: 'reject' as const,
          reasonHash: word('x'),
          textHash: word('x'),
          attentionHash: word('x'),
          deadline: 4_000_000_001,
        }).map(([field, value]) => signApproval({ ...approval, [field]: value }, ada, chain.chainId, address)),
      ]) {
        await expect(send(gate, approval, signature))
          .to.be.revertedWithCustomError(gate, 'WalletSignatureInvalid')
          .withArgs(chain.ethers.getAddress(ada.address))
      }
    })

    it('refuses the mirrored signature, other v, other lengths, and zeros', async () => {
      const { gate, address } = await chain.helpers.loadFixture(deployed)
      const approval = approvalBy(ada.address)
      const signature = signApproval(approval, ada, chain.chainId, address)
      const r = signature.slice(2, 66)
      const s = BigInt(`0x${signature.slice(66, 130)}`)
      const v = Number.parseInt(signature.slice(130), 16)
      const of = (sValue: bigint, vValue: number) =>
        `0x${r}${sValue.toString(16).padStart(64, '0')}${vValue.toString(16).padStart(2, '0')}`
      const compact = `0x${r}${(s | (BigInt(v - 27) << 255n)).toString(16).padStart(64, '0')}`
      for (const bad of [
        of(CURVE_ORDER - s, v === 27 ? 28 : 27),
        of(CURVE_ORDER - s, v),
        of(s, v - 27),
        of(s, v + 8),
        of(s, v === 27 ? 28 : 27),
        of(0n, v),
        `0x${'00'.repeat(65)}`,
        `0x${'00'.repeat(64)}1b`,
        signature.slice(0, -2),
        `${signature}00`,
        compact,
        '0x',
      ]) {
        await expect(send(gate, approval, bad), bad).to.be.revertedWithCustomError(gate, 'WalletSignatureInvalid')
      }
      await expect(send(gate, approval, of(s, v))).to.emit(gate, 'Decided')
    })

    it('refuses an undeployed account by name (ERC-6492)', async () => {
      const { gate, address } = await chain.helpers.loadFixture(deployed)
      const approval = approvalBy(ada.address)
      const inner = signApproval(approval, ada, chain.chainId, address)
      for (const signature of [`0x${UNDEPLOYED_MARK}`, `${inner}${UNDEPLOYED_MARK}`]) {
        await expect(send(gate, approval, signature))
          .to.be.revertedWithCustomError(gate, 'UndeployedWalletUnsupported')
          .withArgs(chain.ethers.getAddress(ada.address))
      }
      await expect(send(gate, approval, `0x${UNDEPLOYED_MARK.slice(2)}`)).to.be.revertedWithCustomError(
        gate,
        'WalletSignatureInvalid',
      )
    })

    it('refuses the zero address as an approver', async () => {
      const { gate } = await chain.helpers.loadFixture(deployed)
      const nobody = approvalBy(chain.ethers.ZeroAddress)
      for (const signature of [`0x${'00'.repeat(65)}`, `0x${'11'.repeat(64)}1d`]) {
        await expect(send(gate, nobody, signature)).to.be.revertedWithCustomError(gate, 'WalletSignatureInvalid')
      }
    })
  })
}
