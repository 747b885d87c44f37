import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signRound, timeOfRound } from '../../../protocol/wire/beacon.ts'
import { developmentBeacon } from '../../../runtime/beacon/beacon.ts'
import { observeBeacon } from '../../../runtime/clerk/observe-beacon.ts'
import { submitted } from '../../support/law/flow.ts'
import { BEACON_SECRET, founded } from '../../support/law/world.ts'
import { begun } from '../../support/runtime/desk-bench.ts'
import { clerking } from './clerk-bench.ts'

async function awaiting(missions: readonly string[] = ['m-1']) {
  const bench = founded()
  for (const mission of missions) submitted(bench, mission)
  const clerk = await clerking(begun(80, bench))
  const rounds = [...bench.state.reviews.awaiting.keys()]
  const scheme = bench.state.founded?.deployment.beacon
  assert.ok(scheme !== undefined && rounds[0] !== undefined)
  return { clerk, rounds, scheme, due: timeOfRound(scheme, Math.max(...rounds)) }
}

test('the round that a draw waits for is brought in as soon as it exists, once', async () => {
  const { clerk, scheme, due } = await awaiting()
  const duty = observeBeacon({ ...clerk, beacon: developmentBeacon(scheme, BEACON_SECRET, clerk.clock) })
  clerk.bench.wait(due - clerk.bench.now() - 1)
  assert.equal(await duty.run(), false)
  clerk.bench.wait(1)
  assert.equal(await duty.run(), true)
  assert.equal(await duty.run(), false)
  assert.deepEqual(clerk.news(), ['beacon.observed'])
  assert.equal(await clerk.ledger.ask((state) => state.reviews.awaiting.size), 0)
})

test('no draw waits: no round is brought in', async () => {
  const bench = founded()
  const clerk = await clerking(begun(80, bench))
  clerk.bench.wait(3_600_000)
  const beacon = { signatureOf: () => Promise.reject(new Error('nobody asks')) }
  assert.equal(await observeBeacon({ ...clerk, beacon }).run(), false)
})

test('a round that cannot be had right now is asked for again', async () => {
  const { clerk, due } = await awaiting()
  clerk.bench.wait(due - clerk.bench.now())
  const answers = [undefined, signRound(BEACON_SECRET, (await awaiting()).rounds[0]!).signature]
  const duty = observeBeacon({ ...clerk, beacon: { signatureOf: async () => answers.shift() } })
  assert.deepEqual([await duty.run(), await duty.run()], [false, true])
})

test('a value that is not that round’s is not even sent, and the other rounds are brought in all the same', async () => {
  const bench = founded()
  submitted(bench, 'm-1')
  bench.wait(10_000)
  submitted(bench, 'm-2')
  const clerk = await clerking(begun(80, bench))
  const [first, second] = [...bench.state.reviews.awaiting.keys()]
  assert.ok(first !== undefined && second !== undefined)
  clerk.bench.wait(120_000)
  const wrong = signRound(BEACON_SECRET, first + 1).signature
  const beacon = {
    signatureOf: async (round: number) => (round === first ? wrong : signRound(BEACON_SECRET, round).signature),
  }
  const duty = observeBeacon({ ...clerk, beacon })
  await assert.rejects(duty.run(), {
    code: 'duty-not-due',
    params: { type: 'beacon.observed', constraint: 'beacon-round-is-genuine' },
  })
  assert.deepEqual(clerk.news(), ['beacon.observed'])
  await assert.rejects(duty.run(), { code: 'duty-not-due' })
  assert.deepEqual(clerk.news(), ['beacon.observed'])
})
