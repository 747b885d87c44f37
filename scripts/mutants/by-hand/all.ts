/** The mutants that are written by hand, one list a subject. */
import type { ByHand } from './by-hand.ts'

export const BY_HAND: readonly ByHand[] = []
