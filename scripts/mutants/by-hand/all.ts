/** The mutants that are written by hand, one list a subject. */
import { BYTES } from './bytes.ts'
import type { ByHand } from './by-hand.ts'
import { FOUNDING } from './founding.ts'
import { PEOPLE } from './people.ts'
import { REPLAY } from './replay.ts'
import { TRUST } from './trust.ts'
import { WINDOWS } from './windows.ts'

export const BY_HAND: readonly ByHand[] = [...BYTES, ...FOUNDING, ...REPLAY, ...PEOPLE, ...TRUST, ...WINDOWS]
