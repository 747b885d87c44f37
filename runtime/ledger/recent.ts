/**
 * The last entries in memory, so that those who follow the ledger closely do not make it read the disk.
 *
 * Only what is on disk is put here. Bounded by number and by size of text; older entries are in the store.
 *
 * Units: characters of text, about bytes for our entries.
 */
import type { StoredEntry } from '../ports/ledger-store.ts'

const MAX_ENTRIES = 4096
const MAX_CHARACTERS = 16_777_216

export type Recent = {
  add(rows: readonly StoredEntry[]): void
  /** Rows from `from` on, or undefined when they begin before what is kept. */
  read(from: number, limit: number): readonly StoredEntry[] | undefined
}

export function recent(): Recent {
  const kept: StoredEntry[] = []
  let characters = 0

  return {
    add(rows) {
      for (const row of rows) {
        kept.push(row)
        characters += row.text.length
      }
      let surplus = 0
      while (kept.length - surplus > MAX_ENTRIES || (characters > MAX_CHARACTERS && surplus < kept.length)) {
        characters -= kept[surplus++]!.text.length
      }
      if (surplus > 0) kept.splice(0, surplus)
    },
    read(from, limit) {
      const first = kept[0]
      if (first === undefined || from < first.seq) return undefined
      return kept.slice(from - first.seq, from - first.seq + limit)
    },
  }
}
