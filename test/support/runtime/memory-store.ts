/** Entries in memory, for tests that are about what stands in the ledger and not about the disk. */
import { digest } from '../../../protocol/wire/sha256.ts'
import type { LedgerStore, StoredEntry } from '../../../runtime/ports/ledger-store.ts'

export function memoryStore(texts: readonly string[]): LedgerStore {
  const rows: StoredEntry[] = texts.map((text, seq) => ({ seq, text, hash: digest(text) }))
  return {
    size: () => rows.length,
    append: (more) => {
      rows.push(...more)
    },
    read: (from, limit) => rows.slice(from, from + limit),
    close: () => {},
  }
}
