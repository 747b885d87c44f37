/** The count of what was turned away above a key's rate, for the clerk to record with the epoch (ports/refused.ts). */
import type { Digest } from '../../protocol/wire/sha256.ts'
import type { Refused } from '../ports/refused.ts'

export function refusedAboveRate(): Refused {
  let counts = new Map<Digest, number>()
  const add = (key: Digest, more: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + more)
  }
  return {
    count: (key) => add(key, 1),
    take() {
      const taken = counts
      counts = new Map()
      return taken
    },
    putBack(taken) {
      for (const [key, count] of taken) add(key, count)
    },
  }
}
