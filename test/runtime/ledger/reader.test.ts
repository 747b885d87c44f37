import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '../../support/folder.ts'
import { person } from '../../support/tiny-law.ts'
import { openTiny, record, type TinyLedger } from './tiny-ledger.ts'

const ada = person(1)

/** The `seq` of the first `count` entries a follower is given. */
async function followed(ledger: TinyLedger, from: number, count: number, pauseMs = 0): Promise<number[]> {
  const seen: number[] = []
  for await (const rows of ledger.follow(from, new AbortController().signal)) {
    seen.push(...rows.map((row) => row.seq))
    if (seen.length >= count) break
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return seen
}

const upTo = (count: number, from = 0): number[] => Array.from({ length: count - from }, (_, i) => from + i)

async function write(ledger: TinyLedger, count: number): Promise<void> {
  const from = ledger.head().size
  await Promise.all(Array.from({ length: count }, (_, i) => record(ledger, ada.command(`n-${from + i}`, 1))))
}

test('a follower gets what is there and then what comes, each entry once and in order', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  t.after(() => ledger.close())
  await write(ledger, 5)
  const seen = followed(ledger, 2, 20)
  for (let i = 0; i < 17; i++) await write(ledger, 1)
  assert.deepEqual(await seen, upTo(22, 2))
})

test('a follower may ask for entries that do not exist yet', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  t.after(() => ledger.close())
  const seen = followed(ledger, 3, 2)
  await write(ledger, 2)
  await write(ledger, 3)
  assert.deepEqual(await seen, [3, 4])
})

test('a slow follower misses nothing, though the writer is far ahead of it', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  t.after(() => ledger.close())
  await write(ledger, 1)
  const seen = followed(ledger, 0, 1501, 2)
  for (let i = 0; i < 10; i++) await write(ledger, 150)
  assert.deepEqual(await seen, upTo(1501))
})

test('after a restart a follower reads from disk what memory no longer has', async (t) => {
  const folder = temporaryFolder(t)
  const before = await openTiny(folder)
  await write(before, 10)
  await before.close()
  const after = await openTiny(folder)
  t.after(() => after.close())
  await write(after, 10)
  assert.deepEqual(await followed(after, 0, 20), upTo(20))
  assert.deepEqual(
    after.read(8, 4).map((row) => row.seq),
    [8, 9, 10, 11],
  )
})

test('a follower that gives up is let go', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  t.after(() => ledger.close())
  const giveUp = new AbortController()
  const ended = (async () => {
    for await (const _ of ledger.follow(0, giveUp.signal)) assert.fail('nothing was written')
  })()
  setTimeout(() => giveUp.abort(), 5)
  await ended
})

test('closing the ledger ends its followers', async (t) => {
  const ledger = await openTiny(temporaryFolder(t))
  const ended = followed(ledger, 0, 99)
  await write(ledger, 3)
  await ledger.close()
  assert.deepEqual(await ended, [0, 1, 2])
})
