/**
 * A process that writes one snapshot after another until somebody kills it.
 *
 *     node test/support/snapshot-load.ts <folder>
 *
 * Says `writing` once the first is whole. Each is of another size.
 */
import { writeSync } from 'node:fs'
import { snapshotFile, writeSnapshot } from '../../runtime/ledger/snapshot/file.ts'
import { openSqliteStore } from '../../runtime/ledger/stores/sqlite.ts'
import { fold } from '../../runtime/ledger/recovery.ts'
import { verifyWithSodium } from '../../runtime/signatures/signatures.ts'
import { tinyLaw } from './tiny-law.ts'

const folder = process.argv[2]!
const law = tinyLaw()
const store = openSqliteStore(folder)
const { state } = await fold({ store, law, verify: verifyWithSodium })
for (let i = 0; ; i++) {
  const padded = { ...state, padding: new Uint8Array(200_000 + (i % 7) * 100_000).fill(i) }
  writeSnapshot(snapshotFile(folder), 'v', law, padded)
  if (i === 0) writeSync(1, 'writing\n')
}
