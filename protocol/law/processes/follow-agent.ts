/**
 * A linked machine answers for its token in the registry of ERC-8004: when the token is transferred, its wallet changed
 * or its statement taken back, the machine's trust goes to zero, and with it the machine into quarantine. Whoever holds
 * the token now begins at nothing (spec 4.5: trust is not transferable and the token is).
 */
import { accountOfRegistry } from '../../wire/agent-registry.ts'
import { isOfAnAgent } from '../chain/types.ts'
import { consequenceOf } from '../constraints/agent-link.ts'
import type { EventDraft } from '../constraints/event.ts'
import { NOTHING, type Process, type Situation } from './process.ts'
import { discarded } from './release-gain.ts'
import { rowOf, take } from './trust-desk.ts'

export const followAgent: Process = (event, situation) => {
  if (event.event_type !== 'governance.chain_observed' || !isOfAnAgent(event.data.log)) return NOTHING
  const { log, chain_id: chainId, contract, block_number: block, log_index: logIndex } = event.data
  const registry = accountOfRegistry({ chainId, contract })
  const { world } = situation
  return world.agentLinks(registry, log.agent_id).flatMap(({ machine, link }): readonly EventDraft[] => {
    const what = consequenceOf(machine, link, log, { block, logIndex }, world.deployment.id)
    if (what === undefined) return []
    const agent = { registry, agent_id: log.agent_id }
    if (what === 'linked') {
      return [{ event_type: 'trust.agent_linked', subject: machine, data: { ...agent, block, log_index: logIndex } }]
    }
    return [
      { event_type: 'trust.agent_link_broken', subject: machine, data: { ...agent, cause: what } },
      ...forfeited(machine, situation),
    ]
  })
}

/** All of a machine's trust, and what of it still waits for humans. */
function forfeited(machine: string, situation: Situation): readonly EventDraft[] {
  const waiting = [...situation.state.trust.suspensions.values()].filter(
    ({ actor, status }) => actor === machine && status === 'waiting',
  )
  const dropped = waiting.map((suspension) => discarded(suspension, 'forfeited'))
  const row = rowOf(machine, situation)
  if (row === undefined || row.trust === 0) return dropped
  const why = { cause: 'transfer', gain: 0, penalty: row.trust, renews: false, guarded: true } as const
  return [...dropped, take(row, why, situation).event]
}
