/** What a registry of ERC-8004 emits, read as verifiers, signers and the runtime read it (spec 4.5). */
import { expect } from 'chai'
import { createPublicClient, custom, type PublicClient } from 'viem'
import { statementOf } from '../../../protocol/wire/agent-registry.ts'
import type { Observed } from '../../../protocol/law/chain/types.ts'
import { agentLogs, agentObserved, type AgentRef } from '../../../verifier/chain/agents.ts'
import { openChain, type Chain } from '../../support/contracts/chains.ts'

const MACHINE = statementOf(`sha256:${'d'.repeat(64)}`, 'worker-1')

describe('The logs of an agent registry', () => {
  let chain: Chain
  let rpc: PublicClient
  before(async () => {
    chain = await openChain('l1')
    rpc = createPublicClient({ transport: custom(chain.provider) })
  })

  const registered = async (agents: number) => {
    const registry = await chain.ethers.deployContract('AgentRegistry')
    for (let i = 0; i < agents; i++) await registry.getFunction('register')()
    return { registry, contract: (await registry.getAddress()).toLowerCase() }
  }
  const read = async (...agents: readonly AgentRef[]): Promise<readonly Observed[]> => {
    const raw = await agentLogs(rpc, agents, 0n, await rpc.getBlockNumber({ cacheTime: 0 }))
    return raw
      .toSorted((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
      .flatMap((log) => agentObserved(log, 1, chain.chainId) ?? [])
  }
  const said = async (...agents: readonly AgentRef[]) => (await read(...agents)).map(({ log }) => log)

  it('tell the holder’s statement, another wallet and a transfer, which clears the wallet', async () => {
    const { registry, contract } = await registered(2)
    const [holder, buyer] = [chain.account(0).address, chain.account(1).address]
    await registry.getFunction('setMetadata')(1, 'genesis.machine', MACHINE)
    await registry.getFunction('setAgentWallet')(1, buyer)
    await registry.getFunction('transferFrom')(holder, buyer, 1)
    const wallet = { event: 'AgentMetadataSet', agent_id: '1', key: 'agentWallet' }
    const none = `0x${'0'.repeat(40)}`
    expect(await said({ contract, agentId: '1' })).to.deep.equal([
      { event: 'AgentTransferred', agent_id: '1', from: none, to: holder.toLowerCase() },
      { event: 'AgentMetadataSet', agent_id: '1', key: 'genesis.machine', value: MACHINE },
      { ...wallet, value: buyer.toLowerCase() },
      { event: 'AgentTransferred', agent_id: '1', from: holder.toLowerCase(), to: buyer.toLowerCase() },
      { ...wallet, value: '0x' },
    ])
  })

  it('are those of the agents asked for, in the registries named', async () => {
    const one = await registered(3)
    const two = await registered(1)
    await two.registry.getFunction('setMetadata')(0, 'genesis.machine', MACHINE)
    const logs = await read({ contract: one.contract, agentId: '2' }, { contract: two.contract, agentId: '0' })
    expect(logs.map(({ contract, log }) => [contract, log.event])).to.deep.equal([
      [one.contract, 'AgentTransferred'],
      [two.contract, 'AgentTransferred'],
      [two.contract, 'AgentMetadataSet'],
    ])
    expect(await read()).to.deep.equal([])
  })

  it('leave out other entries, and hold of a value that is too long its beginning: it is another one', async () => {
    const { registry, contract } = await registered(1)
    await registry.getFunction('setMetadata')(0, 'url', '0x1234')
    await registry.getFunction('setMetadata')(0, 'genesis.machine', `0x${'00'.repeat(513)}`)
    await registry.getFunction('setMetadata')(0, 'genesis.machine', `0x${'00'.repeat(512)}`)
    const values = (await said({ contract, agentId: '0' })).flatMap((log) => ('value' in log ? [log.value.length] : []))
    expect(values).to.deep.equal([1026, 1026])
  })

  it('stop nobody where a contract that calls itself a registry emits nonsense', () => {
    const place = {
      blockNumber: 1n,
      blockHash: `0x${'b'.repeat(64)}`,
      transactionHash: `0x${'c'.repeat(64)}`,
      logIndex: 0,
    }
    const [transfer] = ['0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'] as const
    for (const topics of [[], [transfer], [transfer, '0x01']] as `0x${string}`[][]) {
      const raw = { ...place, address: `0x${'80'.repeat(20)}`, topics, data: '0x' } as const
      expect(agentObserved(raw, 1, chain.chainId)).to.equal(undefined)
    }
  })
})
