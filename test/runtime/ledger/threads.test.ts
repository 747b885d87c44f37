/** Signatures checked ahead in other threads: the same answers, whatever happens in between. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import type { Law } from '../../../runtime/ports/law.ts'
import type { VerifyAhead } from '../../../runtime/ports/signatures.ts'
import { verifyInThreads, verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import { failingStore } from '../../support/failing-store.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { person, tinyLaw, type TinyCommand, type TinyState } from '../../support/tiny-law.ts'
import { law, openTiny, record, send } from './tiny-ledger.ts'

const ada = person(1)
const SMALL = { batchCommands: 20 }

function counted(threads: VerifyAhead): VerifyAhead & { count: number } {
  const counter = {
    count: 0,
    close: threads.close,
    verify: (checks: Parameters<VerifyAhead['verify']>[0]) => {
      counter.count += checks.length
      return threads.verify(checks)
    },
  }
  return counter
}

/** Every third signature belongs to another command. */
function mixed(count: number): string[] {
  const other = /"sig":"[^"]*"/.exec(ada.command('other', 1))![0]
  return Array.from({ length: count }, (_, i) => {
    const envelope = ada.command(`n-${i}`, 1)
    return i % 3 === 2 ? envelope.replace(/"sig":"[^"]*"/, other) : envelope
  })
}

test('good and bad signatures are told apart in other threads as they are here', async (t) => {
  const threads = counted(verifyInThreads(2))
  t.after(() => threads.close())
  let here = 0
  const ledger = await openTiny(temporaryFolder(t), {
    threads,
    limits: SMALL,
    verify: (...check) => {
      here++
      return verifyWithSodium(...check)
    },
  })
  t.after(() => ledger.close())
  const answers = await Promise.all(mixed(300).map((envelope) => send(ledger, envelope)))
  answers.forEach((answer, i) => assert.equal(answer.kind, i % 3 === 2 ? 'refused' : 'recorded', String(i)))
  assert.deepEqual(
    answers.flatMap((answer) => (answer.kind === 'recorded' ? [answer.seq] : [])),
    Array.from({ length: 200 }, (_, i) => i),
  )
  assert.equal(here + threads.count, 300)
  assert.ok(threads.count >= 200, `${threads.count} in threads`)
})

test('a start checks in other threads too, and finds the same fault', async (t) => {
  const folder = temporaryFolder(t)
  const before = await openTiny(folder)
  await Promise.all(Array.from({ length: 1100 }, (_, i) => record(before, ada.command(`n-${i}`, 1))))
  const head = before.head()
  await before.close()
  const threads = counted(verifyInThreads(1))
  t.after(() => threads.close())
  const after = await openTiny(folder, { threads })
  t.after(() => after.close())
  assert.deepEqual(after.head(), head)
  assert.equal(threads.count, 1100)
})

test('when the threads die, everything is checked here', async (t) => {
  const threads = verifyInThreads(1)
  const ledger = await openTiny(temporaryFolder(t), { threads, limits: SMALL })
  t.after(() => ledger.close())
  const answers = mixed(200).map((envelope) => send(ledger, envelope))
  await threads.close()
  const kinds = (await Promise.all(answers)).map((answer) => answer.kind)
  assert.deepEqual(
    kinds,
    Array.from({ length: 200 }, (_, i) => (i % 3 === 2 ? 'refused' : 'recorded')),
  )
})

/** Under this law whoever has added 13 is unknown from then on. */
function unluckyLaw(): Law<TinyState, TinyCommand> {
  const inner = tinyLaw()
  return {
    ...inner,
    checksOf: (state, command) =>
      state.nonces.has(`${command.payload.actor} unlucky`) ? { code: 'unknown-key' } : inner.checksOf(state, command),
  }
}

test('what was checked ahead does not count when an earlier command has changed who may sign', async (t) => {
  const threads = verifyInThreads(1)
  t.after(() => threads.close())
  for (const parts of [{}, { threads }]) {
    const ledger = await openTiny(temporaryFolder(t), { law: unluckyLaw(), limits: SMALL, ...parts })
    t.after(() => ledger.close())
    const nonces = Array.from({ length: 100 }, (_, i) => (i === 50 ? 'unlucky' : `n-${i}`))
    const answers = await Promise.all(nonces.map((nonce) => send(ledger, ada.command(nonce, 1))))
    assert.deepEqual(
      answers.map((answer) => answer.kind),
      nonces.map((_, i) => (i <= 50 ? 'recorded' : 'refused')),
    )
  }
})

test('questions see no more with threads than without', async (t) => {
  const threads = verifyInThreads(1)
  t.after(() => threads.close())
  const store = failingStore(openSqliteStore(temporaryFolder(t)))
  const ledger = await openTiny('', { store, threads, limits: SMALL })
  t.after(() => ledger.close())
  const answers = Array.from({ length: 200 }, (_, i) => record(ledger, ada.command(`n-${i}`, 1)))
  for (let i = 0; i < 20; i++) {
    const [sum, size] = await ledger.ask((state) => [state.sums.get(ada.id) ?? 0, ledger.head().size])
    assert.equal(sum, size)
    assert.equal(store.size(), size)
  }
  await Promise.all(answers)
})

test('a signature or key of a strange length is no good, and no trouble', async (t) => {
  const threads = verifyInThreads(1)
  t.after(() => threads.close())
  const command = law.admit(ada.command('n-1', 1))
  assert.ok(command.ok)
  const checks = law.checksOf(law.emptyState(), command.value)
  assert.ok(!('code' in checks))
  const [good] = checks
  const strange = [
    good!,
    { ...good!, signature: good!.signature.subarray(1) },
    { ...good!, publicKey: new Uint8Array(33) },
    { ...good!, message: () => new Uint8Array() },
    good!,
  ]
  assert.deepEqual(await threads.verify(strange), [true, false, false, false, true])
  assert.deepEqual(await threads.verify([]), [])
})
