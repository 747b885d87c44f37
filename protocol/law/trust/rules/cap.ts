/**
 * How high trust can stand.
 *
 *     T_cap_H = min( T_abs_max_H, ⌊ mean + k · max(std, sigma_min) ⌋ )        over the active humans of the epoch's start
 *     T_cap_M = T_abs_max_M
 *
 * `std` is the population's standard deviation. Sums are exact integers, so their order does not matter; the root is
 * taken of one integer and rounded towards zero, once, with the rest of the formula:
 *
 *     ⌊ (q·S + max(√(p²·X), p·sigma·n)) / (q·n) ⌋,   S = Σ T,  X = n·Σ T² − S²,  k = p/q
 *
 * Units: µT. Source: spec 4.2; readings T5, T12, T13.
 */
import type { Ratio } from '../../constitution/decimal.ts'

/** What the cap is computed from: how many, the sum of their trust and the sum of its squares. */
export type Population = { readonly count: number; readonly sum: bigint; readonly squares: bigint }

export const NOBODY: Population = { count: 0, sum: 0n, squares: 0n }

/** Squares of µT reach 10^12: the sum of so many of them is a safe integer. */
const BLOCK = 4096

/** Add up those of a column who signed an act at `since` or later; without that column, everybody. */
export function populationOf(value: Uint32Array, length: number, lastAct?: Float64Array, since = 0): Population {
  let [count, sum, squares] = [0, 0, 0n]
  for (let from = 0; from < length; from += BLOCK) {
    const block = blockOf(value, from, Math.min(length, from + BLOCK), lastAct, since)
    count += block.count
    sum += block.sum
    squares += BigInt(block.squares)
  }
  return { count, sum: BigInt(sum), squares }
}

function blockOf(value: Uint32Array, from: number, to: number, lastAct: Float64Array | undefined, since: number) {
  let [count, sum, squares] = [0, 0, 0]
  for (let i = from; i < to; i++) {
    if (lastAct !== undefined && lastAct[i]! < since) continue
    const trust = value[i]!
    count += 1
    sum += trust
    squares += trust * trust
  }
  return { count, sum, squares }
}

/** n² times the variance. */
export function spreadOf({ count, sum, squares }: Population): bigint {
  return BigInt(count) * squares - sum * sum
}

export type CapRule = { readonly max: number; readonly deviations: Ratio; readonly minSpread: number }

/** With nobody there is no mean to be above of: the absolute maximum alone holds. */
export function capOf(population: Population, { max, deviations, minSpread }: CapRule): number {
  if (population.count === 0) return max
  const n = BigInt(population.count)
  const [p, q] = [BigInt(deviations.numerator), BigInt(deviations.denominator)]
  const spread = squareRoot(p * p * spreadOf(population))
  const least = p * BigInt(minSpread) * n
  const cap = (q * population.sum + (spread > least ? spread : least)) / (q * n)
  return cap < BigInt(max) ? Number(cap) : max
}

/** Towards zero. */
export function meanOf({ count, sum }: Population): number {
  return count === 0 ? 0 : Number(sum / BigInt(count))
}

/** Population standard deviation, towards zero. */
export function deviationOf(population: Population): number {
  return population.count === 0 ? 0 : Number(squareRoot(spreadOf(population)) / BigInt(population.count))
}

/** Largest integer whose square is not above `value`. */
export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value
  // From above, by Newton's step; the first guess has half of the bits and is not too small.
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
