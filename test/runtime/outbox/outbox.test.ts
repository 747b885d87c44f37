import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openOutbox, type Outbox, type Sending } from '../../../runtime/outbox/outbox.ts'
import { temporaryFolder } from '../../support/folder.ts'

const LOAD = fileURLToPath(new URL('../../support/outbox-load.ts', import.meta.url))

function opened(t: TestContext, file = join(temporaryFolder(t), 'outbox.sqlite')): { outbox: Outbox; file: string } {
  const outbox = openOutbox(file)
  t.after(() => outbox.close())
  return { outbox, file }
}

const NOTHING = {
  nonce: undefined,
  block: undefined,
  blockHash: undefined,
  note: undefined,
  sentAt: undefined,
  passed: undefined,
}

test('a second sending of the same key changes nothing, not even the order', (t) => {
  const { outbox } = opened(t)
  outbox.addSending('epoch:0', { epoch: 0 })
  outbox.addSending('epoch:1', { epoch: 1 })
  outbox.addSending('epoch:0', { epoch: 99 })
  const waiting = (key: string, epoch: number): Sending => ({
    key,
    payload: { epoch },
    state: 'waiting',
    transactions: [],
    ...NOTHING,
  })
  assert.deepEqual(outbox.sendings(''), [waiting('epoch:0', 0), waiting('epoch:1', 1)])
})

test('one that was refused begins anew; one in any other state does not', (t) => {
  const { outbox } = opened(t)
  for (const state of ['waiting', 'submitted', 'included', 'safe', 'final', 'refused'] as const) {
    outbox.addSending(`approval:${state}`, { first: true })
    const sending = outbox.sending(`approval:${state}`)
    assert.ok(sending !== undefined)
    outbox.save({ ...sending, state, note: 'deadline-passed' })
    outbox.addSending(`approval:${state}`, { first: false })
  }
  const begunAnew = outbox.sendings('approval:').filter(({ payload }) => !(payload as { first: boolean }).first)
  assert.deepEqual(
    begunAnew.map(({ key, state, note }) => [key, state, note]),
    [['approval:refused', 'waiting', undefined]],
  )
})

test('what is unfinished comes oldest first; prefixes are taken literally', (t) => {
  const { outbox } = opened(t)
  for (const key of ['epoch:2', 'approval:x', 'epoch:1', 'epoch%']) outbox.addSending(key, null)
  const done = outbox.sending('approval:x')
  assert.ok(done !== undefined)
  outbox.save({ ...done, state: 'final' })
  const keys = (all: readonly Sending[]): string[] => all.map(({ key }) => key)
  assert.deepEqual(keys(outbox.unfinished()), ['epoch:2', 'epoch:1', 'epoch%'])
  assert.deepEqual(keys(outbox.sendings('epoch:')), ['epoch:2', 'epoch:1'])
  assert.deepEqual(keys(outbox.sendings('epoch%')), ['epoch%'])
})

test('everything that was saved comes back as it was', (t) => {
  const { outbox, file } = opened(t)
  outbox.addSending('epoch:0', { epoch: 0 })
  const sending: Sending = {
    key: 'epoch:0',
    payload: { epoch: 0 },
    state: 'included',
    nonce: 7,
    transactions: [
      { raw: '0x01', hash: '0x02', maxFeePerGas: '18446744073709551617', maxPriorityFeePerGas: '1', empty: false },
    ],
    block: 12,
    blockHash: '0x03',
    note: 'orphaned',
    sentAt: 1_770_000_000_000,
    passed: { number: 11, hash: '0x04' },
  }
  outbox.save(sending)
  outbox.putCertificate(0, { bitmap: 1023, signature: 'ab'.repeat(48) } as never)
  assert.equal(outbox.cursor(), 0)
  outbox.moveCursor(41)
  outbox.close()
  const again = openOutbox(file)
  t.after(() => again.close())
  assert.deepEqual(again.sending('epoch:0'), sending)
  assert.deepEqual(again.certificates(), [{ epoch: 0, certificate: { bitmap: 1023, signature: 'ab'.repeat(48) } }])
  assert.equal(again.cursor(), 41)
  again.moveCursor(40)
  assert.equal(again.cursor(), 40)
})

test('a member’s later share takes the place of their earlier one, and nobody else’s', (t) => {
  const { outbox } = opened(t)
  outbox.putShare(0, { member: 2, signature: 'old' })
  outbox.putShare(0, { member: 1, signature: 'one' })
  outbox.putShare(1, { member: 2, signature: 'other epoch' })
  outbox.putShare(0, { member: 2, signature: 'new' })
  assert.deepEqual(outbox.shares(0), [
    { member: 1, signature: 'one' },
    { member: 2, signature: 'new' },
  ])
  assert.deepEqual(outbox.shares(1), [{ member: 2, signature: 'other epoch' }])
})

test('a file that is no outbox is a fault with its name', (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'outbox.sqlite'))
  assert.throws(() => openOutbox(join(folder, 'outbox.sqlite')), { code: 'outbox-store-failed' })
  assert.throws(() => openOutbox(join(folder, 'nowhere', 'outbox.sqlite')), { code: 'outbox-store-failed' })
})

test('nothing that was told is missing after a kill, and the file opens again', async (t) => {
  const file = join(temporaryFolder(t), 'outbox.sqlite')
  for (const [run, killAfterMs] of [5, 40, 120].entries()) {
    const told = await toldBeforeKill(file, run, killAfterMs)
    const outbox = openOutbox(file)
    try {
      assert.ok(told.length > 0)
      for (const line of told) requireThere(outbox, line)
      const cursor = told.findLast((line) => line.startsWith('cursor'))?.split(' ')[1]
      if (cursor !== undefined) assert.ok(outbox.cursor() >= Number(cursor))
    } finally {
      outbox.close()
    }
  }
  assert.ok(statSync(file).size > 0)
})

async function toldBeforeKill(file: string, run: number, killAfterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [LOAD, file, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  const first = Promise.withResolvers<void>()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    told += chunk
    first.resolve()
  })
  const closed = once(child, 'close')
  await Promise.race([first.promise, closed])
  await new Promise((resolve) => setTimeout(resolve, killAfterMs))
  child.kill('SIGKILL')
  await closed
  return told.split('\n').slice(0, -1)
}

function requireThere(outbox: Outbox, line: string): void {
  const [what, key = '', more] = line.split(' ')
  if (what === 'added') assert.ok(outbox.sending(key) !== undefined, line)
  if (what === 'submitted') assert.equal(outbox.sending(key)?.state, 'submitted', line)
  if (what === 'share') assert.ok(outbox.shares(Number(key)).length > 0, `${line} ${more}`)
}
