/**
 * What the ledger says of the chain against the chain: every `chain.observed` must be a log that a final block holds,
 * to the letter. Logs that are not entries yet are pending. Decisions are told under the final gate.
 *
 * Source: spec 2.2 (outside facts are re-checked by everyone).
 */
import { logKey } from '../../protocol/law/chain/state.ts'
import { changesALink, isOfAnAgent } from '../../protocol/law/chain/types.ts'
import { watchedAgents } from '../../protocol/law/machine/state.ts'
import { worldOf } from '../../protocol/law/world.ts'
import { encode } from '../../protocol/wire/canonical-json.ts'
import type { AgentRef } from '../chain/agents.ts'
import type { ChainReader } from '../chain/reader.ts'
import type { Inquiry } from '../inquiry.ts'
import type { ReadLedger } from '../ledger.ts'
import type { ChainRead } from './chain.ts'

export async function checkObservations(
  ledger: ReadLedger,
  { seen, finalized }: ChainRead,
  chain: ChainReader,
  inquiry: Inquiry,
): Promise<void> {
  const ofAgents = await chain.agentLogs(agentsOf(ledger), 0, finalized.number)
  const onChain = new Map([...seen.map(({ observed }) => observed), ...ofAgents].map((log) => [logKey(log), log]))
  const entered = new Set<string>()
  for (const { seq, observed } of ledger.observations) {
    const key = logKey(observed)
    entered.add(key)
    const held = onChain.get(key)
    const place = { seq, transaction: observed.transaction }
    const decided = observed.log.event === 'Decided'
    if (held === undefined) {
      const evidence = { recorded: encode(observed) }
      if (decided) inquiry.fault('gate', 'decision-not-on-chain', place, evidence)
      else inquiry.fault('observations', 'observed-log-not-on-chain', place, evidence)
    } else if (encode(held) !== encode(observed)) {
      const evidence = { recorded: encode(observed), on_chain: encode(held) }
      if (decided) inquiry.fault('gate', 'decision-differs', place, evidence)
      else inquiry.fault('observations', 'observed-log-differs', place, evidence)
    }
  }
  for (const [key, observed] of onChain) {
    const { log, transaction, block_number } = observed
    // Which decisions the ledger owes an entry is the gate's to say: anyone may write there.
    if (entered.has(key) || log.event === 'Decided') continue
    // Registries are anybody's: only what changes a machine's link is owed.
    if (isOfAnAgent(log) && !changesALink(worldOf(ledger.state), observed)) continue
    inquiry.pending('log-not-yet-observed', { event: log.event, transaction, block: block_number })
  }
  inquiry.looked('observations', { observed: ledger.observations.length })
}

/** Every agent that the ledger has taken a log of, or waits for one of. */
function agentsOf({ observations, state }: ReadLedger): readonly AgentRef[] {
  const agents = observations.flatMap(({ observed: { contract, log } }) =>
    isOfAnAgent(log) ? [{ contract, agentId: log.agent_id }] : [],
  )
  const all = [...agents, ...watchedAgents(state.machines)]
  return [...new Map(all.map((agent) => [`${agent.contract} ${agent.agentId}`, agent])).values()]
}
