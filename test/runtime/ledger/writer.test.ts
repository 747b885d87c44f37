import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import { failingStore } from '../../support/failing-store.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { MOST, person } from '../../support/tiny-law.ts'
import { fixedClock, NOON, openTiny, record, send } from './tiny-ledger.ts'

const ada = person(1)
const ben = person(2)

test('an answer is given when the entry is on disk, and not before', async (t) => {
  const store = failingStore(openSqliteStore(temporaryFolder(t)))
  const ledger = await openTiny('', { store })
  t.after(() => ledger.close())
  const open = store.hold()
  let answered = false
  const answer = record(ledger, ada.command('n-1', 3)).then((it) => {
    answered = true
    return it
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(store.appends.length, 1)
  assert.equal(answered, false)
  open()
  const { seq, hash, text } = await answer
  assert.deepEqual(
    store.read(0, 9).map((row) => ({ ...row })),
    [{ seq, hash, text }],
  )
  assert.equal(Sha256.digest(text), hash)
})

test('a question waits for the disk and never sees what is only in memory', async (t) => {
  const store = failingStore(openSqliteStore(temporaryFolder(t)))
  const ledger = await openTiny('', { store })
  t.after(() => ledger.close())
  const open = store.hold()
  const answer = record(ledger, ada.command('n-1', 3))
  await new Promise((resolve) => setTimeout(resolve, 5))
  let asked = false
  const sum = ledger
    .ask((state) => state.sums.get(ada.id))
    .finally(() => {
      asked = true
    })
  assert.equal(ledger.head().size, 0)
  assert.deepEqual(ledger.read(0, 9), [])
  await new Promise((resolve) => setTimeout(resolve, 5))
  assert.equal(asked, false)
  open()
  assert.equal(await sum, 3)
  await answer
})

test('entries follow each other without a gap, each naming the hash of the one before', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  t.after(() => ledger.close())
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => record(ledger, person(i % 7).command(`n-${i}`, i))),
  )
  assert.deepEqual(
    answers.map((answer) => answer.seq),
    Array.from({ length: 200 }, (_, i) => i),
  )
  let previous: string = Sha256.ZERO_DIGEST
  for (const { text, hash } of ledger.read(0, 500)) {
    assert.equal((JSON.parse(text) as { previous: string }).previous, previous)
    previous = hash
  }
  assert.deepEqual(ledger.head(), { size: 200, hash: previous })
})

test('all that waits shares one append, up to the bound of a batch', async (t) => {
  const store = failingStore(openSqliteStore(temporaryFolder(t)))
  const ledger = await openTiny('', { store, limits: { batchCommands: 10 } })
  t.after(() => ledger.close())
  await Promise.all(Array.from({ length: 25 }, (_, i) => record(ledger, ada.command(`n-${i}`, 1))))
  assert.deepEqual(store.appends, [10, 10, 5])
})

test('a batch takes no further command once those it has are large enough', async (t) => {
  const store = failingStore(openSqliteStore(temporaryFolder(t)))
  const ledger = await openTiny('', { store, limits: { batchBytes: 1000 } })
  t.after(() => ledger.close())
  const note = 'x'.repeat(900)
  await Promise.all([1, 2, 3].map((i) => record(ledger, ada.command(`n-${i}`, 1, note))))
  assert.deepEqual(store.appends, [1, 1, 1])
})

test('the same bytes give the first answer: in one batch, later, and after a restart', async (t) => {
  const folder = temporaryFolder(t)
  const envelope = ada.command('n-1', 3)
  const before = await openTiny(folder)
  const [first, twin] = await Promise.all([record(before, envelope), record(before, envelope)])
  const later = await record(before, envelope)
  await before.close()
  const after = await openTiny(folder)
  t.after(() => after.close())
  const restarted = await record(after, envelope)
  assert.equal(first.repeated, false)
  for (const again of [twin, later, restarted]) assert.deepEqual(again, { ...first, repeated: true })
  assert.equal(after.head().size, 1)
  assert.equal(await after.ask((state) => state.sums.get(ada.id)), 3)
})

test('a repeated withheld command gives the same refusal', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  t.after(() => ledger.close())
  const envelope = ada.command('n-1', MOST + 1)
  const first = await record(ledger, envelope)
  assert.equal(first.outcome, 'withheld')
  assert.deepEqual(await record(ledger, envelope), { ...first, repeated: true })
})

test('the nonce of a command cannot be used for another one', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  t.after(() => ledger.close())
  await record(ledger, ada.command('n-1', 3))
  const refused = await send(ledger, ada.command('n-1', 4))
  assert.deepEqual(refused, { kind: 'refused', refusal: { code: 'nonce-reused' } })
  assert.equal((await record(ledger, ben.command('n-1', 4))).seq, 1)
})

test('a withheld command is an entry and changes nothing else', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  t.after(() => ledger.close())
  const withheld = await record(ledger, ada.command('n-1', MOST + 1))
  const committed = await record(ledger, ada.command('n-2', MOST))
  assert.deepEqual([withheld.outcome, committed.outcome], ['withheld', 'committed'])
  assert.equal(await ledger.ask((state) => state.sums.get(ada.id)), MOST)
})

test('a wrong signature is refused, leaves no entry, and does not hold up its neighbours', async (t) => {
  const store = failingStore(openSqliteStore(temporaryFolder(t)))
  const ledger = await openTiny('', { store })
  t.after(() => ledger.close())
  const good = ada.command('n-1', 3)
  const signature = /"sig":"([^"]*)"/
  const swapped = good.replace(signature, ada.command('n-2', 3).match(signature)![0])
  const [refused, recorded] = await Promise.all([send(ledger, swapped), send(ledger, ben.command('n-1', 1))])
  assert.deepEqual(refused, { kind: 'refused', refusal: { code: 'signature-invalid' } })
  assert.equal(recorded.kind, 'recorded')
  assert.equal(ledger.head().size, 1)
})

test('only refusals: nothing is written at all', async (t) => {
  const store = failingStore(openSqliteStore(temporaryFolder(t)))
  const ledger = await openTiny('', { store })
  t.after(() => ledger.close())
  const good = ada.command('n-1', 3)
  await send(ledger, good.replace(/"keyid":"sha256:.{4}/, '"keyid":"sha256:0000'))
  assert.deepEqual(store.appends, [])
})

test('recorded_at is the clock, or the last entry’s time when the clock has stepped back', async (t) => {
  const clock = fixedClock()
  const ledger = await openTiny(temporaryFolder(t), { clock })
  t.after(() => ledger.close())
  const times: string[] = []
  for (const at of [NOON, NOON - 1, NOON - 60_000, NOON + 1]) {
    clock.set(at)
    const { text } = await record(ledger, ada.command(`n-${at}`, 1))
    times.push((JSON.parse(text) as { recorded_at: string }).recorded_at.slice(17))
  }
  assert.deepEqual(times, ['07.042Z', '07.042Z', '07.042Z', '07.043Z'])
})

test('a full queue says so at the door, and nothing that was let in is lost', async (t) => {
  const ledger = await openTiny(temporaryFolder(t), { limits: { commands: 3 } })
  t.after(() => ledger.close())
  const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => send(ledger, ada.command(`n-${i}`, 1))))
  assert.deepEqual(
    answers.map((answer) => answer.kind),
    ['recorded', 'recorded', 'recorded', 'busy', 'busy'],
  )
  assert.equal((await record(ledger, ada.command('n-3', 1))).seq, 3)
})

test('the queue is bounded in bytes too', async (t) => {
  const envelope = (i: number): string => ada.command(`n-${i}`, 1, 'x'.repeat(1000))
  const bytes = 2 * 3 * envelope(0).length
  const ledger = await openTiny(temporaryFolder(t), { limits: { bytes } })
  t.after(() => ledger.close())
  const answers = await Promise.all([0, 1, 2].map((i) => send(ledger, envelope(i))))
  assert.deepEqual(
    answers.map((answer) => answer.kind),
    ['recorded', 'recorded', 'busy'],
  )
})

test('closing records all that waits and takes nothing new', async (t) => {
  const folder = temporaryFolder(t)
  const ledger = await openTiny(folder, { limits: { batchCommands: 2 } })
  const waiting = Array.from({ length: 7 }, (_, i) => record(ledger, ada.command(`n-${i}`, 1)))
  const closing = ledger.close()
  assert.deepEqual(await send(ledger, ben.command('n-1', 1)), { kind: 'stopped', code: 'ledger-closing' })
  await closing
  assert.equal((await Promise.all(waiting)).length, 7)
  await ledger.close()
  const again = await openTiny(folder)
  t.after(() => again.close())
  assert.equal(again.head().size, 7)
})

test('a question learns which place and time the next entry would have', async (t) => {
  const clock = fixedClock()
  const ledger = await openTiny(temporaryFolder(t), { clock })
  t.after(() => ledger.close())
  await record(ledger, ada.command('n-1', 1))
  clock.set(NOON - 5)
  assert.deepEqual(await ledger.ask((_, moment) => moment), { seq: 1, recordedAt: NOON })
  clock.set(NOON + 5)
  assert.deepEqual(await ledger.ask((_, moment) => moment), { seq: 1, recordedAt: NOON + 5 })
})
