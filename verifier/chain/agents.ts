/**
 * Logs of registries of ERC-8004, of the agents that machines name and of no others. Anybody may be such a registry, so
 * a log that says nothing readable is no log: it must not stop whoever reads the rest.
 *
 * The agent's id is an indexed field of both events, so that an endpoint looks for it and we read no strangers' logs.
 */
import { decodeEventLog, parseAbiItem, type Hex, type PublicClient } from 'viem'
import { METADATA_BYTES_MAX } from '../../protocol/wire/agent-registry.ts'
import { fits } from '../../protocol/wire/shape.ts'
import { body as observedShape, type Observed } from '../../protocol/law/chain/types.ts'
import type { RawLog } from './logs.ts'

/** An agent by its registry's address and the id of its token, in decimal. */
export type AgentRef = { readonly contract: string; readonly agentId: string }

const TRANSFER = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)')
const METADATA = parseAbiItem(
  'event MetadataSet(uint256 indexed agentId, string indexed indexedMetadataKey, string metadataKey, bytes metadataValue)',
)

/** What we read of a registry: the event of ERC-721 and the one of ERC-8004. */
const AGENT_REGISTRY_EVENTS = [TRANSFER, METADATA] as const

/** Most agents named in one call: endpoints refuse a filter of more than a thousand words. */
const IDS = 500

/** What the registries say of these agents in a stretch of final blocks, in any order. */
export async function agentLogs(
  rpc: PublicClient,
  agents: readonly AgentRef[],
  fromBlock: bigint,
  toBlock: bigint,
): Promise<readonly RawLog[]> {
  const found: RawLog[] = []
  for (const [contract, ids] of byRegistry(agents)) {
    const where = { address: contract as Hex, fromBlock, toBlock }
    for (let at = 0; at < ids.length; at += IDS) {
      const some = ids.slice(at, at + IDS)
      for (const log of await rpc.getLogs({ ...where, event: TRANSFER, args: { tokenId: some } })) found.push(log)
      for (const log of await rpc.getLogs({ ...where, event: METADATA, args: { agentId: some } })) found.push(log)
    }
  }
  return found
}

function byRegistry(agents: readonly AgentRef[]): ReadonlyMap<string, bigint[]> {
  const ids = new Map<string, bigint[]>()
  for (const { contract, agentId } of agents) {
    const known = ids.get(contract)
    if (known === undefined) ids.set(contract, [BigInt(agentId)])
    else known.push(BigInt(agentId))
  }
  return ids
}

/** No statement of ours is that long: of a longer value its beginning tells that it is another one. */
const VALUE_END = 2 + 2 * METADATA_BYTES_MAX

/** The log as the law takes it in; undefined where it is none of the two, or holds what no record can. */
export function agentObserved(raw: RawLog, blockTime: number, chainId: number): Observed | undefined {
  const log = readLog(raw)
  const observed = {
    chain_id: chainId,
    contract: raw.address.toLowerCase(),
    block_number: Number(raw.blockNumber),
    block_hash: raw.blockHash,
    block_time: blockTime,
    transaction: raw.transactionHash,
    log_index: raw.logIndex,
    log,
  }
  return fits(observedShape, observed) ? observed : undefined
}

function readLog({ topics, data }: RawLog): unknown {
  try {
    const { eventName, args } = decodeEventLog({ abi: AGENT_REGISTRY_EVENTS, topics: topics as [Hex, ...Hex[]], data })
    if (eventName === 'Transfer') {
      const [from, to] = [args.from.toLowerCase(), args.to.toLowerCase()]
      return { event: 'AgentTransferred', agent_id: String(args.tokenId), from, to }
    }
    const { agentId, metadataKey: key, metadataValue } = args
    return {
      event: 'AgentMetadataSet',
      agent_id: String(agentId),
      key,
      value: metadataValue.slice(0, VALUE_END).toLowerCase(),
    }
  } catch {
    return undefined
  }
}
