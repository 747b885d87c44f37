/**
 * Patience with a chain that keeps its state on disk only now and then: a block counts as final when the chain has
 * called it so for some time, or a kill could take back what the ledger has observed.
 */
import type { Block, Heads } from '../../verifier/chain/reader.ts'
import type { Clock } from '../ports/clock.ts'

/** Takes the heads as the chain says them, in the order in which they were asked for. */
export function settling(clock: Clock, settleMs: number): (heads: Heads) => Heads {
  /** Final blocks by when they were first seen, oldest first; the first is settled, once it is old enough. */
  let seen: { readonly block: Block; readonly at: number }[] = []

  return (heads) => {
    if (settleMs === 0) return heads
    const now = clock.now()
    if (seen.at(-1)?.block.hash !== heads.finalized.hash) seen.push({ block: heads.finalized, at: now })
    const old = seen.findLastIndex(({ at }) => now - at >= settleMs)
    seen = seen.slice(Math.max(old, 0))
    const [first] = seen
    const finalized = old < 0 || first === undefined ? NOTHING : first.block
    const safe = heads.safe.number < finalized.number ? finalized : heads.safe
    return { ...heads, safe, finalized }
  }
}

/** Below the first block. */
const NOTHING: Block = { number: -1, hash: '', time: 0 }
