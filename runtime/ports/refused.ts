/**
 * How many commands were turned away above a key's rate since the last epoch was closed (spec 2.2): the flood itself
 * writes nothing, its size is recorded once.
 *
 * Contract: in memory, so a process that dies forgets the open epoch's; what was taken and could not be recorded is put
 * back. Only what the key really signed is counted: nobody writes another's name there.
 */
import type { Digest } from '../../protocol/wire/sha256.ts'

export type Refused = {
  count(key: Digest): void
  /** Everything counted so far; it is counted anew from here. */
  take(): ReadonlyMap<Digest, number>
  putBack(counts: ReadonlyMap<Digest, number>): void
}
