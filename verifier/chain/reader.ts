/**
 * A chain, read by anybody: blocks and the logs of our contracts.
 *
 * Contract:
 * - Answers are of the moment and may differ from one call to the next; only what lies at or below `finalized` is
 *   said to last.
 * - `logs` answers every log of our contracts in the given blocks, in order, or rejects: never a part of them. So does
 *   `agentLogs` for what registries of ERC-8004 say of these agents. An endpoint that answers logs of other blocks, which
 *   may not be final, is not believed at all.
 *
 * Rejections are Faults: `chain-unreachable`, `chain-foreign` (another chain than the deployment names),
 * `chain-log-unreadable`.
 */
import { createPublicClient, http, type Hex, type PublicClient } from 'viem'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { agentLogs, agentObserved, type AgentRef } from './agents.ts'
import { seenLog, type Addresses, type Seen } from './logs.ts'
import { inStretches } from './stretches.ts'

export type Block = {
  readonly number: number
  readonly hash: string
  /** unix seconds */
  readonly time: number
}

export type Heads = { readonly latest: Block; readonly safe: Block; readonly finalized: Block }

export type ChainReader = {
  readonly chainId: number
  heads(): Promise<Heads>
  /** The hash of the block at that height, or undefined where there is none (yet, or any more). */
  blockHash(number: number): Promise<string | undefined>
  logs(fromBlock: number, toBlock: number): Promise<readonly Observed[]>
  agentLogs(agents: readonly AgentRef[], fromBlock: number, toBlock: number): Promise<readonly Observed[]>
}

/** For whoever checks commitments without asking anybody else: the same logs, whole. */
export type ChainHistory = ChainReader & {
  history(
    fromBlock: number,
    toBlock: number,
    onProgress?: (done: number, total: number) => void,
  ): Promise<readonly Seen[]>
}

export type Where = {
  readonly url: string
  readonly chainId: number
  readonly genesisHash: string
  readonly addresses: Addresses
}

export function client(url: string): PublicClient {
  return createPublicClient({ transport: http(url, { retryCount: 1, timeout: 10_000 }), pollingInterval: 500 })
}

/** Connects and makes sure that this is the chain the deployment names: its id and its first block. */
export async function openChain(where: Where): Promise<ChainHistory> {
  const rpc = client(where.url)
  const [chainId, first] = await reached(() => Promise.all([rpc.getChainId(), rpc.getBlock({ blockNumber: 0n })]))
  if (chainId !== where.chainId) throw new Fault('chain-foreign', { chain_id: chainId, expected: where.chainId })
  if (first.hash !== where.genesisHash) {
    throw new Fault('chain-foreign', { genesis: first.hash ?? '', expected: where.genesisHash })
  }
  return reader(rpc, where)
}

function reader(rpc: PublicClient, { chainId, addresses }: Where): ChainHistory {
  const times = new Map<string, number>()

  async function block(tag: 'latest' | 'safe' | 'finalized'): Promise<Block> {
    const found = await rpc.getBlock({ blockTag: tag })
    if (found.number === null || found.hash === null) throw new Fault('chain-unreachable', { tag })
    return { number: Number(found.number), hash: found.hash, time: Number(found.timestamp) }
  }

  async function timeOf(hash: string): Promise<number> {
    const known = times.get(hash)
    if (known !== undefined) return known
    const { timestamp } = await rpc.getBlock({ blockHash: hash as Hex })
    if (times.size > 10_000) times.clear()
    times.set(hash, Number(timestamp))
    return Number(timestamp)
  }

  async function ofAgents(agents: readonly AgentRef[], from: number, to: number): Promise<readonly Observed[]> {
    if (agents.length === 0) return []
    const all: Observed[] = []
    const ask = async (start: number, end: number) =>
      within(start, end, await agentLogs(rpc, agents, BigInt(start), BigInt(end)))
    for (const raw of await inStretches(from, to, ask)) {
      const observed = agentObserved(raw, await timeOf(raw.blockHash), chainId)
      if (observed !== undefined) all.push(observed)
    }
    return all.toSorted((a, b) => a.block_number - b.block_number || a.log_index - b.log_index)
  }

  async function stretch(from: number, to: number): Promise<readonly Seen[]> {
    const raw = await rpc.getLogs({
      address: Object.values(addresses) as Hex[],
      fromBlock: BigInt(from),
      toBlock: BigInt(to),
    })
    const all: Seen[] = []
    for (const log of within(from, to, raw)) {
      const seen = seenLog(log, await timeOf(log.blockHash), chainId, addresses)
      if (seen !== undefined) all.push(seen)
    }
    return all
  }

  function history(
    from: number,
    to: number,
    onProgress?: (done: number, total: number) => void,
  ): Promise<readonly Seen[]> {
    return reached(() => inStretches(from, to, stretch, (end) => onProgress?.(end - from + 1, to - from + 1)))
  }

  return {
    chainId,
    heads: () =>
      reached(async () => {
        const [finalized, safe, latest] = [await block('finalized'), await block('safe'), await block('latest')]
        return { finalized, safe, latest }
      }),
    blockHash: (number) =>
      reached(async () => {
        if (BigInt(number) > (await rpc.getBlockNumber({ cacheTime: 0 }))) return undefined
        const { hash } = await rpc.getBlock({ blockNumber: BigInt(number) })
        return hash ?? undefined
      }),
    logs: async (from, to) => (await history(from, to)).map(({ observed }) => observed),
    agentLogs: (agents, from, to) => reached(() => ofAgents(agents, from, to)),
    history,
  }
}

/** Logs of the blocks that were asked for; one of another block, or of none yet, is a fault of the answer. */
function within<L extends { readonly blockNumber: bigint | null }>(
  from: number,
  to: number,
  logs: readonly L[],
): readonly L[] {
  const odd = logs.find(({ blockNumber }) => blockNumber === null || blockNumber < from || blockNumber > to)
  if (odd !== undefined) throw new Fault('chain-log-unreadable', { block: String(odd.blockNumber), from, to })
  return logs
}

/** What an RPC endpoint throws, as one fault; our own faults pass. */
export async function reached<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new Fault('chain-unreachable', { reason }, { cause })
  }
}
