/**
 * A chain in memory that holds genuine logs: what the registry, the commitment log and the gate would have emitted.
 * Every block is final as soon as it is there.
 */
import { addressWord } from '../../../protocol/wire/abi.ts'
import { hex } from '../../../protocol/wire/bytes.ts'
import type { CommitmentRecord } from '../../../protocol/wire/commitment.ts'
import { digest, digestHex } from '../../../protocol/wire/sha256.ts'
import type { Millis } from '../../../protocol/wire/time.ts'
import { isOfAnAgent, type Observed } from '../../../protocol/law/chain/types.ts'
import type { Publication, Seen } from '../../../verifier/chain/logs.ts'
import type { Block, ChainHistory } from '../../../verifier/chain/reader.ts'
import { REGISTRY_ADDRESS } from '../../support/law/agents.ts'
import { CHAIN_ID, CONTRACTS } from '../../support/law/world.ts'

export type TestChain = {
  readonly seen: Seen[]
  /** A block of its own for each log. */
  emit(log: Observed['log'], contract: keyof typeof CONTRACTS, at: Millis, publication?: Publication): Observed
  /** An empty block. */
  mine(at: Millis): void
  reader(): ChainHistory
}

export function testChain(start: Millis): TestChain {
  const seen: Seen[] = []
  const blocks: Block[] = []
  const mine = (at: Millis): Block => {
    const block = { number: blocks.length, hash: hash(`block ${blocks.length}`), time: Math.floor(at / 1000) }
    blocks.push(block)
    return block
  }
  mine(start)
  return {
    seen,
    mine,
    emit: (log, contract, at, publication) => {
      const block = mine(at)
      const observed = {
        chain_id: CHAIN_ID,
        contract: isOfAnAgent(log) ? REGISTRY_ADDRESS : CONTRACTS[contract].address,
        block_number: block.number,
        block_hash: block.hash,
        block_time: block.time,
        transaction: hash(`transaction ${block.number}`),
        log_index: 0,
        log,
      } as Observed
      seen.push({ observed, publication })
      return observed
    },
    reader: () => readerOf(seen, blocks),
  }
}

function readerOf(seen: readonly Seen[], blocks: readonly Block[]): ChainHistory {
  const history = async (from: number, to: number): Promise<readonly Seen[]> =>
    seen.filter(({ observed }) => observed.block_number >= from && observed.block_number <= to)
  return {
    chainId: CHAIN_ID,
    heads: async () => {
      const latest = blocks.at(-1)!
      return { latest, safe: latest, finalized: latest }
    },
    blockHash: async (number) => blocks[number]?.hash,
    logs: async (from, to) => (await history(from, to)).map(({ observed }) => observed),
    agentLogs: async (agents, from, to) =>
      (await history(from, to)).flatMap(({ observed }) => {
        const { contract, log } = observed
        const named = isOfAnAgent(log) && agents.some((a) => a.contract === contract && a.agentId === log.agent_id)
        return named ? [observed] : []
      }),
    history,
  }
}

function hash(of: string): string {
  return `0x${digestHex(digest(of))}`
}

export function publicationOf(record: CommitmentRecord, bitmap: number, signature: string | undefined): Publication {
  return { record, bitmap, signature }
}

/** A member's address, as the genesis entry of the bench names it. */
export function memberAddress(member: number): string {
  return `0x${hex(addressWord(`0x${(member + 1).toString(16).padStart(40, '0')}`)).slice(24)}`
}
