/**
 * Exact integers out of the decimals that the documents hold.
 *
 *     0.02 ──▶ 20 000 millionths (microtrust)        0.15 ──▶ 3/20
 *
 * A JSON number is read as its shortest decimal, which is what RFC 8785 writes and what a person reads in the
 * file. Nothing is rounded: a decimal finer than a millionth has no value here.
 *
 * Units: millionths; for trust these are microtrust (µT), 0 … 1 000 000.
 * Source: spec 4.1 (exact arithmetic), STYLE of the law: no float in a rule.
 */

export const ONE = 1_000_000

const PLACES = 6
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/

/** The decimal in millionths, or undefined where it is finer than that, beyond the safe integers or no number. */
export function millionths(value: number): number | undefined {
  const parts = DECIMAL.exec(String(value))
  if (parts === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const shift = Number(exponent) - fraction.length + PLACES
  const digits = BigInt(sign + whole + fraction)
  const scale = 10n ** BigInt(Math.abs(shift))
  if (shift < 0 && digits % scale !== 0n) return undefined
  const exact = Number(shift < 0 ? digits / scale : digits * scale)
  return Number.isSafeInteger(exact) ? exact : undefined
}

/** An exact fraction in lowest terms, both parts safe integers. */
export type Ratio = { readonly numerator: number; readonly denominator: number }

export function ratioOfMillionths(value: number): Ratio {
  const shared = greatestCommonDivisor(value, ONE)
  return { numerator: value / shared, denominator: ONE / shared }
}

/** Largest integer not above ratio · count. Exact for counts up to 9 · 10^9. */
export function floorOfShare(ratio: Ratio, count: number): number {
  const product = ratio.numerator * count
  return (product - (product % ratio.denominator)) / ratio.denominator
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
