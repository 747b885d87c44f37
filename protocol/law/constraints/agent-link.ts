/**
 * The link of a machine to its agent in a registry of ERC-8004, and what a log of that registry does to it.
 *
 *     proposed ──the token's holder states the machine──▶ linked ──transfer, other wallet, other statement──▶ broken
 *
 * Proposed by the machine, stated by the token's holder: a signature from both sides. A linked machine answers for its
 * token, because trust cannot be transferred and the token can. A link is never taken back by one side, which would be
 * the way round; once broken it is proposed anew.
 *
 * Source: spec 4.5.
 */
import { statementOf, STATEMENT_KEY, WALLET_KEY } from '../../wire/agent-registry.ts'

/** Where on the chain something was said. */
export type LogPlace = { readonly block: number; readonly logIndex: number }

type Agent = {
  /** The registry, as a CAIP-10 account. */
  readonly registry: string
  readonly agentId: string
}

export type AgentLink =
  | (Agent & { readonly status: 'proposed' })
  | (Agent & { readonly status: 'linked'; readonly since: LogPlace })
  | (Agent & { readonly status: 'broken' })

export type BreakCause = 'agent-transferred' | 'agent-wallet-changed' | 'agent-disowned'

export type AgentLog =
  | { readonly event: 'AgentTransferred'; readonly agent_id: string; readonly from: string; readonly to: string }
  | { readonly event: 'AgentMetadataSet'; readonly agent_id: string; readonly key: string; readonly value: string }

/** What follows for the machine from a log of its agent; undefined where nothing does. */
export function consequenceOf(
  machine: string,
  link: AgentLink,
  log: AgentLog,
  place: LogPlace,
  deployment: string,
): 'linked' | BreakCause | undefined {
  if (link.status === 'broken') return undefined
  const states = log.event === 'AgentMetadataSet' && log.key === STATEMENT_KEY
  const ours = states && log.value === statementOf(deployment, machine)
  if (link.status === 'proposed') return ours ? 'linked' : undefined
  if (!isLater(place, link.since)) return undefined
  if (log.event === 'AgentTransferred') return 'agent-transferred'
  if (log.key === WALLET_KEY) return 'agent-wallet-changed'
  return states && !ours ? 'agent-disowned' : undefined
}

function isLater(place: LogPlace, than: LogPlace): boolean {
  return place.block > than.block || (place.block === than.block && place.logIndex > than.logIndex)
}
