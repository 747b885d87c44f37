/**
 * A member's pen: signs the commitments that its own fold gave, once each, and brings every share until it is taken.
 *
 *     owed ─▶ checkpoint on disk ─▶ sign ─▶ bring ─▶ taken ─▶ (a minute later not on chain) ─▶ bring again
 *
 * What is true if we die before the checkpoint is written: nothing was signed. After it: the same share can be made
 * again, and no other for that epoch.
 *
 * Source: spec 2.3, 2.5 (an expired or revoked key signs nothing).
 */
import type { State } from '../../protocol/genesis.ts'
import { publicKeyOf, sign as signBls } from '../../protocol/wire/bls.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import { epochMessage } from '../epochs/epochs.ts'
import type { Clock } from '../ports/clock.ts'
import { writeCheckpoint, type Checkpoint } from './checkpoint.ts'

export type PenParts = {
  readonly index: number
  readonly secret: Uint8Array
  readonly url: string
  readonly checkpointFile: string
  readonly clock: Clock
}

export type Pen = {
  /** An epoch was closed. */
  owe(epoch: number): void
  /** The chain holds an epoch: nobody needs our share of it any more. */
  release(epoch: number): void
  /**
   * Brings what is owed. Answers a code where this ledger is not one to sign for, for ever. Rejects where it has to be
   * tried again.
   */
  bring(state: State, signal: AbortSignal): Promise<string | undefined>
}

/** A certificate may be refused on chain because a key ran out: then members sign again. Milliseconds. */
const AGAIN_AFTER_MS = 60_000

const BRING_WITHIN_MS = 30_000

export function penOf(
  parts: PenParts,
  before: Checkpoint | undefined,
  onSigned: (epoch: number, commitment: Digest) => void,
): Pen {
  const { index, secret, url, checkpointFile, clock } = parts
  const key = publicKeyOf(secret)
  const signed = new Map(before?.signed.map(({ epoch, commitment }) => [epoch, commitment]))
  /** Closed epochs that the chain was not seen to hold, and when their share was last taken. */
  const owed = new Map<number, number | undefined>()

  async function bringOne(state: State, epoch: number, signal: AbortSignal): Promise<string | undefined> {
    const closed = state.epochs.closed[epoch]
    const message = epochMessage(state, epoch)
    if (closed === undefined || message === undefined) return undefined
    const earlier = signed.get(epoch)
    if (earlier !== undefined && earlier !== closed.commitment) return 'epoch-signed-otherwise'
    if (earlier === undefined) {
      keepInMind(state, epoch, closed.commitment)
      signed.set(epoch, closed.commitment)
    }
    const share = { commitment: closed.commitment, member: index, signature: signBls(message, secret) }
    const response = await fetch(`${url}/v1/certificates/${epoch}/shares`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(share),
      signal: AbortSignal.any([signal, AbortSignal.timeout(BRING_WITHIN_MS)]),
    })
    await response.body?.cancel()
    if (!response.ok) throw new Fault('share-not-taken', { epoch, status: response.status })
    const first = owed.get(epoch) === undefined
    // The chain may have been seen to hold it meanwhile.
    if (owed.has(epoch)) owed.set(epoch, clock.now())
    if (first) onSigned(epoch, closed.commitment)
    return undefined
  }

  /** On disk before the signature is made: a member never signs two commitments for one epoch. */
  function keepInMind({ founded, books }: State, epoch: number, commitment: Digest): void {
    if (founded === undefined) throw new Fault('ledger-not-founded')
    const all = [...signed, [epoch, commitment] as const]
    try {
      writeCheckpoint(checkpointFile, {
        deployment: founded.deployment.id as Digest,
        size: books.next,
        head: books.head,
        signed: all.map(([number, hash]) => ({ epoch: number, commitment: hash })),
      })
    } catch (cause) {
      throw new Fault('checkpoint-not-written', { file: checkpointFile }, { cause })
    }
  }

  function requireValidKey(state: State): void {
    const held = state.chain.committeeKeys.get(index)
    if (held?.key !== key || held.revoked) throw new Fault('own-key-not-registered', { member: index })
    if (held.notAfter * 1000 <= clock.now()) throw new Fault('own-key-expired', { member: index })
  }

  function isDue(epoch: number): boolean {
    const taken = owed.get(epoch)
    return taken === undefined || Math.abs(clock.now() - taken) >= AGAIN_AFTER_MS
  }

  return {
    owe: (epoch) => {
      owed.set(epoch, undefined)
    },
    release: (epoch) => {
      owed.delete(epoch)
    },
    bring: async (state, signal) => {
      let trouble: unknown
      for (const epoch of [...owed.keys()].filter(isDue)) {
        try {
          requireValidKey(state)
          const refusal = await bringOne(state, epoch, signal)
          if (refusal !== undefined) return refusal
        } catch (cause) {
          // The others may be luckier.
          trouble ??= cause
        }
      }
      if (trouble !== undefined) throw trouble
      return undefined
    },
  }
}
