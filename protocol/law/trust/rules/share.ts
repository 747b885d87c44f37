/**
 * Exact shares: what quality, reliability and volume are until they have been multiplied.
 *
 *     { n: 275, d: 300 }        a mean of three scores of 0 … 100
 *
 * Both parts are safe integers, 0 ≤ n ≤ d, d > 0. Sums and products are made with big integers, so that no order and no
 * size of them matters. Source: spec 4.1 (exact arithmetic), 4.2 (rounding).
 */
import { Fault } from '../../../wire/fault.ts'

export type Share = { readonly n: number; readonly d: number }

/** Throws Fault `share-malformed` for anything that is not a share of one: it would mint or forgive trust. */
export function share(n: number, d: number): Share {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || n < 0 || d <= 0 || n > d) {
    throw new Fault('share-malformed', { n, d })
  }
  return { n, d }
}

/** Whether `share` ≥ a threshold in millionths, without rounding. */
export function reaches({ n, d }: Share, millionths: number): boolean {
  return BigInt(n) * 1_000_000n >= BigInt(millionths) * BigInt(d)
}

/** The median of shares with one denominator: the middle one, or the mean of the middle two. None, no median. */
export function median(parts: readonly number[], d: number): Share | undefined {
  if (parts.length === 0) return undefined
  const ascending = parts.toSorted((a, b) => a - b)
  const upper = ascending[ascending.length >> 1] ?? 0
  const lower = ascending[(ascending.length - 1) >> 1] ?? 0
  return share(lower + upper, 2 * d)
}
