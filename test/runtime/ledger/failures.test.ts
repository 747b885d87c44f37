/** Every fault of the disk in both forms: failed and not persisted, failed but persisted. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import { failingStore, type Failure } from '../../support/failing-store.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { person, tinyLaw } from '../../support/tiny-law.ts'
import { openTiny, record, send } from './tiny-ledger.ts'

const ada = person(1)
const STOPPED = { kind: 'stopped', code: 'ledger-stopped' }

async function failed(t: TestContext, failure: Failure) {
  const folder = temporaryFolder(t)
  const store = failingStore(openSqliteStore(folder))
  const ledger = await openTiny('', { store, limits: { batchCommands: 3 } })
  await record(ledger, ada.command('n-0', 1))
  store.failNext(failure)
  const answers = await Promise.all([1, 2, 3, 4, 5].map((i) => send(ledger, ada.command(`n-${i}`, 1))))
  return { folder, ledger, answers }
}

for (const failure of ['not-persisted', 'persisted'] as const) {
  test(`an append that failed (${failure}) acknowledges nothing and stops the writer`, async (t) => {
    const { ledger, answers } = await failed(t, failure)
    assert.deepEqual(
      answers,
      [1, 2, 3, 4, 5].map(() => STOPPED),
    )
    assert.equal((await ledger.stopped).code, 'ledger-store-failed')
    assert.deepEqual(await send(ledger, ada.command('n-9', 1)), STOPPED)
    await assert.rejects(
      ledger.ask((state) => state.seq),
      { code: 'ledger-stopped' },
    )
    assert.equal(ledger.head().size, 1)
    await ledger.close()
  })

  test(`after an append that failed (${failure}) the next start holds what the disk holds, and sending again is safe`, async (t) => {
    const { folder, ledger } = await failed(t, failure)
    await ledger.close()
    const again = await openTiny(folder)
    t.after(() => again.close())
    const size = failure === 'persisted' ? 4 : 1
    assert.equal(again.head().size, size)
    assert.equal(await again.ask((state) => state.sums.get(ada.id)), size)
    for (const i of [1, 2, 3, 4, 5]) await record(again, ada.command(`n-${i}`, 1))
    assert.equal(again.head().size, 6)
    assert.equal(await again.ask((state) => state.sums.get(ada.id)), 6)
  })
}

test('a fault of the law stops the writer before anything of the batch is written', async (t) => {
  const folder = temporaryFolder(t)
  const store = failingStore(openSqliteStore(folder))
  const ledger = await openTiny('', { store, law: tinyLaw({ throwOn: 13 }) })
  const answers = await Promise.all([1, 13, 2].map((add) => send(ledger, ada.command(`n-${add}`, add))))
  assert.deepEqual(answers, [STOPPED, STOPPED, STOPPED])
  assert.deepEqual(store.appends, [])
  assert.equal((await ledger.stopped).code, 'ledger-writer-failed')
  await ledger.close()
})

test('followers end when the writer stops', async (t) => {
  const { ledger } = await failed(t, 'not-persisted')
  const seen: number[] = []
  for await (const rows of ledger.follow(0, new AbortController().signal)) seen.push(rows.length)
  assert.deepEqual(seen, [])
  await ledger.close()
})
