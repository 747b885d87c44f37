/**
 * A machine names its agent in a registry of ERC-8004 (spec 4.5). The token's holder says the same on chain; until then
 * the link is a proposal and does nothing.
 *
 * The registry lies on the chain that the ledger observes: what happens to a token elsewhere nobody would see.
 */
import { placeOfRegistry } from '../../wire/agent-registry.ts'
import { chainOf } from '../constraints/deployment.ts'
import type { CommandType, Constraint } from '../constraints/kernel.ts'
import * as Body from './command.ts'
import { base, machineExists } from './constraints.ts'
import type { MachineEvent } from './event.ts'
import type { Machines } from './state.ts'

type Rule<B> = Constraint<Machines, B>

const namesItself: Rule<unknown> = {
  id: 'machine-names-itself',
  level: 'state_ownership',
  reads: 'subject',
  check: ({ command, principal }) => (command.subject === principal.id ? undefined : { machine: command.subject }),
}

const registryIsObserved: Rule<Body.LinkAgent> = {
  id: 'registry-is-observed',
  level: 'physical',
  reads: 'body',
  check: ({ command: { body }, world: { deployment } }) => {
    const { chainId, contract } = placeOfRegistry(body.registry)
    const expected = chainOf(deployment, 'commitment_log')
    if (chainId !== expected) return { chain_id: chainId, expected }
    const ours = Object.values(deployment.contracts).some(({ address }) => address === contract)
    return ours ? { contract } : undefined
  },
}

const isNotLinked: Rule<unknown> = {
  id: 'machine-is-not-linked',
  level: 'operational',
  reads: 'subject',
  check: ({ own, command }) => {
    const link = own.get(command.subject)?.agent
    return link?.status === 'linked' ? { registry: link.registry, agent_id: link.agentId } : undefined
  },
}

/** One agent stands for one machine. Who only proposes it keeps nobody else out: its holder says whose it is. */
const agentIsFree: Rule<Body.LinkAgent> = {
  id: 'agent-is-not-linked',
  level: 'operational',
  reads: 'body',
  check: ({ command: { body }, world }) => {
    const taken = world.agentLinks(body.registry, body.agent_id).find(({ link }) => link.status === 'linked')
    return taken === undefined ? undefined : { machine: taken.machine }
  },
}

export const linkAgent: CommandType<Machines, Body.LinkAgent> = {
  ...base,
  type: 'machine.link_agent',
  signers: ['machine'],
  owner: 'the machine itself',
  body: Body.linkAgent,
  constraints: [registryIsObserved, namesItself, machineExists, isNotLinked, agentIsFree],
  decide: ({ command: { subject, body } }) => {
    const event: MachineEvent = { event_type: 'trust.agent_link_proposed', subject, data: body }
    return [event]
  },
}
