import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeEpochs } from '../../../runtime/clerk/close-epochs.ts'
import type { State } from '../../../protocol/genesis.ts'
import { keyId } from '../../../protocol/wire/ed25519.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { refusedAboveRate } from '../../../runtime/api/refused.ts'
import { millis } from '../../../protocol/wire/time.ts'
import { ADA, NOOR, RUNTIME } from '../../support/law/people.ts'
import { atTheGate } from '../../support/law/flow.ts'
import { committed, emptyBench, founded, genesisBody, START, type Bench } from '../../support/law/world.ts'
import { begun } from '../../support/runtime/desk-bench.ts'
import { clerking, type Clerking } from './clerk-bench.ts'

const MINUTE = 60_000
const HOUR = 3_600_000

async function ends(clerk: Clerking): Promise<string[]> {
  return clerk.ledger.ask((state: State) => state.epochs.closed.map(({ end }) => new Date(end).toISOString()))
}

/** A regular deployment: hourly epochs that nobody closes early. */
function regular(): Bench {
  const bench = emptyBench()
  committed(bench.send(ADA, 'genesis', 'genesis', { ...genesisBody(), development: false, epoch_ms: HOUR }))
  return bench
}

test('an epoch is closed when it has ended, once, and not a millisecond earlier', async () => {
  const clerk = await clerking(begun(80, regular()))
  const duty = closeEpochs(clerk)
  clerk.bench.wait(HOUR - 1 - (clerk.bench.now() - START))
  assert.equal(await duty.run(), false)
  clerk.bench.wait(1)
  assert.equal(await duty.run(), true)
  assert.equal(await duty.run(), false)
  assert.deepEqual(await ends(clerk), ['2026-02-13T10:00:00.000Z'])
})

test('missed epochs of a regular deployment are closed one by one, each at its own end', async () => {
  const clerk = await clerking(begun(80, regular()))
  const duty = closeEpochs(clerk)
  clerk.bench.wait(3 * HOUR + 5 * MINUTE)
  const rounds: boolean[] = []
  for (let i = 0; i < 4; i++) rounds.push(await duty.run())
  assert.deepEqual(rounds, [true, true, true, false])
  assert.deepEqual(await ends(clerk), [
    '2026-02-13T10:00:00.000Z',
    '2026-02-13T11:00:00.000Z',
    '2026-02-13T12:00:00.000Z',
  ])
  const counts = await clerk.ledger.ask((state) =>
    state.epochs.closed.map(({ firstSeq, lastSeq }) => lastSeq - firstSeq),
  )
  assert.deepEqual(counts.slice(1), [0, 0], 'each later one holds nothing but the closing of the one before')
})

test('a development deployment covers its downtime with one close', async () => {
  const clerk = await clerking(begun(80, founded()))
  clerk.bench.wait(3 * HOUR)
  const duty = closeEpochs(clerk)
  assert.deepEqual([await duty.run(), await duty.run()], [true, false])
  assert.deepEqual(await ends(clerk), ['2026-02-13T12:00:00.000Z'])
})

test('it closes early, at a full minute, for a mission that waits at its gate', async () => {
  const bench = founded()
  bench.wait(10_000)
  atTheGate(bench, 'm-1')
  const clerk = await clerking(begun(80, bench))
  const duty = closeEpochs(clerk)
  const minute = millis(Math.floor(bench.now() / MINUTE) * MINUTE)
  if (minute > START) assert.equal(await duty.run(), true)
  else {
    assert.equal(await duty.run(), false, 'no full minute lies in this epoch yet')
    bench.wait(MINUTE - (bench.now() % MINUTE))
    assert.equal(await duty.run(), true)
  }
  bench.wait(MINUTE)
  assert.equal(await duty.run(), false, 'the mission’s epoch is closed: nothing waits for another')
})

test('clocks that are five minutes apart are taken, more are not, in both directions', async () => {
  const clerk = await clerking(begun())
  clerk.bench.wait(2 * HOUR)
  for (const sign of [1, -1]) {
    const apart = closeEpochs({ ...clerk, chainTime: async () => clerk.bench.now() + sign * (5 * MINUTE + 1) })
    await assert.rejects(apart.run(), { code: 'clocks-apart' })
    assert.deepEqual(clerk.news(), [])
  }
  const just = closeEpochs({ ...clerk, chainTime: async () => clerk.bench.now() - 5 * MINUTE })
  assert.equal(await just.run(), true)
})

test('a chain that cannot be asked keeps the epoch open', async () => {
  const clerk = await clerking(begun())
  clerk.bench.wait(2 * HOUR)
  const duty = closeEpochs({ ...clerk, chainTime: () => Promise.reject(new Error('no chain')) })
  await assert.rejects(duty.run(), /no chain/)
  assert.deepEqual(clerk.news(), [])
})

test('a clock behind the last entry closes nothing', async () => {
  const clerk = await clerking(begun())
  clerk.bench.wait(2 * HOUR)
  await clerk.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' })
  const at = (behind: number) => closeEpochs({ ...clerk, clock: { now: () => millis(clerk.bench.now() - behind) } })
  await assert.rejects(at(1).run(), { code: 'clock-behind-ledger' })
  assert.deepEqual(clerk.news(), ['mission.create'])
  assert.equal(await at(0).run(), true)
})

test('what the law would withhold is not sent: the ledger does not fill with refusals', async () => {
  const clerk = await clerking(begun())
  clerk.bench.wait(2 * HOUR)
  // A runtime whose key may not close epochs any more.
  const duty = closeEpochs({ ...clerk, seal: (draft, nonce) => clerk.seal({ ...draft, subject: 'elsewhere' }, nonce) })
  for (let i = 0; i < 3; i++) await assert.rejects(duty.run(), { code: 'duty-not-due' })
  assert.deepEqual(clerk.news(), [])
})

test('what was turned away above a key’s rate is recorded with the close, one count an epoch, and then forgotten', async () => {
  const clerk = await clerking(begun(80, founded()))
  const refused = refusedAboveRate()
  const duty = closeEpochs({ ...clerk, refused })
  for (let i = 0; i < 3; i++) refused.count(keyId(NOOR.signer.publicKey))
  refused.count(keyId(ADA.signer.publicKey))
  refused.count(digest('a key that nobody holds'))
  clerk.bench.wait(HOUR)
  assert.equal(await duty.run(), true)
  clerk.bench.wait(HOUR)
  assert.equal(await duty.run(), true)
  const counts = await clerk.ledger.ask((state: State) => state.epochs.closed.map(({ published }) => published.refused))
  assert.deepEqual(counts.slice(-2), [
    [
      { actor: 'ada', count: 1 },
      { actor: 'noor', count: 3 },
    ],
    undefined,
  ])
})

test('a count that could not be recorded is put back, and comes with the close that can be', async () => {
  const clerk = await clerking(begun(80, founded()))
  const refused = refusedAboveRate()
  refused.count(keyId(NOOR.signer.publicKey))
  clerk.bench.wait(HOUR)
  const broken = {
    ...clerk.ledger,
    submit: () => Promise.resolve({ kind: 'stopped', code: 'ledger-stopped' } as const),
  }
  await assert.rejects(closeEpochs({ ...clerk, ledger: broken, refused }).run())
  assert.equal(await closeEpochs({ ...clerk, refused }).run(), true)
  const counts = await clerk.ledger.ask((state: State) => state.epochs.closed.map(({ published }) => published.refused))
  assert.deepEqual(counts.at(-1), [{ actor: 'noor', count: 1 }])
})

test('a key of the runtime’s own is nobody’s count, and keeps no epoch open', async () => {
  const clerk = await clerking(begun(80, founded()))
  const refused = refusedAboveRate()
  refused.count(keyId(RUNTIME.signer.publicKey))
  refused.count(keyId(NOOR.signer.publicKey))
  clerk.bench.wait(HOUR)
  assert.equal(await closeEpochs({ ...clerk, refused }).run(), true)
  const counts = await clerk.ledger.ask((state: State) => state.epochs.closed.map(({ published }) => published.refused))
  assert.deepEqual(counts.at(-1), [{ actor: 'noor', count: 1 }])
})
