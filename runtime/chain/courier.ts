/**
 * Carries calls to the chain, one at a time and in order, and follows each until it lies in a finalized block.
 *
 * A call is sent again when it is lost: dropped, reorganized away, or gone with the last seconds of a development
 * chain. What is «done» is asked of the chain first, so that sending twice is a no-op and not a second decision.
 * Fees above the ceiling are waited out, and said.
 *
 * `step` may be killed anywhere: the transaction is on disk before it is broadcast, and every step begins with what
 * the chain says.
 *
 * Source: spec 2.4.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Heads } from '../../verifier/chain/reader.ts'
import type { Call, Chain, Sender } from '../ports/chain.ts'
import type { Clock } from '../ports/clock.ts'
import type { Outbox, Sending } from '../outbox/outbox.ts'
import { raised } from './sender.ts'

export type Errand = {
  readonly call: Call
  /** Whether the chain already holds the effect of this call. */
  readonly done: () => Promise<boolean>
  /** What would revert now may hold later (an epoch whose certificate must be renewed), or never (an approval). */
  readonly mayHoldLater: boolean
}

export type CourierParts = {
  readonly chain: Chain
  readonly sender: Sender
  readonly outbox: Outbox
  readonly clock: Clock
  /** Wei per gas above which nothing is sent. */
  readonly feeCeiling: bigint
  /** Turns what is to be sent into its call. Undefined: not yet. */
  readonly errandOf: (sending: Sending) => Promise<Errand | undefined>
}

/** How long a transaction may stay out before it is replaced by a dearer one. Milliseconds. */
const REPLACE_AFTER_MS = 30_000

/** Advance what is on its way. Answers whether anything moved. */
export async function step(parts: CourierParts): Promise<boolean> {
  const open = parts.outbox.sendings('').filter(({ state }) => state !== 'final' && state !== 'refused')
  if (open.length === 0) return false
  const heads = await parts.chain.heads()
  let moved = false
  for (const sending of open) {
    const after = await advance(parts, sending, heads)
    if (after !== sending) {
      parts.outbox.save(after)
      moved = true
    }
    // One at a time: the next nonce is only known once this one is used.
    if (after.state === 'submitted') break
  }
  return moved
}

async function advance(parts: CourierParts, sending: Sending, heads: Heads): Promise<Sending> {
  const landed = await landing(parts, sending, heads)
  if (landed !== undefined) return landed
  const errand = await parts.errandOf(sending)
  if (errand === undefined) return sending
  if (await errand.done()) {
    // Someone else carried it, or our receipt was lost: it is there, and final once its block is.
    const block = sending.block ?? heads.latest.number
    return same(sending, { ...sending, state: stateAt(block, heads), block, note: undefined })
  }
  return send(parts, sending, errand)
}

/** Where one of our transactions lies, or undefined when none does. */
async function landing(parts: CourierParts, sending: Sending, heads: Heads): Promise<Sending | undefined> {
  for (const { hash } of sending.transactions.toReversed()) {
    const receipt = await parts.sender.receipt(hash)
    if (receipt === undefined) continue
    if (!receipt.succeeded) continue
    if ((await parts.chain.blockHash(receipt.block)) !== receipt.blockHash) continue
    const state = stateAt(receipt.block, heads)
    return same(sending, { ...sending, state, block: receipt.block, blockHash: receipt.blockHash, note: undefined })
  }
  return undefined
}

function stateAt(block: number, heads: Heads): Sending['state'] {
  if (block <= heads.finalized.number) return 'final'
  return block <= heads.safe.number ? 'safe' : 'included'
}

async function send(parts: CourierParts, sending: Sending, { call, mayHoldLater }: Errand): Promise<Sending> {
  const nonce = await parts.sender.nonce()
  const last = sending.transactions.at(-1)
  const now = parts.clock.now()
  const stillOut = last !== undefined && sending.nonce === nonce && sending.sentAt !== undefined
  if (stillOut && now - sending.sentAt < REPLACE_AFTER_MS) {
    await parts.sender.broadcast(last.raw)
    return sending
  }
  const asked = await parts.sender.fees()
  const fees = stillOut ? raised(asked) : asked
  if (fees.maxFeePerGas > parts.feeCeiling) return same(sending, { ...sending, note: 'fee-above-ceiling' })
  try {
    const signed = await parts.sender.sign(call, nonce, fees)
    const submitted: Sending = {
      ...sending,
      state: 'submitted',
      nonce,
      transactions: [...sending.transactions, signed],
      block: undefined,
      blockHash: undefined,
      note: undefined,
      sentAt: now,
    }
    // On disk before it is out: if we die here it is broadcast again, under the same nonce.
    parts.outbox.save(submitted)
    await parts.sender.broadcast(signed.raw)
    return submitted
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'chain-refused') {
      const note = String(cause.params.reason ?? cause.code)
      return same(sending, { ...sending, state: mayHoldLater ? 'waiting' : 'refused', note })
    }
    throw cause
  }
}

/** The very same object when nothing changed, so that nothing is written. */
function same(before: Sending, after: Sending): Sending {
  return before.state === after.state && before.block === after.block && before.note === after.note ? before : after
}
