/**
 * A chain in memory that does on command what chains do by themselves: reorganize, drop transactions, lose their last
 * blocks, stand still, raise their fees, fail to answer.
 *
 *     const chain = memoryChain(contracts)
 *     chain.mine()                       // what lies in the mempool, in order of nonces, goes into a block
 *     chain.reorg(2)                     // the last two blocks never were; their transactions wait again
 *     chain.fail('broadcast', 'persisted')   // the next broadcast arrives, and its answer gets lost
 *
 * Finalized is what lies `finality` blocks back; nobody can take it back, and a test that tries has a mistake.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Fault } from '../../../protocol/wire/fault.ts'
import { isOfAnAgent, type Observed } from '../../../protocol/law/chain/types.ts'
import type { Block, Heads } from '../../../verifier/chain/reader.ts'
import type { Call, Chain, Fees, Sender } from '../../../runtime/ports/chain.ts'

/** What the contracts make of a call, on a state that begins empty with the chain. */
export type Contracts<S> = {
  empty(): S
  /** Changes the state; answers the logs, or the name of the error that it reverts with. */
  execute(state: S, call: Call, time: number): readonly Observed['log'][] | string
  commitmentOf?(state: S, epoch: number): string
  decisionOf?(state: S, missionDigest: string, attempt: number, approver: string): number
}

export type Transaction = {
  readonly raw: `0x${string}`
  readonly hash: `0x${string}`
  readonly nonce: number
  readonly call: Call
  readonly fees: Fees
}

export type Mined = {
  readonly transaction: Transaction
  readonly succeeded: boolean
  readonly logs: readonly Observed[]
  readonly block: number
  readonly blockHash: string
}

type FullBlock = Block & { readonly mined: readonly Mined[] }

export type Method = 'heads' | 'nonce' | 'sign' | 'broadcast' | 'receipt' | 'blockHash' | 'logs'
export type Failure = 'not-persisted' | 'persisted'

export type MemoryChain<S> = {
  readonly chain: Chain
  readonly sender: Sender
  /** Unix seconds of the next block. */
  time: number
  /** Wei per gas that a transaction must offer to be taken into a block; also what `fees` asks for. */
  baseFee: bigint
  /** A block with what may go in; the block's own transactions are those mined. */
  mine(blocks?: number): void
  /** The last blocks never were. Their transactions wait again, or are gone for good. */
  reorg(depth: number, transactions?: 'wait' | 'gone'): void
  /** Everything in the mempool is forgotten. */
  drop(): void
  /** Somebody with our key uses the next nonce, in the next block. */
  foreign(): void
  /** Anybody calls a contract, from another account. */
  callByOthers(call: Call): void
  /** A log from nowhere, in a block of its own. */
  emit(...logs: readonly Observed['log'][]): void
  /** The next call of a method rejects: before it had an effect, or after. */
  fail(method: Method, failure: Failure): void
  state(): S
  /** Everything on the chain as it is now. */
  mined(): readonly Mined[]
  mempool(): readonly Transaction[]
  height(): number
  heads(): Heads
  /** No failure is on order any more. */
  heal(): void
  /** Every transaction that was ever told to it, in order. */
  readonly told: Transaction[]
}

export const CHAIN_ID = 31337
const ADDRESS = `0x${'ad'.repeat(20)}`
const OTHERS = -1

export type Setting = {
  readonly finality?: number
  /** Where logs come from, by event. */
  readonly contractOf?: (log: Observed['log']) => string
}

function logsIn(blocks: readonly FullBlock[], from: number, to: number): readonly Observed[] {
  return blocks.slice(Math.max(0, from), to + 1).flatMap(({ mined }) => mined.flatMap(({ logs }) => logs))
}

export function memoryChain<S>(contracts: Contracts<S>, { finality = 2, contractOf }: Setting = {}): MemoryChain<S> {
  let forks = 0
  let final = 0
  let mempool: Transaction[] = []
  const failures = new Map<Method, Failure>()
  const told: Transaction[] = []
  const blocks: FullBlock[] = [{ number: 0, hash: hashOf('first block'), time: 1_770_000_000, mined: [] }]

  function last(): FullBlock {
    const block = blocks.at(-1)
    assert.ok(block !== undefined)
    return block
  }

  function stateNow(): S {
    const state = contracts.empty()
    for (const { time, mined } of blocks) {
      for (const { transaction, succeeded } of mined) if (succeeded) contracts.execute(state, transaction.call, time)
    }
    return state
  }

  function nonceNow(): number {
    return blocks.flatMap(({ mined }) => mined).filter(({ transaction }) => transaction.nonce !== OTHERS).length
  }

  /** Never goes back, even where the chain gets shorter. */
  function finalizedNumber(): number {
    final = Math.max(final, last().number - finality)
    return final
  }

  function headsNow(): Heads {
    const latest = last()
    const at = (number: number): Block => blocks[number] ?? latest
    const finalized = at(finalizedNumber())
    return { latest, finalized, safe: at(Math.max(finalized.number, latest.number - 1)) }
  }

  function mineOne(extra: readonly Transaction[] = []): void {
    const number = last().number + 1
    const hash = hashOf(`${last().hash} ${forks} ${number} ${extra.map((it) => it.hash).join()}`)
    const state = stateNow()
    const mined: Mined[] = []
    let nonce = nonceNow()
    const include = (transaction: Transaction): void => {
      const came = contracts.execute(state, transaction.call, memory.time)
      const succeeded = typeof came !== 'string'
      const logs = succeeded ? came.map((log) => observed(log, transaction)) : []
      mined.push({ transaction, succeeded, logs, block: number, blockHash: hash })
    }
    const observed = (log: Observed['log'], transaction: Transaction): Observed =>
      ({
        chain_id: CHAIN_ID,
        contract: contractOf?.(log) ?? ADDRESS,
        block_number: number,
        block_hash: hash,
        block_time: memory.time,
        transaction: transaction.hash,
        log_index: mined.flatMap((it) => it.logs).length,
        log,
      }) as Observed
    for (const transaction of extra) {
      include(transaction)
      if (transaction.nonce !== OTHERS) nonce += 1
    }
    for (;;) {
      const next = mempool.find((it) => it.nonce === nonce && it.fees.maxFeePerGas >= memory.baseFee)
      if (next === undefined) break
      include(next)
      nonce += 1
    }
    mempool = mempool.filter((it) => it.nonce >= nonce)
    blocks.push({ number, hash, time: memory.time, mined })
    finalizedNumber()
    memory.time += 12
  }

  /** Runs a method of the port, with the failure that was ordered for it. */
  async function answered<T>(method: Method, act: () => T): Promise<T> {
    await Promise.resolve()
    const failure = failures.get(method)
    failures.delete(method)
    if (failure === 'not-persisted') throw new Fault('chain-unreachable', { reason: `${method}: connection refused` })
    const answer = act()
    if (failure === 'persisted') throw new Fault('chain-unreachable', { reason: `${method}: answer lost` })
    return answer
  }

  function take(raw: `0x${string}`): void {
    const transaction = readRaw(raw)
    told.push(transaction)
    if (transaction.nonce < nonceNow()) return
    const rival = mempool.find((it) => it.nonce === transaction.nonce)
    if (rival?.hash === transaction.hash) return
    if (rival !== undefined) {
      const enough = (now: bigint, before: bigint): boolean => now * 10n >= before * 11n
      const { maxFeePerGas, maxPriorityFeePerGas } = rival.fees
      const dearer =
        enough(transaction.fees.maxFeePerGas, maxFeePerGas) &&
        enough(transaction.fees.maxPriorityFeePerGas, maxPriorityFeePerGas)
      if (!dearer) throw new Fault('chain-unreachable', { reason: 'replacement transaction underpriced' })
      mempool = mempool.filter((it) => it !== rival)
    }
    mempool.push(transaction)
  }

  function refusal(call: Call): string | undefined {
    if (call.to === ADDRESS) return undefined
    const came = contracts.execute(stateNow(), call, memory.time)
    return typeof came === 'string' ? came : undefined
  }

  const chain: Chain = {
    chainId: CHAIN_ID,
    heads: () => answered('heads', headsNow),
    blockHash: (number) => answered('blockHash', () => blocks[number]?.hash),
    logs: (from, to) => answered('logs', () => logsIn(blocks, from, to).filter(({ log }) => !isOfAnAgent(log))),
    agentLogs: (agents, from, to) =>
      answered('logs', () =>
        logsIn(blocks, from, to).filter(
          ({ contract, log }) =>
            isOfAnAgent(log) && agents.some((one) => one.contract === contract && one.agentId === log.agent_id),
        ),
      ),
    commitmentOf: async (epoch) => contracts.commitmentOf?.(stateNow(), epoch) ?? `0x${'0'.repeat(64)}`,
    decisionOf: async (digest, attempt, approver) => contracts.decisionOf?.(stateNow(), digest, attempt, approver) ?? 0,
    wouldRevert: (call) => answered('heads', () => refusal(call)),
  }

  const sender: Sender = {
    address: ADDRESS,
    nonce: () => answered('nonce', nonceNow),
    fees: async () => ({ maxFeePerGas: memory.baseFee, maxPriorityFeePerGas: memory.baseFee / 10n + 1n }),
    sign: (call, nonce, fees) =>
      answered('sign', () => {
        const reason = refusal(call)
        if (reason !== undefined) throw new Fault('chain-refused', { reason })
        return signed(call, nonce, fees)
      }),
    broadcast: (raw) => answered('broadcast', () => take(raw)),
    receipt: (hash) =>
      answered('receipt', () => {
        for (const block of blocks) {
          const found = block.mined.find(({ transaction }) => transaction.hash === hash)
          if (found !== undefined) return { block: block.number, blockHash: block.hash, succeeded: found.succeeded }
        }
        return undefined
      }),
  }

  const memory: MemoryChain<S> = {
    chain,
    sender,
    time: 1_770_000_012,
    baseFee: 10n,
    told,
    mine: (count = 1) => {
      for (let i = 0; i < count; i++) mineOne()
    },
    reorg: (depth, transactions = 'wait') => {
      assert.ok(last().number - depth >= finalizedNumber(), 'a final block cannot be taken back')
      const gone = blocks.splice(blocks.length - depth)
      forks += 1
      if (transactions === 'gone') return
      const again = gone.flatMap(({ mined }) => mined.map(({ transaction }) => transaction))
      mempool = [...again.filter(({ nonce }) => nonce !== OTHERS), ...mempool]
    },
    drop: () => {
      mempool = []
    },
    foreign: () => mineOne([{ ...signed({ to: ADDRESS, data: '0x' }, nonceNow(), FREE), hash: randomHash() }]),
    callByOthers: (call) => mineOne([{ ...signed(call, OTHERS, FREE), hash: randomHash() }]),
    emit: (...logs) => {
      mineOne()
      const block = blocks.pop()
      assert.ok(block !== undefined)
      const transaction = { ...signed({ to: ADDRESS, data: '0x' }, OTHERS, FREE), hash: randomHash() }
      const seen = logs.map((log, i) => ({
        chain_id: CHAIN_ID,
        contract: contractOf?.(log) ?? ADDRESS,
        block_number: block.number,
        block_hash: block.hash,
        block_time: block.time,
        transaction: transaction.hash,
        log_index: block.mined.flatMap((it) => it.logs).length + i,
        log,
      })) as unknown as Observed[]
      const mined = { transaction, succeeded: false, logs: seen, block: block.number, blockHash: block.hash }
      blocks.push({ ...block, mined: [...block.mined, mined] })
    },
    fail: (method, failure) => failures.set(method, failure),
    state: stateNow,
    mined: () => blocks.flatMap(({ mined }) => mined),
    mempool: () => mempool,
    height: () => last().number,
    heads: headsNow,
    heal: () => failures.clear(),
  }
  return memory
}

const FREE: Fees = { maxFeePerGas: 1_000_000_000_000n, maxPriorityFeePerGas: 1n }

let others = 0

function randomHash(): `0x${string}` {
  others += 1
  return hashOf(`a stranger's transaction ${others}`)
}

function signed(call: Call, nonce: number, fees: Fees): Transaction {
  const { maxFeePerGas, maxPriorityFeePerGas } = fees
  const text = JSON.stringify({ call, nonce, fees: [String(maxFeePerGas), String(maxPriorityFeePerGas)] })
  const raw = `0x${Buffer.from(text).toString('hex')}` as const
  return { raw, hash: hashOf(text), nonce, call, fees }
}

function readRaw(raw: `0x${string}`): Transaction {
  const { call, nonce, fees } = JSON.parse(Buffer.from(raw.slice(2), 'hex').toString()) as {
    call: Call
    nonce: number
    fees: [string, string]
  }
  return signed(call, nonce, { maxFeePerGas: BigInt(fees[0]), maxPriorityFeePerGas: BigInt(fees[1]) })
}

function hashOf(text: string): `0x${string}` {
  return `0x${createHash('sha256').update(text).digest('hex')}`
}
