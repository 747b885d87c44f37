/**
 * Carries calls to the chain, one at a time and in order, and follows each until it lies in a finalized block.
 *
 *     each look:  what does the chain say of each? ─▶ is one of ours still out? ─ yes ─▶ tell it again, or raise its fees
 *                                                                              └─ no ──▶ sign the next that waits
 *
 * One account has one stream of nonces, so epochs and approvals share one courier. These hold at every moment:
 * - A sending has at most one nonce, and a nonce at most one sending: whatever the chain does, one of its
 *   transactions at most can succeed. It gets another nonce only when its own was used by something else in a block
 *   that is final.
 * - Nothing new is signed while a transaction of ours may still be mined.
 * - A transaction is on disk before it is broadcast, so `step` may be killed anywhere; every step begins with what
 *   the chain says.
 *
 * A transaction that is dropped, reorganized away or gone with the last seconds of a development chain is told again.
 * One that stays out is replaced by a dearer one; by an empty one where its call would revert by now. Fees above the
 * ceiling are waited out, and said (`note`).
 *
 * Source: spec 2.4.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Heads } from '../../verifier/chain/reader.ts'
import type { Call, Chain, Fees, Sender, SignedTransaction } from '../ports/chain.ts'
import type { Clock } from '../ports/clock.ts'
import type { Outbox, Sending, SentTransaction } from '../outbox/outbox.ts'
import { atLeast, feesOf, raised } from './fees.ts'

/** Where an effect lies; `final` where the ledger has it from a finalized block already. */
export type Landing = { readonly block: number; readonly blockHash: string } | 'final'

export type Errand = {
  readonly call: Call
  /** Where the chain holds the effect of this call, whoever sent it; undefined where it does not. */
  readonly landing: () => Promise<Landing | undefined>
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

export type Courier = {
  /** Advance what is on its way. Answers whether anything moved. */
  step(): Promise<boolean>
}

/** How long a transaction may stay out before it is replaced by a dearer one. Milliseconds. */
export const REPLACE_AFTER_MS = 30_000

/** How often one that is out is told to the chain again. Milliseconds. */
export const TELL_EVERY_MS = 2_000

type Matter = { readonly sending: Sending; readonly errand: Errand | undefined }

export function openCourier(parts: CourierParts): Courier {
  const { chain, sender, outbox, clock, feeCeiling, errandOf } = parts
  /** When something was last broadcast by this process. */
  const told = new Map<string, number>()

  async function step(): Promise<boolean> {
    const open = outbox.unfinished()
    if (open.length === 0) return false
    const heads = await chain.heads()
    const nonce = await sender.nonce()
    const out: Matter[] = []
    const waiting: Matter[] = []
    let moved = false
    for (const before of open) {
      const errand = await errandOf(before)
      const sending = await seen(before, errand, heads, nonce)
      if (sending !== before) {
        outbox.save(sending)
        moved = true
      }
      if (mayBeMined(sending, nonce)) out.push({ sending, errand })
      else if (sending.state === 'waiting') waiting.push({ sending, errand })
    }
    return (out.length > 0 ? await keepOut(out, nonce) : await sendNext(waiting, nonce)) || moved
  }

  /** What the chain says of a sending now. The very same object when that is what we knew. */
  async function seen(sending: Sending, errand: Errand | undefined, heads: Heads, nonce: number): Promise<Sending> {
    const own = await ownLanding(sending)
    const landing = own.landing ?? (await errand?.landing())
    const out = mayBeMined(sending, nonce)
    if (landing !== undefined) {
      const at = landing === 'final' ? undefined : landing
      const state = at === undefined ? 'final' : stateAt(at.block, heads)
      return same(sending, {
        ...sending,
        // Somebody else carried it, and ours may still come: it is followed until its nonce is used.
        state: state === 'final' && out ? 'safe' : state,
        block: at === undefined ? sending.block : at.block,
        blockHash: at === undefined ? sending.blockHash : at.blockHash,
        note: undefined,
        passed: undefined,
      })
    }
    const lost = { ...sending, block: undefined, blockHash: undefined }
    const note = sending.block === undefined ? sending.note : 'orphaned'
    if (sending.nonce === undefined) return same(sending, { ...lost, state: 'waiting', note })
    if (out) return same(sending, { ...lost, state: 'submitted', note, passed: undefined })
    return same(sending, await passedBy({ ...lost, state: 'submitted' }, own.reverted, heads))
  }

  /** Where one of our transactions succeeded; and whether one of them lies there reverted. */
  async function ownLanding({ transactions }: Sending): Promise<{ landing?: Landing; reverted: boolean }> {
    let reverted = false
    for (const { hash, empty } of transactions.toReversed()) {
      if (empty) continue
      const receipt = await sender.receipt(hash)
      if (receipt === undefined) continue
      if ((await chain.blockHash(receipt.block)) !== receipt.blockHash) continue
      if (receipt.succeeded) return { landing: { block: receipt.block, blockHash: receipt.blockHash }, reverted: false }
      reverted = true
    }
    return { reverted }
  }

  /** Its nonce is used, by nothing of it that succeeded: once that is final, it may have another. */
  async function passedBy(sending: Sending, reverted: boolean, heads: Heads): Promise<Sending> {
    const note = reverted ? 'reverted' : sending.transactions.at(-1)?.empty ? sending.note : 'nonce-used-by-another'
    const { passed } = sending
    if (passed === undefined || (await chain.blockHash(passed.number)) !== passed.hash) {
      // Read between two looks at the nonce: this block has seen it used.
      const { latest } = await chain.heads()
      if ((await sender.nonce()) <= (sending.nonce ?? 0)) return sending
      return { ...sending, note, passed: { number: latest.number, hash: latest.hash } }
    }
    if (passed.number > heads.finalized.number) return { ...sending, note }
    return { ...sending, state: 'waiting', nonce: undefined, sentAt: undefined, passed: undefined, note }
  }

  /** Nothing else is sent while something of ours may still be mined: it is told again, or replaced. */
  async function keepOut(out: readonly Matter[], nonce: number): Promise<boolean> {
    const inOrder = out.toSorted((a, b) => (a.sending.nonce ?? 0) - (b.sending.nonce ?? 0))
    if ((inOrder[0]?.sending.nonce ?? nonce) > nonce) await fill(nonce)
    let moved = false
    for (const { sending, errand } of inOrder) {
      const stale = sending.sentAt !== undefined && clock.now() - sending.sentAt >= REPLACE_AFTER_MS
      if (stale && (await replace(sending, errand))) moved = true
      else await tell(sending.key, sending.transactions.at(-1)?.raw)
    }
    return moved
  }

  async function replace(sending: Sending, errand: Errand | undefined): Promise<boolean> {
    const last = sending.transactions.at(-1)
    if (last === undefined || sending.nonce === undefined) return false
    const fees = atLeast(await sender.fees(), raised(feesOf(last)))
    if (fees.maxFeePerGas > feeCeiling) {
      say(sending, 'fee-above-ceiling')
      return false
    }
    const call = sending.state === 'submitted' ? errand?.call : undefined
    const signed = (await signedUnlessRefused(call, sending.nonce, fees)) ?? (await emptied(sending.nonce, fees))
    await send({ ...sending, note: signed.empty ? 'call-would-revert' : sending.note }, sending.nonce, signed)
    return true
  }

  async function signedUnlessRefused(
    call: Call | undefined,
    nonce: number,
    fees: Fees,
  ): Promise<SentTransaction | undefined> {
    if (call === undefined) return undefined
    try {
      return transaction(await sender.sign(call, nonce, fees), fees, false)
    } catch (cause) {
      if (refusalIn(cause) === undefined) throw cause
      return undefined
    }
  }

  /** Pays ourselves nothing: all it does is use the nonce, so that what comes after can go on. */
  async function emptied(nonce: number, fees: Fees): Promise<SentTransaction> {
    return transaction(await sender.sign({ to: sender.address, data: '0x' }, nonce, fees), fees, true)
  }

  /** Somebody else with our key used this nonce, and the chain took it back: ours wait behind the gap. */
  async function fill(nonce: number): Promise<void> {
    const key = `gap:${nonce}`
    if (toldLately(key)) return
    const fees = await sender.fees()
    // Not written down: dying here leaves at worst two that do nothing.
    if (fees.maxFeePerGas <= feeCeiling) await tell(key, (await emptied(nonce, fees)).raw)
  }

  async function sendNext(waiting: readonly Matter[], nonce: number): Promise<boolean> {
    let moved = false
    for (const { sending, errand } of waiting) {
      if (errand === undefined) continue
      const fees = await sender.fees()
      if (fees.maxFeePerGas > feeCeiling) {
        moved = say(sending, 'fee-above-ceiling') || moved
        continue
      }
      try {
        await send(sending, nonce, transaction(await sender.sign(errand.call, nonce, fees), fees, false))
        return true
      } catch (cause) {
        const reason = refusalIn(cause)
        if (reason === undefined) throw cause
        moved = (await refused(sending, errand, reason)) || moved
      }
    }
    return moved
  }

  async function refused(sending: Sending, errand: Errand, reason: string): Promise<boolean> {
    if (errand.mayHoldLater) return say(sending, reason)
    // It may revert because it has arrived since we looked.
    if ((await errand.landing()) !== undefined) return false
    outbox.save({ ...sending, state: 'refused', note: reason })
    return true
  }

  async function send(sending: Sending, nonce: number, signed: SentTransaction): Promise<void> {
    // On disk before it is out: if we die here it is told again, under the same nonce.
    outbox.save({
      ...sending,
      state: sending.state === 'waiting' ? 'submitted' : sending.state,
      nonce,
      transactions: [...sending.transactions, signed],
      note: signed.empty ? sending.note : undefined,
      sentAt: clock.now(),
      passed: undefined,
    })
    told.delete(sending.key)
    await tell(sending.key, signed.raw)
  }

  async function tell(key: string, raw: `0x${string}` | undefined): Promise<void> {
    if (raw === undefined || toldLately(key)) return
    told.set(key, clock.now())
    await sender.broadcast(raw)
  }

  function toldLately(key: string): boolean {
    const before = told.get(key)
    return before !== undefined && Math.abs(clock.now() - before) < TELL_EVERY_MS
  }

  function say(sending: Sending, note: string): boolean {
    if (sending.note === note) return false
    outbox.save({ ...sending, note })
    return true
  }

  return { step }
}

/** Whether a transaction of it may still get into a block: its nonce has not been used in the latest one. */
function mayBeMined(sending: Sending, nonce: number): boolean {
  return sending.nonce !== undefined && sending.nonce >= nonce
}

function transaction(
  { raw, hash }: SignedTransaction,
  { maxFeePerGas, maxPriorityFeePerGas }: Fees,
  empty: boolean,
): SentTransaction {
  return {
    raw,
    hash,
    maxFeePerGas: String(maxFeePerGas),
    maxPriorityFeePerGas: String(maxPriorityFeePerGas),
    empty,
  }
}

/** Why a call would revert, where that is what went wrong. */
function refusalIn(cause: unknown): string | undefined {
  return cause instanceof Fault && cause.code === 'chain-refused'
    ? String(cause.params.reason ?? cause.code)
    : undefined
}

function stateAt(block: number, heads: Heads): Sending['state'] {
  if (block <= heads.finalized.number) return 'final'
  return block <= heads.safe.number ? 'safe' : 'included'
}

/** The very same object when nothing changed, so that nothing is written. */
function same(before: Sending, after: Sending): Sending {
  const unchanged =
    before.state === after.state &&
    before.nonce === after.nonce &&
    before.block === after.block &&
    before.blockHash === after.blockHash &&
    before.note === after.note &&
    before.passed?.hash === after.passed?.hash
  return unchanged ? before : after
}
