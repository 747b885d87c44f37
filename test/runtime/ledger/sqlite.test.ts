import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, truncateSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { holdsTheStoreContract, plain, row, rows } from './store-contract.ts'

/** Of the write-ahead log, in bytes: its header, and a page with the frame's own header. */
const HEADER = 32
const FRAME = 24 + 8192

holdsTheStoreContract('sqlite', openSqliteStore)

test('sqlite: another process is refused while this one lives', (t) => {
  const folder = temporaryFolder(t)
  const store = openSqliteStore(folder)
  t.after(() => store.close())
  const module = new URL('../../../runtime/ledger/stores/sqlite.ts', import.meta.url).href
  const script = `
    const { openSqliteStore } = await import(${JSON.stringify(module)})
    try { openSqliteStore(${JSON.stringify(folder)}); console.log('opened') } catch (fault) { console.log(fault.code) }`
  const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.equal(other.stdout.trim(), 'ledger-in-use')
})

test('sqlite: a row cannot be changed or removed, not even by hand', (t) => {
  const folder = temporaryFolder(t)
  const store = openSqliteStore(folder)
  store.append(rows(0, 3))
  store.close()
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
  t.after(() => db.close())
  assert.throws(() => db.exec("UPDATE entries SET text = '' WHERE seq = 1"), /append-only/)
  assert.throws(() => db.exec('DELETE FROM entries WHERE seq = 2'), /append-only/)
})

test('sqlite: a file that is not a ledger of ours is refused and left alone', (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'ledger.sqlite')
  const db = new DatabaseSync(path)
  db.exec('CREATE TABLE somebody_elses (id INTEGER)')
  db.close()
  assert.throws(() => openSqliteStore(folder), { code: 'ledger-store-version' })
  const noise = join(temporaryFolder(t), 'x')
  mkdirSync(noise)
  writeFileSync(join(noise, 'ledger.sqlite'), 'this is not a database, it is a poem of more than one page'.repeat(300))
  assert.throws(() => openSqliteStore(noise), { code: 'ledger-store-damaged' })
})

test('sqlite: what making room left behind in a process that died is cleared away', (t) => {
  const folder = temporaryFolder(t)
  openSqliteStore(folder).close()
  const path = join(folder, 'ledger.sqlite')
  const left = new DatabaseSync(path)
  left.exec('CREATE TABLE room (zeros BLOB) STRICT; INSERT INTO room VALUES (zeroblob(100000))')
  left.close()
  openSqliteStore(folder).close()
  const db = new DatabaseSync(path, { readOnly: true })
  t.after(() => db.close())
  assert.deepEqual(
    { ...db.prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table'").get() },
    {
      tables: 1,
    },
  )
})

test('sqlite: a log cut off at any byte opens to whole appends, never to half of one', (t) => {
  const source = temporaryFolder(t)
  const store = openSqliteStore(source)
  t.after(() => store.close())
  const sizes = [1, 5, 64, 2, 70, 1]
  let next = 0
  for (const count of sizes) {
    store.append(rows(next, count))
    next += count
  }
  const whole = [0, ...sizes.map((_, i) => sizes.slice(0, i + 1).reduce((sum, count) => sum + count))]
  const wal = join(source, 'ledger.sqlite-wal')
  for (let cut = 0; cut <= 12 * FRAME; cut += 2003) {
    const folder = temporaryFolder(t)
    copyFileSync(join(source, 'ledger.sqlite'), join(folder, 'ledger.sqlite'))
    copyFileSync(wal, join(folder, 'ledger.sqlite-wal'))
    truncateSync(join(folder, 'ledger.sqlite-wal'), cut)
    const torn = openSqliteStore(folder)
    assert.ok(whole.includes(torn.size()), `cut at ${cut}: ${torn.size()} rows`)
    assert.deepEqual(plain(torn.read(0, 999)), rows(0, torn.size()))
    torn.append([row(torn.size())])
    torn.close()
  }
})

test('sqlite: a log with one changed byte opens to the whole appends before it', (t) => {
  const source = temporaryFolder(t)
  const store = openSqliteStore(source)
  t.after(() => store.close())
  for (let seq = 0; seq < 20; seq++) store.append([row(seq)])
  const wal = readFileSync(join(source, 'ledger.sqlite-wal'))
  for (let at = HEADER; at < HEADER + 20 * FRAME; at += 3001) {
    const folder = temporaryFolder(t)
    copyFileSync(join(source, 'ledger.sqlite'), join(folder, 'ledger.sqlite'))
    const changed = Buffer.from(wal)
    changed[at]! ^= 0x10
    writeFileSync(join(folder, 'ledger.sqlite-wal'), changed)
    const torn = openSqliteStore(folder)
    assert.ok(torn.size() < 20)
    assert.deepEqual(plain(torn.read(0, 99)), rows(0, torn.size()))
    torn.close()
  }
})
