/** The state of the real law goes through a snapshot unchanged, and decides the same afterwards. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as genesis from '../../../protocol/genesis.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { openLedger, SNAPSHOT_THREAD, versionOfLaw, type SnapshotNote } from '../../../runtime/ledger/ledger.ts'
import { readSnapshot, snapshotFile, writeSnapshot } from '../../../runtime/ledger/snapshot/file.ts'
import { digestOfState } from '../../../runtime/ledger/snapshot/state-digest.ts'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import { verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { atTheGate, decision, publishAll, reviewed, underReview } from '../../support/law/flow.ts'
import { replayAll } from '../../support/law/replayed.ts'
import { founded, type Bench } from '../../support/law/world.ts'

function busy(): Bench {
  const bench = founded()
  atTheGate(bench, 'm-gate')
  publishAll(bench)
  underReview(bench, 'm-review')
  return bench
}

test('a state with missions, reviews and epochs comes back as it was, and so does all that follows', (t) => {
  const bench = busy()
  const file = snapshotFile(temporaryFolder(t))
  writeSnapshot(file, 'v', genesis, bench.state)
  const loaded = readSnapshot(file, 'v', genesis)
  assert.ok(typeof loaded !== 'string', 'the snapshot was not read')
  const digest = digestOfState(genesis.saveState(bench.state))
  assert.equal(digestOfState(genesis.saveState(loaded.state)), digest)
  assert.equal(loaded.state.founded?.constitution.hash, bench.state.founded?.constitution.hash)
  const from = bench.texts.length
  reviewed(bench, 'm-review', (seat) => decision(seat.id, 'm-review', 'approve'))
  publishAll(bench)
  const tail = replayAll(bench.texts.slice(from), loaded.state)
  assert.ok(tail.ok, JSON.stringify(tail))
  assert.notEqual(digestOfState(genesis.saveState(bench.state)), digest)
  assert.equal(digestOfState(genesis.saveState(tail.value)), digestOfState(genesis.saveState(bench.state)))
})

test('a runtime begins at its snapshot and its thread confirms it', async (t) => {
  const bench = busy()
  const folder = temporaryFolder(t)
  const rows = bench.texts.map((text, seq) => ({ seq, text, hash: Sha256.digest(text) }))
  const open = async (notes: SnapshotNote[], onNote: (note: SnapshotNote) => void = () => {}) => {
    const snapshots = {
      folder,
      law: genesis,
      version: versionOfLaw(),
      thread: SNAPSHOT_THREAD,
      fromEntries: 1,
      onNote: (note: SnapshotNote) => {
        notes.push(note)
        onNote(note)
      },
    }
    const store = openSqliteStore(folder)
    if (store.size() === 0) store.append(rows)
    return openLedger<genesis.State, genesis.AdmittedCommand>({
      store,
      law: genesis,
      verify: verifyWithSodium,
      clock: { now: bench.now },
      snapshots,
    })
  }
  const first: SnapshotNote[] = []
  const whole = await open(first)
  await whole.close()
  assert.deepEqual(
    first.map((note) => note.kind),
    ['kept'],
  )
  const confirmed = Promise.withResolvers<void>()
  const second: SnapshotNote[] = []
  const ledger = await open(second, (note) => {
    if (note.kind === 'confirmed') confirmed.resolve()
  })
  void ledger.stopped.then((fault) => confirmed.reject(fault))
  assert.deepEqual(second[0], { kind: 'loaded', entries: rows.length })
  assert.equal(
    await ledger.ask((state) => digestOfState(genesis.saveState(state))),
    digestOfState(genesis.saveState(bench.state)),
  )
  await confirmed.promise
  await ledger.close()
})
