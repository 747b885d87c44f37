/** Fees of a transaction, and what a replacement must pay. Wei per gas. Source: spec 2.4. */
import type { Fees } from '../ports/chain.ts'

/** At least ten percent more on both fields, which is what nodes ask of a replacement; an eighth, rounded up. */
export function raised({ maxFeePerGas, maxPriorityFeePerGas }: Fees): Fees {
  const more = (fee: bigint): bigint => fee + (fee + 7n) / 8n + 1n
  return { maxFeePerGas: more(maxFeePerGas), maxPriorityFeePerGas: more(maxPriorityFeePerGas) }
}

/** The larger of both, field by field. */
export function atLeast(a: Fees, b: Fees): Fees {
  const larger = (x: bigint, y: bigint): bigint => (x > y ? x : y)
  return {
    maxFeePerGas: larger(a.maxFeePerGas, b.maxFeePerGas),
    maxPriorityFeePerGas: larger(a.maxPriorityFeePerGas, b.maxPriorityFeePerGas),
  }
}

/** As the outbox keeps them: decimal texts. */
export function feesOf(kept: { readonly maxFeePerGas: string; readonly maxPriorityFeePerGas: string }): Fees {
  return { maxFeePerGas: BigInt(kept.maxFeePerGas), maxPriorityFeePerGas: BigInt(kept.maxPriorityFeePerGas) }
}
