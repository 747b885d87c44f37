/** What every ledger store has to hold: one suite, run over each of them. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import type { LedgerStore, StoredEntry } from '../../../runtime/ports/ledger-store.ts'
import { temporaryFolder } from '../../support/folder.ts'

export type Open = (folder: string) => LedgerStore

export function row(seq: number, text: string = `{"seq":${seq}}`): StoredEntry {
  return { seq, hash: Sha256.digest(text), text }
}

export function rows(from: number, count: number): StoredEntry[] {
  return Array.from({ length: count }, (_, i) => row(from + i))
}

export function plain(found: readonly StoredEntry[]): StoredEntry[] {
  return found.map((entry) => ({ ...entry }))
}

export function holdsTheStoreContract(name: string, open: Open): void {
  const fresh = (t: TestContext): { store: LedgerStore; folder: string } => {
    const folder = temporaryFolder(t)
    const store = open(folder)
    t.after(() => store.close())
    return { store, folder }
  }

  test(`${name}: an empty store has size 0 and nothing to read`, (t) => {
    const { store } = fresh(t)
    assert.equal(store.size(), 0)
    assert.deepEqual(store.read(0, 10), [])
  })

  for (const count of [1, 2, 63, 64, 65, 200]) {
    test(`${name}: ${count} rows come back as they were, in order, after opening again too`, async (t) => {
      const { store, folder } = fresh(t)
      await store.append(rows(0, count))
      await store.append(rows(count, 1))
      assert.deepEqual(plain(store.read(0, 1000)), rows(0, count + 1))
      store.close()
      const again = open(folder)
      t.after(() => again.close())
      assert.equal(again.size(), count + 1)
      assert.deepEqual(plain(again.read(0, 1000)), rows(0, count + 1))
    })
  }

  test(`${name}: reading gives at most the limit, from the place asked for`, async (t) => {
    const { store } = fresh(t)
    await store.append(rows(0, 10))
    assert.deepEqual(plain(store.read(4, 3)), rows(4, 3))
    assert.deepEqual(plain(store.read(9, 3)), rows(9, 1))
    assert.deepEqual(store.read(10, 3), [])
  })

  test(`${name}: a gap, a repetition or a jump is refused before anything is written`, async (t) => {
    const { store } = fresh(t)
    await store.append(rows(0, 2))
    for (const wrong of [[row(3)], [row(1)], [row(2), row(4)], [row(2), row(2)]]) {
      await assert.rejects(async () => store.append(wrong), { code: 'ledger-append-gap' })
    }
    assert.equal(store.size(), 2)
    await store.append([row(2)])
    assert.equal(store.read(0, 9).length, 3)
  })

  test(`${name}: text of every kind is kept byte for byte`, async (t) => {
    const { store } = fresh(t)
    const texts = ['{"a":"é€😀"}', '{"a":"\\u0000"}', '{"a":"\u2028"}', `{"a":"${'x'.repeat(900_000)}"}`]
    const given = texts.map((text, seq) => row(seq, text))
    await store.append(given)
    assert.deepEqual(plain(store.read(0, 9)), given)
  })

  test(`${name}: a second owner is refused by name, and may come when the first has gone`, (t) => {
    const { store, folder } = fresh(t)
    assert.throws(() => open(folder), { code: 'ledger-in-use' })
    store.close()
    const next = open(folder)
    t.after(() => next.close())
    assert.equal(next.size(), 0)
  })

  test(`${name}: closing twice is closing`, (t) => {
    const { store } = fresh(t)
    store.close()
    store.close()
  })
}
