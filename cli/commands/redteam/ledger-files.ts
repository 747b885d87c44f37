/** A ledger's rows as somebody with a database shell writes and reads them: past the store and its guards. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { LedgerRow } from '../../../protocol/catalogue/attacks/attack.ts'
import { openSqliteStore } from '../../../runtime/main.ts'

export const FILE = 'ledger.sqlite'

/** A ledger with these rows, whatever they are. */
export function written(folder: string, rows: readonly LedgerRow[]): void {
  openSqliteStore(folder).close()
  const db = new DatabaseSync(join(folder, FILE))
  const insert = db.prepare('INSERT INTO entries VALUES (?, ?, ?)')
  for (const { seq, hash, text } of rows) insert.run(seq, hash, text)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
}

/** Throws what SQLite throws where the file is none of its own. */
export function read(folder: string): readonly LedgerRow[] {
  const db = new DatabaseSync(join(folder, FILE))
  try {
    const rows = db.prepare('SELECT seq, hash, text FROM entries ORDER BY seq').all() as unknown as LedgerRow[]
    return rows.map(({ seq, hash, text }) => ({ seq, hash, text }))
  } finally {
    db.close()
  }
}
