/**
 * The last twenty of something, good or not: twenty bits and a count, the latest in the lowest bit.
 *
 * The count goes on for ever, so that one that was pushed as number `n` can be found again while it is among the last
 * twenty, and corrected when its outcome is overturned.
 *
 * Source: spec 4.2 («last 20 accepted tasks», «last 20 verdicts»).
 */
export const TWENTY = 20

const MASK = 2 ** TWENTY - 1

export type Twenty = { readonly bits: number; readonly count: number }

export function pushed({ bits, count }: Twenty, good: boolean): Twenty {
  return { bits: ((bits << 1) | (good ? 1 : 0)) & MASK, count: count + 1 }
}

/** Number `place` (from 1) made bad; what has left the last twenty stays as it was. */
export function spoiled(twenty: Twenty, place: number): Twenty {
  const back = twenty.count - place
  return back < 0 || back >= TWENTY ? twenty : { ...twenty, bits: twenty.bits & ~(1 << back) }
}

/** Number `place` made good again, where it is still among the last twenty. */
export function mended(twenty: Twenty, place: number): Twenty {
  const back = twenty.count - place
  return back < 0 || back >= TWENTY ? twenty : { ...twenty, bits: twenty.bits | (1 << back) }
}

/** Number `place` as it was judged now, or one more where there is none. */
export function judged(twenty: Twenty, place: number | undefined, good: boolean): Twenty {
  if (place === undefined) return pushed(twenty, good)
  return good ? mended(twenty, place) : spoiled(twenty, place)
}

/** Good ones among the last twenty, or among all where there are fewer. */
export function shareOf({ bits, count }: Twenty): { readonly n: number; readonly d: number } {
  let good = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) good += 1
  return { n: good, d: Math.min(count, TWENTY) }
}
