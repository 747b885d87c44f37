/** Snapshots make a start sooner and never say what the ledger does not say (spec 2.2). */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { SnapshotNote, Snapshots } from '../../../runtime/ledger/ledger.ts'
import { readSnapshot, snapshotFile, writeSnapshot } from '../../../runtime/ledger/snapshot/file.ts'
import { digestOfState } from '../../../runtime/ledger/snapshot/state-digest.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { MOST, person, type TinyState } from '../../support/tiny-law.ts'
import { law, openTiny, record, type TinyLedger } from './tiny-ledger.ts'

const THREAD = new URL('../../support/tiny-snapshot-thread.ts', import.meta.url)
const LOAD = fileURLToPath(new URL('../../support/snapshot-load.ts', import.meta.url))
const ENTRIES = 40
const ada = person(1)
const ben = person(2)

type Opened = { readonly ledger: TinyLedger; readonly notes: SnapshotNote[]; said(kind: string): Promise<SnapshotNote> }

/** Opens the folder with snapshots; `said` waits for a note. */
async function opened(folder: string, more: Partial<Snapshots<TinyState>> = {}): Promise<Opened> {
  const notes: SnapshotNote[] = []
  const waiting: (() => void)[] = []
  const onNote = (note: SnapshotNote): void => {
    notes.push(note)
    for (const wake of waiting.splice(0)) wake()
  }
  const snapshots: Snapshots<TinyState> = {
    folder,
    law,
    version: 'v',
    thread: THREAD,
    fromEntries: 1,
    lookEveryMs: 10,
    onNote,
    ...more,
  }
  const ledger = await openTiny(folder, { snapshots })
  const said = async (kind: string): Promise<SnapshotNote> => {
    for (;;) {
      const found = notes.find((note) => note.kind === kind)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  return { ledger, notes, said }
}

/** A ledger with a snapshot of it, closed. */
async function written(t: TestContext, tail = 0): Promise<string> {
  const folder = temporaryFolder(t)
  const { ledger } = await opened(folder)
  for (let i = 0; i < ENTRIES; i++) await record(ledger, person(i % 3).command(`n-${i}`, i === 5 ? MOST + 1 : i))
  await ledger.close()
  if (tail > 0) await withoutSnapshots(folder, tail)
  return folder
}

/** Entries of a run that died before it could write a snapshot. */
async function withoutSnapshots(folder: string, count: number): Promise<void> {
  const ledger = await openTiny(folder)
  for (let i = 0; i < count; i++) await record(ledger, ada.command(`tail-${i}`, 1))
  await ledger.close()
}

function digestOf(ledger: TinyLedger): Promise<string> {
  return ledger.ask((state) => digestOfState(state))
}

/** What every entry from the first on gives. */
async function fullFold(folder: string): Promise<string> {
  const ledger = await openTiny(folder)
  const digest = await digestOf(ledger)
  await ledger.close()
  return digest
}

/** The file with another content and a checksum that fits. */
function forge(folder: string, change: (state: TinyState) => void): void {
  const file = snapshotFile(folder)
  const loaded = readSnapshot(file, 'v', law)
  assert.ok(typeof loaded !== 'string', 'the snapshot was not read')
  change(loaded.state)
  writeSnapshot(file, 'v', law, loaded.state)
}

test('a start begins at the snapshot, takes the entries after it and is where a full fold would be', async (t) => {
  const folder = await written(t, 7)
  const whole = await fullFold(folder)
  const { ledger, notes, said } = await opened(folder)
  assert.deepEqual(notes[0], { kind: 'loaded', entries: ENTRIES })
  assert.equal(await digestOf(ledger), whole)
  assert.deepEqual(await said('confirmed'), { kind: 'confirmed', entries: ENTRIES })
  assert.equal((await record(ledger, ada.command('next', 1))).seq, ENTRIES + 7)
  await ledger.close()
})

test('what was answered before the snapshot has the same answer after it', async (t) => {
  const folder = await written(t)
  const { ledger } = await opened(folder)
  const again = await record(ledger, person(0).command('n-0', 0))
  assert.deepEqual([again.seq, again.repeated], [0, true])
  await ledger.close()
})

test('a clean stop leaves a snapshot of everything; one that is not confirmed leaves the earlier one', async (t) => {
  const folder = await written(t)
  const first = readFileSync(snapshotFile(folder))
  const hasty = await opened(folder)
  await record(hasty.ledger, ada.command('more', 1))
  await hasty.ledger.close()
  if (!hasty.notes.some(({ kind }) => kind === 'confirmed')) {
    assert.deepEqual(readFileSync(snapshotFile(folder)), first)
  }
  const patient = await opened(folder)
  await patient.said('confirmed')
  await record(patient.ledger, ada.command('still more', 1))
  await patient.ledger.close()
  const loaded = readSnapshot(snapshotFile(folder), 'v', law)
  assert.ok(typeof loaded !== 'string')
  assert.equal(loaded.entries, ENTRIES + 2)
})

test('while it runs a new snapshot comes after enough entries', async (t) => {
  const folder = temporaryFolder(t)
  const first = await opened(folder)
  await record(first.ledger, ada.command('first', 1))
  await first.ledger.close()
  const { ledger, notes, said } = await opened(folder, { everyEntries: 10 })
  await said('confirmed')
  for (let i = 0; i < 12; i++) await record(ledger, ada.command(`n-${i}`, 1))
  while (!notes.some((note) => note.kind === 'kept' && note.entries >= 11)) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const loaded = readSnapshot(snapshotFile(folder), 'v', law)
  assert.ok(typeof loaded !== 'string')
  assert.ok(loaded.entries >= 11)
  await ledger.close()
  assert.equal(notes.filter(({ kind }) => kind === 'trouble').length, 0)
})

test('a snapshot cut short or with one bit turned is discarded, and the start is right all the same', async (t) => {
  const folder = await written(t)
  const whole = await fullFold(folder)
  const bytes = readFileSync(snapshotFile(folder))
  const spoilt: Buffer[] = [0, 1, 17, 18, 40, 200, bytes.length - 33, bytes.length - 1].map((n) => bytes.subarray(0, n))
  for (const at of [0, 20, 30, 60, 120, 300, Math.floor(bytes.length / 2), bytes.length - 40, bytes.length - 1]) {
    const flipped = Buffer.from(bytes)
    flipped[at]! ^= 1 << (at % 8)
    spoilt.push(flipped)
  }
  spoilt.push(Buffer.concat([bytes, Buffer.from([0])]))
  for (const content of spoilt) {
    writeFileSync(snapshotFile(folder), content)
    const { ledger, notes } = await opened(folder)
    assert.deepEqual(notes[0], { kind: 'discarded', code: 'snapshot-damaged' })
    assert.equal(await digestOf(ledger), whole)
    await ledger.close()
  }
})

test('a snapshot of other code is not read', async (t) => {
  const folder = await written(t)
  const { ledger, notes } = await opened(folder, { version: 'another' })
  assert.deepEqual(notes[0], { kind: 'discarded', code: 'snapshot-of-another-version' })
  assert.equal(ledger.head().size, ENTRIES)
  await ledger.close()
})

test('a checksum over nonsense helps nothing', async (t) => {
  const folder = await written(t)
  const label = JSON.stringify({ entries: ENTRIES, head: `sha256:${'0'.repeat(64)}`, version: 'v' })
  for (const [text, code] of [
    ['', 'snapshot-damaged'],
    ['GENESIS-SNAPSHOT-1\n[1,2,3]\nwords', 'snapshot-of-another-version'],
    [`GENESIS-SNAPSHOT-1\n${label}\nwords`, 'snapshot-unreadable'],
    [`GENESIS-SNAPSHOT-2\n${label}\nwords`, 'snapshot-of-another-version'],
  ] as const) {
    const content = Buffer.from(text)
    writeFileSync(snapshotFile(folder), Buffer.concat([content, createHash('sha256').update(content).digest()]))
    const { ledger, notes } = await opened(folder)
    assert.deepEqual(notes[0], { kind: 'discarded', code })
    await ledger.close()
  }
})

test('the snapshot of another ledger is discarded', async (t) => {
  const [folder, other] = [await written(t), temporaryFolder(t)]
  const { ledger: theirs } = await opened(other)
  for (let i = 0; i < ENTRIES; i++) await record(theirs, ben.command(`n-${i}`, 1))
  await theirs.close()
  writeFileSync(snapshotFile(folder), readFileSync(snapshotFile(other)))
  const { ledger, notes } = await opened(folder)
  assert.deepEqual(notes[0], { kind: 'discarded', code: 'snapshot-of-another-ledger' })
  assert.equal(await ledger.ask((state) => state.sums.has(ben.id)), true)
  await ledger.close()
})

test('a ledger whose end was cut off does not get it back from a snapshot', async (t) => {
  const folder = await written(t)
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
  db.exec(`DROP TRIGGER entries_never_go; DELETE FROM entries WHERE seq >= ${ENTRIES - 3}`)
  db.close()
  const { ledger, notes } = await opened(folder)
  assert.deepEqual(notes[0], { kind: 'discarded', code: 'snapshot-beyond-the-ledger' })
  assert.equal(ledger.head().size, ENTRIES - 3)
  await ledger.close()
})

test('a snapshot that was changed with care is found by the second fold: it goes, and the writer stops', async (t) => {
  const folder = await written(t)
  const whole = await fullFold(folder)
  forge(folder, (state) => state.sums.set(ada.id, 1_000_000))
  const { ledger, notes } = await opened(folder)
  assert.equal(notes[0]?.kind, 'loaded')
  const fault = await ledger.stopped
  assert.deepEqual([fault.code, fault.params], ['ledger-snapshot-false', { entries: ENTRIES }])
  assert.equal(existsSync(snapshotFile(folder)), false)
  await assert.rejects(
    ledger.ask(() => true),
    { code: 'ledger-stopped' },
  )
  await ledger.close()
  assert.equal(existsSync(snapshotFile(folder)), false)
  const next = await opened(folder)
  assert.equal(await digestOf(next.ledger), whole)
  await next.ledger.close()
})

test('a changed snapshot from which the tail does not follow is discarded at once', async (t) => {
  const folder = await written(t, 3)
  const whole = await fullFold(folder)
  forge(folder, (state) => state.nonces.add(`${ada.id} tail-1`))
  const { ledger, notes } = await opened(folder)
  const codes = notes.map((note) => (note.kind === 'discarded' ? note.code : note.kind))
  assert.deepEqual(codes.slice(0, 2), ['loaded', 'snapshot-does-not-lead-on'])
  assert.equal(await digestOf(ledger), whole)
  await ledger.close()
})

test('an entry that was edited where the start did not look is named by the second fold', async (t) => {
  const folder = await written(t)
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
  db.exec(`DROP TRIGGER entries_never_change`)
  db.exec(`UPDATE entries SET text = replace(text, '"outcome":"committed"', '"outcome":"withheld"') WHERE seq = 9`)
  db.close()
  const { ledger } = await opened(folder)
  const fault = await ledger.stopped
  assert.deepEqual([fault.code, fault.params['seq']], ['ledger-entry-differs', 9])
  await ledger.close()
  await assert.rejects(openTiny(folder), { code: 'ledger-entry-edited', params: { seq: 9 } })
})

test('a process killed while it writes leaves the earlier snapshot or the new one', async (t) => {
  const folder = await written(t)
  const whole = await fullFold(folder)
  for (const killAfterMs of [0, 3, 8, 14, 21]) {
    const child = spawn(process.execPath, [LOAD, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const closed = once(child, 'close')
    await Promise.race([once(child.stdout, 'data'), closed])
    await new Promise((resolve) => setTimeout(resolve, killAfterMs))
    child.kill('SIGKILL')
    await closed
    const loaded = readSnapshot(snapshotFile(folder), 'v', law)
    assert.ok(typeof loaded !== 'string', 'the snapshot was not read')
    assert.equal(loaded.entries, ENTRIES)
  }
  // What the load added to the state is none of the ledger's: the second fold would say so.
  truncateSync(snapshotFile(folder), 100)
  const { ledger } = await opened(folder)
  assert.equal(await digestOf(ledger), whole)
  await ledger.close()
})
