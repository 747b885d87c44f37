/**
 * One proof or one failure: where an actor's trust goes.
 *
 *     raw     = T + gain − penalty − decay
 *     clipped = raw between floor and cap
 *     limited = at most T + what the epoch's and the window's limit leave
 *     held    = limited − T, added to the epoch's movements, is more than delta_fast: the gain waits
 *
 * A fall is never limited and never held: where the gain waits, penalty and decay apply at once. The guard looks at
 * gross movements, so that falling and rising again is not a way around it (reading T3).
 *
 * Units: µT. Fault `trust-malformed`. Source: spec 4.2 («Order»), 4.3; readings T2, T3, T4, T6, T14. Invariants: I-02; D-03, D-11, D-14, D-21.
 */

import { Fault } from '../../../wire/fault.ts'
import { ONE } from '../../constitution/decimal.ts'

export type Limits = {
  readonly floor: number
  readonly cap: number
  /** Most that may be gained in one epoch, and in the slow window. */
  readonly perEpoch: number
  readonly perWindow: number
  /** Rise of one epoch beyond which gain is suspended; exactly this much is not more. */
  readonly fast: number
}

export type Standing = {
  readonly trust: number
  /** Upward movements of this epoch, and of the slow window, so far. */
  readonly risen: number
  readonly grown: number
}

export type Cause = { readonly gain: number; readonly penalty: number; readonly decay: number }

export type Step = {
  readonly to: number
  /** Gain that waits for humans; 0 where nothing does. */
  readonly held: number
  /** What the gain moved: the difference to where trust would stand without it. */
  readonly applied: number
  /** Gain that the cap and the limits took away. */
  readonly cut: { readonly cap: number; readonly epoch: number; readonly window: number }
}

/** @param guarded false where humans have validated the gain already */
export function step(standing: Standing, cause: Cause, limits: Limits, guarded = true): Step {
  const { trust, risen, grown } = standing
  const { gain, penalty, decay } = cause
  mustBeMicrotrust({ trust, risen, grown, gain, penalty, decay })
  const without = clip(trust - penalty - decay, limits.floor, limits.cap)
  const raw = trust + gain - penalty - decay
  const clipped = clip(raw, limits.floor, limits.cap)
  const inEpoch = Math.min(clipped, trust + Math.max(0, limits.perEpoch - risen))
  const limited = Math.min(inEpoch, trust + Math.max(0, limits.perWindow - grown))
  const moved = Math.max(0, limited - trust)
  const held = guarded && moved > 0 && risen + moved > limits.fast
  const reached = Math.max(limited, without)
  return {
    to: held ? without : reached,
    held: held ? reached - without : 0,
    applied: held ? 0 : reached - without,
    cut: {
      cap: Math.min(gain, Math.max(0, raw - clipped)),
      epoch: clipped - inEpoch,
      window: inEpoch - limited,
    },
  }
}

/** Reading T15: a negative penalty or decay would mint, and nothing else than whole µT is trust at all. */
function mustBeMicrotrust(figures: { readonly [name: string]: number }): void {
  for (const [name, value] of Object.entries(figures)) {
    if (!Number.isSafeInteger(value) || value < 0) throw new Fault('trust-malformed', { name, value })
  }
  if (figures.trust! > ONE) throw new Fault('trust-malformed', { name: 'trust', value: figures.trust! })
}

export function clip(value: number, floor: number, cap: number): number {
  return Math.max(floor, Math.min(cap, value))
}
