/** A courier on a chain in memory, with a clock that the test moves and deaths that it orders. */
import assert from 'node:assert/strict'
import { millis } from '../../../protocol/wire/time.ts'
import { openCourier, type Courier } from '../../../runtime/chain/chain.ts'
import type { Sending } from '../../../runtime/outbox/outbox.ts'
import { callOf, deeds, landingOf, type Deeds } from '../../support/chain/deeds.ts'
import { memoryChain, type MemoryChain } from '../../support/chain/memory-chain.ts'
import { memoryOutbox, type MemoryOutbox } from '../../support/chain/memory-outbox.ts'

export type Bench = {
  readonly chain: MemoryChain<Deeds>
  readonly outbox: MemoryOutbox
  readonly forbidden: Set<string>
  /** One look of the courier; a fault of it is given back. */
  step(): Promise<unknown>
  /** The process died and began again: what it knew is on disk or gone. */
  restart(): void
  wait(ms: number): void
  send(...deeds: string[]): void
  /** The sending of a deed. */
  of(deed: string): Sending
}

export const CEILING = 1_000n

export function courierBench(): Bench {
  const forbidden = new Set<string>()
  const chain = memoryChain(deeds(forbidden))
  const outbox = memoryOutbox()
  let now = 1_770_000_000_000
  let courier: Courier
  const bench: Bench = {
    chain,
    outbox,
    forbidden,
    step: async () => {
      try {
        await courier.step()
        return undefined
      } catch (cause) {
        return cause
      }
    },
    restart: () => {
      courier = openCourier({
        chain: chain.chain,
        sender: chain.sender,
        outbox,
        clock: { now: () => millis(now) },
        feeCeiling: CEILING,
        errandOf: async ({ key }) => ({
          call: callOf(key),
          landing: async () => landingOf(chain, key),
          mayHoldLater: key.startsWith('epoch:'),
        }),
      })
    },
    wait: (ms) => {
      now += ms
    },
    send: (...names) => {
      for (const name of names) outbox.addSending(name, {})
    },
    of: (deed) => {
      const sending = outbox.sending(deed)
      assert.ok(sending !== undefined)
      return sending
    },
  }
  bench.restart()
  return bench
}

const RANK = ['waiting', 'submitted', 'included', 'safe', 'final'] as const

/** Nothing is shown further than the chain says, right after a look at it. */
export function requireHonest({ chain, outbox }: Bench): void {
  const { finalized, safe } = chain.heads()
  for (const { key, state, block } of outbox.sendings('')) {
    if (state === 'refused') continue
    const landing = landingOf(chain, key)
    const at = landing === undefined || landing === 'final' ? undefined : landing.block
    const truth =
      at === undefined ? 'submitted' : at <= finalized.number ? 'final' : at <= safe.number ? 'safe' : 'included'
    const shown = RANK.indexOf(state)
    assert.ok(shown <= RANK.indexOf(truth), `${key} is shown as ${state}, the chain says ${truth}`)
    if (block !== undefined && state !== 'final')
      assert.equal(block >= (at ?? Infinity), true, `${key} in block ${block}`)
  }
}

/** However often it was sent, each deed was done by us at most once. */
export function requireOnce({ chain }: Bench): void {
  const done = new Map<string, number>()
  for (const { transaction, succeeded } of chain.mined()) {
    if (!succeeded || transaction.nonce < 0 || transaction.call.data === '0x') continue
    done.set(transaction.call.data, (done.get(transaction.call.data) ?? 0) + 1)
  }
  for (const [data, times] of done) assert.equal(times, 1, Buffer.from(data.slice(2), 'hex').toString())
}
