/** Trust that is sold with its token, and tokens that are not what is said of them. Source: spec 4.5. */
import { accountOfRegistry, statementOf } from '../../wire/agent-registry.ts'
import type { Json } from '../../wire/canonical-json.ts'
import { trustOf } from '../../law/trust/state.ts'
import { CHAIN_ID, IDENTITY_REGISTRY, type Deployment } from '../../conformance/missions/deployment.ts'
import { REVIEWERS, WORKER } from '../../conformance/missions/people.ts'
import { told } from '../arena/told.ts'
import { withPeople } from '../arena/worlds.ts'
import type { Attack, Simulation } from './attack.ts'

const ADDRESS = `0x${'80'.repeat(20)}`
const REGISTRY = accountOfRegistry({ chainId: CHAIN_ID, contract: ADDRESS })
const AGENT = '22'
const [HOLDER, BUYER] = [`0x${'a1'.repeat(20)}`, `0x${'b2'.repeat(20)}`]

const TRANSFER = { event: 'AgentTransferred', agent_id: AGENT, from: HOLDER, to: BUYER }
const NAMED: Json = { registry: REGISTRY, agent_id: AGENT }

function said(key: string, value: string) {
  return { event: 'AgentMetadataSet', agent_id: AGENT, key, value }
}

function statement({ state }: Deployment, machine: string) {
  return said('genesis.machine', statementOf(state.founded!.deployment.id, machine))
}

function linked(arena: Simulation, name: string): Simulation {
  const there = arena.elsewhere(name, () => withPeople())
  if (there.world.state.machines.get(WORKER.id)?.agent !== undefined) return there
  there.world.send(WORKER, 'machine.link_agent', WORKER.id, NAMED)
  there.world.observe(ADDRESS, statement(there.world, WORKER.id))
  return there
}

export const AGENTS: readonly Attack[] = [
  {
    id: 'trust-is-sold',
    title: 'A linked machine’s token is transferred, gets another wallet or another statement: its trust goes with it',
    on: 'rules',
    run: async (arena) => {
      const ways = [
        ['agent-transferred', TRANSFER],
        ['agent-wallet-changed', said('agentWallet', BUYER)],
        ['agent-disowned', said('genesis.machine', '0x')],
      ] as const
      for (const [cause, log] of ways) {
        const there = linked(arena, cause)
        const { state } = there.world
        there.expectInVain(
          cause,
          cause,
          () => {
            there.world.observe(ADDRESS, log)
            const broken = told(there.world, 'trust.agent_link_broken').find(({ subject }) => subject === WORKER.id)
            return String(broken?.data['cause'])
          },
          () => trustOf(state.trust, WORKER.id) === 0 && state.machines.get(WORKER.id)?.life.status === 'quarantined',
        )
      }
    },
  },
  {
    id: 'agent-of-another',
    title:
      'A machine takes another’s agent, lets go of its own, names a registry nobody watches; strangers state a link',
    on: 'rules',
    run: async (arena) => {
      const there = linked(arena, 'linked')
      const other = REVIEWERS[0]!
      const link = (reason: string, body: Json, by = WORKER, machine = by.id) =>
        there.expect(reason, by, 'machine.link_agent', machine, body)
      await link('agent-is-not-linked', NAMED, other)
      await link('machine-is-not-linked', { registry: REGISTRY, agent_id: '23' })
      await link('machine-names-itself', { registry: REGISTRY, agent_id: '24' }, other, WORKER.id)
      const elsewhere = accountOfRegistry({ chainId: 1, contract: ADDRESS })
      await link('registry-is-observed', { registry: elsewhere, agent_id: AGENT }, other)
      const ours = accountOfRegistry({ chainId: CHAIN_ID, contract: IDENTITY_REGISTRY })
      await link('registry-is-observed', { registry: ours, agent_id: AGENT }, other)
      const changes = 'log-changes-an-agent-link'
      const deployment = there.world.state.founded!.deployment.id
      const forOther = said('genesis.machine', statementOf(deployment, other.id))
      await there.expectLog(changes, 'a statement that no machine asked for', `0x${'81'.repeat(20)}`, forOther)
      const stranger = { ...TRANSFER, agent_id: '23' }
      await there.expectLog(changes, 'the transfer of a token that is nobody’s', ADDRESS, stranger)
      const early = { block_number: 0 }
      await there.expectLog(changes, 'a transfer from before the link', ADDRESS, TRANSFER, early)
    },
  },
]
