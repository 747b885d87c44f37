/**
 * The face of the room: opens a ledger, which is to say folds it, and gives the one writer.
 *
 * Faults: those of the store and of recovery. After a fault nothing is held open.
 */
import type { Enveloped } from '../ports/law.ts'
import type { Ledger } from '../ports/ledger.ts'
import { fold, requireClockNotBehind, type Progress } from './recovery.ts'
import { DEFAULT_LIMITS, writer, type Limits, type Parts } from './writer.ts'

export type Opening<State, Command extends Enveloped> = Omit<Parts<State, Command>, 'limits'> & {
  readonly limits?: Partial<Limits>
  readonly onProgress?: (progress: Progress) => void
}

export async function openLedger<State, Command extends Enveloped>({
  limits,
  onProgress,
  ...parts
}: Opening<State, Command>): Promise<Ledger<State, Command>> {
  try {
    const folded = await fold(parts, onProgress)
    requireClockNotBehind(folded.lastRecordedAt, parts.clock.now())
    return writer({ ...parts, limits: { ...DEFAULT_LIMITS, ...limits } }, folded)
  } catch (cause) {
    parts.store.close()
    throw cause
  }
}
