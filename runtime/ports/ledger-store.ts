/**
 * Where entries lie. Nothing else is the truth: state, indexes and answers are all folded from these rows.
 *
 * Contract, the same for every store, held by one test-suite:
 * - `append` is atomic and durable: when it returns (or its promise resolves) all rows are on disk (fsync) and
 *   survive the loss of power; when it throws, either none or all of them are, and nobody knows which until
 *   the store is opened again.
 * - Rows continue the sequence without a gap; a store refuses any other `seq` before it writes anything.
 * - Rows are never changed or removed.
 * - Reads see whole appends only, in order of `seq`. They may run while nothing is being appended.
 * - One owner at a time: opening a store that another process holds throws Fault `ledger-in-use`.
 *
 * Faults: `ledger-in-use`, `ledger-store-damaged`, `ledger-store-failed`, `ledger-append-gap`.
 */
import type { Digest } from '../../protocol/wire/sha256.ts'

export type StoredEntry = {
  readonly seq: number
  /** SHA-256 of `text`. */
  readonly hash: Digest
  /** The entry in canonical JSON, exactly the bytes that were decided. */
  readonly text: string
}

export type LedgerStore = {
  /** Number of entries, which is also the next `seq`. */
  size(): number
  append(rows: readonly StoredEntry[]): void | Promise<void>
  /** At most `limit` rows, the first with `seq` = `from`; none when `from` is the size or beyond. */
  read(from: number, limit: number): readonly StoredEntry[]
  close(): void
}
