/**
 * The face of the room: opens a ledger, which is to say folds it, and gives the one writer.
 *
 * With `snapshots` the fold may begin where a snapshot ends; without, it begins at the first entry.
 *
 * Faults: those of the store and of recovery. After a fault nothing is held open.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Enveloped } from '../ports/law.ts'
import type { Ledger } from '../ports/ledger.ts'
import { fold, requireClockNotBehind, type Folded, type Ingredients, type Progress } from './recovery.ts'
import { keeper, type Keeper, type Snapshots } from './snapshot/keeper.ts'
import { DEFAULT_LIMITS, writer, type Limits, type Parts } from './writer.ts'

export { versionOfLaw } from './snapshot/version.ts'
export type { Unfit } from './snapshot/file.ts'
export type { SnapshotNote, Snapshots } from './snapshot/keeper.ts'

/** Makes and confirms snapshots of the law of Genesis. */
export const SNAPSHOT_THREAD = new URL('./snapshot/thread.ts', import.meta.url)

export type Opening<State, Command extends Enveloped> = Omit<Parts<State, Command>, 'limits'> & {
  readonly limits?: Partial<Limits>
  readonly snapshots?: Snapshots<State> | undefined
  readonly onProgress?: (progress: Progress) => void
}

export async function openLedger<State, Command extends Enveloped>({
  limits,
  snapshots,
  onProgress,
  ...parts
}: Opening<State, Command>): Promise<Ledger<State, Command>> {
  try {
    const kept = snapshots === undefined ? undefined : keeper(snapshots)
    const folded = (await foldFromSnapshot(parts, kept, onProgress)) ?? (await fold(parts, onProgress))
    requireClockNotBehind(folded.lastRecordedAt, parts.clock.now())
    const { halt, ...ledger } = writer({ ...parts, limits: { ...DEFAULT_LIMITS, ...limits } }, folded, kept?.end)
    kept?.begin(folded.state, ledger, halt)
    return ledger
  } catch (cause) {
    parts.store.close()
    throw cause
  }
}

/** From the snapshot on, if there is one and the entries after it follow from it. */
async function foldFromSnapshot<State, Command extends Enveloped>(
  parts: Ingredients<State, Command>,
  kept: Keeper<State> | undefined,
  onProgress: ((progress: Progress) => void) | undefined,
): Promise<Folded<State> | undefined> {
  const from = kept?.load(parts.store)
  if (from === undefined) return undefined
  try {
    return await fold(parts, onProgress, from)
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code !== 'ledger-entry-differs') throw cause
    // Either the snapshot is false or the ledger is: the full fold says which.
    kept?.discard('snapshot-does-not-lead-on')
    return undefined
  }
}
