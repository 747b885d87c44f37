import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { MOST, person } from '../../support/tiny-law.ts'
import { fixedClock, NOON, openTiny, record, type TinyLedger } from './tiny-ledger.ts'

const ada = person(1)

/** A ledger of `count` entries, closed, one of them withheld. */
async function written(t: TestContext, count: number): Promise<string> {
  const folder = temporaryFolder(t)
  const ledger = await openTiny(folder)
  for (let i = 0; i < count; i++) await record(ledger, ada.command(`n-${i}`, i === 3 ? MOST + 1 : 1))
  await ledger.close()
  return folder
}

/** Somebody with the database shell, who has removed the guards. */
function edit(folder: string, sql: string, ...values: (string | number)[]): void {
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
  db.exec('DROP TRIGGER IF EXISTS entries_never_change; DROP TRIGGER IF EXISTS entries_never_go')
  db.prepare(sql).run(...values)
  db.close()
}

function textOf(folder: string, seq: number): string {
  const store = openSqliteStore(folder)
  const text = store.read(seq, 1)[0]!.text
  store.close()
  return text
}

function everything(ledger: TinyLedger) {
  return ledger.ask((state) => structuredClone(state))
}

test('the state after a restart is the state before it', async (t) => {
  const folder = temporaryFolder(t)
  const before = await openTiny(folder)
  await Promise.all(Array.from({ length: 60 }, (_, i) => record(before, person(i % 5).command(`n-${i}`, i))))
  const [state, head] = [await everything(before), before.head()]
  await before.close()
  const after = await openTiny(folder)
  t.after(() => after.close())
  assert.deepEqual(await everything(after), state)
  assert.deepEqual(after.head(), head)
  assert.equal((await record(after, ada.command('next', 1))).seq, 60)
})

test('the start tells how far it is', async (t) => {
  const folder = await written(t, 7)
  const seen: string[] = []
  const ledger = await openTiny(folder, { onProgress: ({ done, total }) => seen.push(`${done}/${total}`) })
  t.after(() => ledger.close())
  assert.deepEqual(seen, ['7/7'])
})

test('an edited entry is named and the start refused', async (t) => {
  for (const seq of [0, 3, 6]) {
    const folder = await written(t, 7)
    edit(folder, "UPDATE entries SET text = replace(text, '2026-', '2025-') WHERE seq = ?", seq)
    await assert.rejects(openTiny(folder), { code: 'ledger-entry-edited', params: { seq } })
  }
})

test('an entry edited together with its hash is named all the same', async (t) => {
  for (const [from, to] of [
    ['"outcome":"committed"', '"outcome":"withheld"'],
    ['"add":1', '"add":2'],
    ['"recorded_at":"2026', '"recorded_at":"2025'],
    ['"seq":2', '"seq":4'],
    ['"sig":"', '"sig":"A'],
  ] as const) {
    const folder = await written(t, 7)
    const text = textOf(folder, 2).replace(from, to)
    edit(folder, 'UPDATE entries SET text = ?, hash = ? WHERE seq = 2', text, Sha256.digest(text))
    await assert.rejects(openTiny(folder), (fault: { code: string; params: { seq: number } }) => {
      assert.deepEqual([fault.code, fault.params.seq], ['ledger-entry-differs', 2])
      return true
    })
  }
})

test('a missing entry is named', async (t) => {
  const folder = await written(t, 7)
  edit(folder, 'DELETE FROM entries WHERE seq = ?', 2)
  await assert.rejects(openTiny(folder), { code: 'ledger-gap', params: { seq: 2 } })
})

test('a missing first entry is named', async (t) => {
  const folder = await written(t, 3)
  edit(folder, 'DELETE FROM entries WHERE seq = ?', 0)
  await assert.rejects(openTiny(folder), { code: 'ledger-gap', params: { seq: 0 } })
})

test('two entries changed places: the first of them is named', async (t) => {
  const folder = await written(t, 7)
  const [fourth, fifth] = [textOf(folder, 4), textOf(folder, 5)]
  const put = 'UPDATE entries SET text = ?, hash = ? WHERE seq = ?'
  edit(folder, put, fifth, Sha256.digest(fifth), 4)
  edit(folder, put, fourth, Sha256.digest(fourth), 5)
  await assert.rejects(openTiny(folder), (fault: { code: string; params: { seq: number } }) => {
    assert.deepEqual([fault.code, fault.params.seq], ['ledger-entry-differs', 4])
    return true
  })
})

test('entries cut off at the end leave a shorter, sound ledger: nothing here can know they existed', async (t) => {
  const folder = await written(t, 7)
  edit(folder, 'DELETE FROM entries WHERE seq >= ?', 5)
  const ledger = await openTiny(folder)
  t.after(() => ledger.close())
  assert.equal(ledger.head().size, 5)
})

test('of several faults the first is named, though a later one can be seen sooner', async (t) => {
  const folder = temporaryFolder(t)
  const ledger = await openTiny(folder)
  await Promise.all(Array.from({ length: 1200 }, (_, i) => record(ledger, ada.command(`n-${i}`, 1))))
  await ledger.close()
  const text = textOf(folder, 490).replace('"add":1', '"add":2')
  edit(folder, 'UPDATE entries SET text = ?, hash = ? WHERE seq = 490', text, Sha256.digest(text))
  edit(folder, "UPDATE entries SET text = '{}' WHERE seq = ?", 510)
  await assert.rejects(openTiny(folder), { code: 'ledger-entry-differs' })
})

test('a refused start lets the folder go', async (t) => {
  const folder = await written(t, 3)
  edit(folder, "UPDATE entries SET hash = 'sha256:' WHERE seq = ?", 1)
  await assert.rejects(openTiny(folder), { code: 'ledger-entry-edited' })
  openSqliteStore(folder).close()
})

test('with a clock behind the last entry the start is refused', async (t) => {
  const folder = await written(t, 3)
  await assert.rejects(openTiny(folder, { clock: fixedClock(NOON - 1) }), {
    code: 'ledger-clock-behind',
    params: { behindMs: 1 },
  })
  for (const at of [NOON, NOON + 1]) await (await openTiny(folder, { clock: fixedClock(at) })).close()
})
