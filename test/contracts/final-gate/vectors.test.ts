/** The shared vectors of test/vectors/eip712.json, answered by the contracts: the same as protocol/wire answers. */
import { expect } from 'chai'
import type { Approval } from '../../../protocol/wire/approval.ts'
import type { KeyBinding } from '../../../protocol/wire/key-binding.ts'
import { recover } from '../../../protocol/wire/wallet.ts'
import { approvalStruct } from '../../support/contracts/approvals.ts'
import { createAt, openChain, type Chain } from '../../support/contracts/chains.ts'
import { casesOf } from '../../support/vectors.ts'

type StructCase<T> = {
  domain: { chainId: number; verifyingContract: string }
  message: T
  digest: string
  signer: string
  signature: string
}
type SignatureCase = { why: string; digest: string; signature: unknown; accept: boolean; signer?: string | null }

describe('The vectors of eip712.json', () => {
  let chain: Chain
  before(async () => {
    chain = await openChain('l1')
  })

  it('gives every approval of this chain the same digest, at the address that its domain names', async () => {
    const factory = await chain.ethers.getContractFactory('FinalGate')
    const cases = (casesOf('eip712', 'approvals') as StructCase<Approval>[]).filter(
      ({ domain }) => domain.chainId === chain.chainId,
    )
    for (const { domain, message, digest } of cases) {
      await createAt(chain, domain.verifyingContract, factory.bytecode)
      const gate = await chain.ethers.getContractAt('FinalGate', domain.verifyingContract)
      expect(await gate.getFunction('approvalDigest')(approvalStruct(message))).to.equal(digest)
    }
    expect(cases.length).to.be.greaterThan(5)
  })

  it('gives every key binding of this chain the same digest', async () => {
    const factory = await chain.ethers.getContractFactory('IdentityRegistry')
    const { data } = await factory.getDeployTransaction(chain.account(0).address, 545, 90, chain.ethers.ZeroAddress)
    const cases = (casesOf('eip712', 'key_bindings') as StructCase<KeyBinding>[]).filter(
      ({ domain }) => domain.chainId === chain.chainId,
    )
    for (const { domain, message, digest } of cases) {
      await createAt(chain, domain.verifyingContract, data)
      const registry = await chain.ethers.getContractAt('IdentityRegistry', domain.verifyingContract)
      expect(await registry.getFunction('keyBindingDigest')(message)).to.equal(digest)
    }
    expect(cases.length).to.be.greaterThan(3)
  })

  it('judges every signature like protocol/wire', async () => {
    const harness = await chain.ethers.deployContract('WalletSignatureHarness')
    const judge = async (wallet: string, digest: string, signature: string) =>
      harness
        .getFunction('requireSigned')(wallet, digest, signature)
        .then(
          () => true,
          () => false,
        )
    const cases = casesOf('eip712', 'signatures') as SignatureCase[]
    const { signer: honest } = cases[0]!
    for (const { why, digest, signature, accept, signer } of cases) {
      // Spellings that have no bytes cannot reach a contract.
      if (typeof signature !== 'string' || !/^0x([0-9a-f]{2})*$/.test(signature)) continue
      // Where the file names no signer, whoever is recovered is.
      const recovered = recover(chain.ethers.getBytes(digest), signature)
      expect(recovered.ok, why).to.equal(accept)
      const wallet = signer ?? (recovered.ok ? recovered.value : honest!)
      expect(await judge(wallet, digest, signature), why).to.equal(accept)
      expect(await judge(chain.account(3).address, digest, signature), why).to.equal(false)
    }
    expect(cases.length).to.be.greaterThan(15)
  })
})
