import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observed } from '../../../protocol/law/chain/types.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import type { Answer } from '../../../runtime/ports/ledger.ts'
import { observeChain } from '../../../runtime/clerk/observe-chain.ts'
import { deploymentOf, linked, OTHER_WALLET, proposed, stated, TRANSFER } from '../../support/law/agents.ts'
import { atTheGate, closeEpoch, decided } from '../../support/law/flow.ts'
import { NOOR, OPERATORS, WORKER } from '../../support/law/people.ts'
import { committed, founded } from '../../support/law/world.ts'
import { begun, MEMBERS, withKeys, type World } from '../../support/runtime/desk-bench.ts'
import { clerking, portsOf, type Clerking } from './clerk-bench.ts'

function keys(count: number): string[] {
  return Array.from({ length: count }, () => 'chain.observed')
}

function emit(clerk: World, ...logs: object[]): void {
  clerk.chain.emit(...(logs as Observed['log'][]))
}

test('logs of final blocks are taken in, in order and once; those that are not final are left', async () => {
  const clerk = await clerking(begun())
  const duty = observeChain(portsOf(clerk))
  assert.equal(await duty.run(), true)
  assert.deepEqual(clerk.news(), keys(15))
  assert.equal(clerk.outbox.cursor(), 2)
  emit(clerk, { event: 'KeyRevoked', member: 3, key: MEMBERS[3]!.key })
  assert.equal(await duty.run(), false)
  clerk.chain.mine(1)
  assert.equal(await duty.run(), false)
  clerk.chain.mine(1)
  assert.equal(await duty.run(), true)
  assert.equal(await duty.run(), false)
  assert.equal(await clerk.ledger.ask((state) => state.chain.committeeKeys.get(3)?.revoked), true)
  assert.deepEqual(clerk.news(), keys(16))
})

test('a cursor that was lost, or not yet moved, makes it read again and write nothing twice', async () => {
  const clerk = await clerking(begun())
  const duty = observeChain(portsOf(clerk))
  await duty.run()
  clerk.outbox.moveCursor(0)
  assert.equal(await duty.run(), false)
  assert.equal(clerk.outbox.cursor(), 2)
  assert.deepEqual(clerk.news(), keys(15))
})

test('dying in the middle of a block, it goes on there', async () => {
  for (const failAt of [1, 7, 15]) {
    const clerk = await clerking(begun())
    let asked = 0
    const submit: typeof clerk.ledger.submit = async (command): Promise<Answer> => {
      asked += 1
      if (asked === failAt) throw new Error('killed')
      return clerk.ledger.submit(command)
    }
    const dying = observeChain({ ...portsOf(clerk), ledger: { ...clerk.ledger, submit } })
    await assert.rejects(dying.run(), /killed/)
    assert.equal(clerk.outbox.cursor(), 0, 'the cursor stays before a block that is not all in')
    assert.equal(await observeChain(portsOf(clerk)).run(), true)
    assert.deepEqual(clerk.news(), keys(15))
    assert.equal(clerk.outbox.cursor(), 2)
  }
})

test('a ledger that takes nothing in just now leaves the cursor where it is', async () => {
  const answers: Answer[] = [
    { kind: 'busy', retryAfterSeconds: 1 },
    { kind: 'stopped', code: 'ledger-closing' },
    { kind: 'refused', refusal: { code: 'key-expired' } },
  ]
  for (const answer of answers) {
    const clerk = await clerking(begun())
    const full = observeChain({ ...portsOf(clerk), ledger: { ...clerk.ledger, submit: async () => answer } })
    await assert.rejects(full.run(), { code: 'command-not-taken' })
    assert.equal(clerk.outbox.cursor(), 0)
  }
})

test('a chain that fails to answer is asked again', async () => {
  for (const method of ['heads', 'logs'] as const) {
    for (const failure of ['not-persisted', 'persisted'] as const) {
      const clerk = await clerking(begun())
      clerk.chain.fail(method, failure)
      const duty = observeChain(portsOf(clerk))
      await assert.rejects(duty.run(), { code: 'chain-unreachable' })
      assert.equal(await duty.run(), true)
      assert.deepEqual(clerk.news(), keys(15))
    }
  }
})

/** A mission at its gate whose epoch is closed but not on chain, and NOOR's decision in a final block. */
async function decidedTooEarly(): Promise<Clerking> {
  const bench = founded()
  const world = await withKeys(80, bench)
  atTheGate(bench, 'm-1')
  committed(closeEpoch(bench))
  emit(world, decided(bench, 'm-1', NOOR))
  world.chain.mine(2)
  return clerking(world)
}

test('a decision that came before its epoch waits, and what cures it is taken in meanwhile', async () => {
  const clerk = await decidedTooEarly()
  const duty = observeChain(portsOf(clerk))
  assert.equal(await duty.run(), false)
  assert.equal(await duty.run(), false)
  assert.deepEqual(clerk.news(), [])
  const waiting = clerk.outbox.cursor()
  const [closed] = await clerk.ledger.ask((state) =>
    state.epochs.closed.map(({ epoch, commitment }) => ({ epoch, commitment })),
  )
  emit(clerk, { event: 'EpochCommitted', ...closed })
  clerk.chain.mine(2)
  assert.equal(await duty.run(), true)
  assert.deepEqual(clerk.news(), ['chain.observed'], 'the commitment, past the decision that waits')
  assert.equal(clerk.outbox.cursor(), waiting)
  assert.equal(await duty.run(), true)
  assert.deepEqual(clerk.news(), ['chain.observed', 'chain.observed'])
  assert.equal(await clerk.ledger.ask((state) => state.missions.get('m-1')?.status), 'Completed')
  assert.ok(clerk.outbox.cursor() > waiting)
  assert.equal(await duty.run(), false)
})

test('a decision that fails for good is on record, once', async () => {
  const bench = founded()
  const world = await withKeys(80, bench)
  atTheGate(bench, 'm-1')
  committed(closeEpoch(bench))
  emit(world, { event: 'EpochCommitted', epoch: 0, commitment: bench.state.epochs.closed[0]!.commitment })
  // Somebody who had a part in it signs.
  emit(world, decided(bench, 'm-1', OPERATORS[0]))
  world.chain.mine(2)
  const clerk = await clerking(world)
  const duty = observeChain(portsOf(clerk))
  assert.equal(await duty.run(), true)
  assert.equal(await duty.run(), false)
  clerk.outbox.moveCursor(0)
  assert.equal(await duty.run(), false)
  assert.deepEqual(clerk.news(), ['chain.observed', 'chain.observed withheld'])
  assert.equal(await clerk.ledger.ask((state) => state.missions.get('m-1')?.status), 'FinalHumanGate')
})

test('what strangers write to the gate is passed over, and keeps nothing else out', async () => {
  const bench = founded()
  const world = await withKeys(80, bench)
  atTheGate(bench, 'm-1')
  const ours = decided(bench, 'm-1', NOOR)
  emit(world, { ...ours, mission_digest: `sha256:${'77'.repeat(32)}` })
  // Figures that the contract takes and no record can hold.
  emit(world, { ...ours, deadline: 2 ** 63 })
  emit(world, { ...ours, signature: `0x${'00'.repeat(5_000)}` })
  emit(world, { ...ours, attempt: 2 ** 60 })
  emit(world, { event: 'KeyRevoked', member: 3, key: MEMBERS[3]!.key })
  world.chain.mine(2)
  const clerk = await clerking(world)
  assert.equal(await observeChain(portsOf(clerk)).run(), true)
  assert.deepEqual(clerk.news(), ['chain.observed'])
  assert.equal(clerk.outbox.cursor(), world.chain.height() - 1)
})

test('the registry of a proposed agent is read, and the holder’s statement links the machine', async () => {
  const bench = founded()
  committed(proposed(bench, WORKER))
  const world = await withKeys(80, bench)
  const foreign = stated('another-machine', deploymentOf(bench))
  emit(world, TRANSFER, foreign, stated(WORKER.id, deploymentOf(bench)), stated(WORKER.id, deploymentOf(bench), '23'))
  world.chain.mine(2)
  const clerk = await clerking(world)
  assert.equal(await observeChain(portsOf(clerk)).run(), true)
  assert.deepEqual(clerk.news(), ['chain.observed'], 'what changes no link gets no entry')
  assert.equal(await clerk.ledger.ask((state) => state.machines.get(WORKER.id)?.agent?.status), 'linked')
})

test('a linked agent that is transferred sends its machine into quarantine, by one entry', async () => {
  const world = await withKeys(80, linked(founded(), WORKER))
  world.chain.mine(200)
  emit(world, TRANSFER, OTHER_WALLET)
  world.chain.mine(2)
  const clerk = await clerking(world)
  const duty = observeChain(portsOf(clerk))
  assert.equal(await duty.run(), true)
  assert.equal(await duty.run(), false)
  assert.deepEqual(clerk.news(), ['chain.observed'])
  assert.equal(await clerk.ledger.ask((state) => state.machines.get(WORKER.id)?.life.status), 'quarantined')
})

test('where no machine names an agent, no registry is read', async () => {
  const clerk = await clerking(begun())
  const chain = { ...clerk.chain.chain, agentLogs: () => assert.fail('nobody asked for an agent') }
  assert.equal(await observeChain({ ...portsOf(clerk), chain }).run(), true)
})

test('a registry that cannot be read keeps nothing of our own contracts out, and is read again', async () => {
  const world = await withKeys(80, linked(founded(), WORKER))
  emit(world, { event: 'KeyRevoked', member: 3, key: MEMBERS[3]!.key }, TRANSFER)
  world.chain.mine(2)
  const clerk = await clerking(world)
  const from = clerk.outbox.cursor()
  const refused = () => Promise.reject(new Fault('chain-unreachable', { reason: 'more than 10000 results' }))
  const chain = { ...clerk.chain.chain, agentLogs: refused }
  const revoked = () => clerk.ledger.ask((state) => state.chain.committeeKeys.get(3)?.revoked)
  await assert.rejects(observeChain({ ...portsOf(clerk), chain }).run(), { code: 'chain-unreachable' })
  assert.equal(await revoked(), true)
  assert.equal(clerk.outbox.cursor(), from, 'what the registry says is still owed')
  assert.equal(await observeChain(portsOf(clerk)).run(), true)
  assert.equal(await clerk.ledger.ask((state) => state.machines.get(WORKER.id)?.agent?.status), 'broken')
  assert.deepEqual(clerk.news(), keys(2))
})
