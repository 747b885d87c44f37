/** A registry of ERC-8004 beside our contracts, and what its logs say of an agent. */
import { accountOfRegistry, statementOf } from '../../../protocol/wire/agent-registry.ts'
import { observed } from './flow.ts'
import { RUNTIME, type MachineFacts } from './people.ts'
import { CHAIN_ID, committed, type Bench } from './world.ts'

export const REGISTRY_ADDRESS = `0x${'80'.repeat(20)}`
export const REGISTRY = accountOfRegistry({ chainId: CHAIN_ID, contract: REGISTRY_ADDRESS })
export const AGENT = '22'

const HOLDER = `0x${'a1'.repeat(20)}`
const BUYER = `0x${'b2'.repeat(20)}`

export const TRANSFER = { event: 'AgentTransferred', agent_id: AGENT, from: HOLDER, to: BUYER }
export const OTHER_WALLET = { event: 'AgentMetadataSet', agent_id: AGENT, key: 'agentWallet', value: BUYER }

export function deploymentOf(bench: Bench): string {
  return bench.state.founded?.deployment.id ?? ''
}

/** The token's holder says that the agent is this machine. */
export function stated(machine: string, deployment: string, agent: string = AGENT) {
  const value = statementOf(deployment, machine)
  return { event: 'AgentMetadataSet', agent_id: agent, key: 'genesis.machine', value }
}

export function proposed(bench: Bench, machine: MachineFacts, more: object = {}) {
  return bench.send(machine, 'machine.link_agent', machine.id, { registry: REGISTRY, agent_id: AGENT, ...more })
}

/** The log of a registry, as the runtime takes it in. */
export function ofRegistry(log: object, more: object = {}) {
  return observed(log, 'commitment_log', { contract: REGISTRY_ADDRESS, ...more })
}

export function told(bench: Bench, log: object, more: object = {}) {
  return committed(bench.send(RUNTIME, 'chain.observed', 'chain', ofRegistry(log, more)))
}

export function linked(bench: Bench, machine: MachineFacts): Bench {
  committed(proposed(bench, machine))
  told(bench, stated(machine.id, deploymentOf(bench)))
  return bench
}
