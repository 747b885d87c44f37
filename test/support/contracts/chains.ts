/** The two simulated chains that contracts are tested on, and what tests ask of them again and again. */
import { network } from 'hardhat'

export const CHAINS = [
  { name: 'l1', about: 'the Ethereum chain' },
  { name: 'op', about: 'the OP chain' },
] as const

export type ChainName = (typeof CHAINS)[number]['name']

export type Chain = Awaited<ReturnType<typeof openChain>>

export async function openChain(name: ChainName) {
  const { ethers, networkHelpers, provider } = await network.create({ network: name })
  const { chainId } = await ethers.provider.getNetwork()
  const signers = await ethers.getSigners()
  return {
    ethers,
    provider,
    helpers: networkHelpers,
    time: networkHelpers.time,
    chainId: Number(chainId),
    signers,
    /** The account at this place of the test mnemonic. */
    account: (index: number) => {
      const signer = signers[index]
      if (signer === undefined) throw new Error(`no account ${index}`)
      return signer
    },
  }
}

export const DAY = 86_400

/** Runs the next transaction in a block of exactly this time. */
export async function at<T>(chain: Chain, seconds: number, act: () => Promise<T>): Promise<T> {
  await chain.time.setNextBlockTimestamp(seconds)
  return act()
}

/** Puts a contract at an address of our choice: its constructor runs there. Immutables and storage are as if created. */
export async function createAt(chain: Chain, address: string, creationCode: string): Promise<void> {
  const { ethers, provider } = chain
  await provider.request({ method: 'hardhat_setCode', params: [address, creationCode] })
  const code = await ethers.provider.call({ to: address })
  // The call has told the code; the transaction leaves the storage.
  const created = await chain.account(0).sendTransaction({ to: address, gasLimit: 10_000_000 })
  await created.wait()
  await provider.request({ method: 'hardhat_setCode', params: [address, code] })
}
