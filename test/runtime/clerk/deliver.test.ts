/** From ten shares to an epoch that the ledger has seen on chain, and from a signature to a completed mission. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../../protocol/wire/certificate.ts'
import type { Share } from '../../../runtime/outbox/outbox.ts'
import { openRelay } from '../../../runtime/chain/chain.ts'
import { deliver } from '../../../runtime/clerk/deliver.ts'
import { observeChain } from '../../../runtime/clerk/observe-chain.ts'
import { openDesk } from '../../../runtime/epochs/epochs.ts'
import { atTheGate, closeEpoch } from '../../support/law/flow.ts'
import { fork } from '../../support/law/fork.ts'
import { committed, founded, type Bench } from '../../support/law/world.ts'
import { approvalOf } from '../../support/runtime/approvals.ts'
import { begun, shareOf, withKeys, type World } from '../../support/runtime/desk-bench.ts'
import { clerking, portsOf, type Clerking } from './clerk-bench.ts'

const CEILING = 1_000n

/** Made once: ten signatures take their time. */
const GATE: Bench = founded()
const WORLD: Promise<World> = withKeys(80, GATE)
const SHARES: Promise<readonly Share[]> = WORLD.then((world) => {
  atTheGate(GATE, 'm-1')
  committed(closeEpoch(GATE))
  const { commitment } = GATE.state.epochs.closed[0]!
  return Array.from({ length: 10 }, (_, member) => shareOf(world, member, commitment) as unknown as Share)
})

async function certified(): Promise<Clerking & { commitment: string }> {
  const shares = await SHARES
  const world = { ...begun(80, fork(GATE)) }
  const clerk = await clerking(world)
  for (const share of shares) clerk.outbox.putShare(0, share)
  const certificate = assemble(shares)
  assert.ok(certificate.ok)
  clerk.outbox.putCertificate(0, certificate.value)
  clerk.outbox.addSending('epoch:00000000', { epoch: 0 })
  return { ...clerk, commitment: GATE.state.epochs.closed[0]!.commitment }
}

function dutiesOf(clerk: Clerking) {
  const ports = portsOf(clerk)
  return {
    deliver: deliver({ ...ports, sender: clerk.chain.sender, feeCeiling: CEILING }),
    observe: observeChain(ports),
  }
}

function stateOf(clerk: Clerking, prefix = 'epoch:'): [string | undefined, string | undefined] {
  const [sending] = clerk.outbox.sendings(prefix)
  return [sending?.state, sending?.note]
}

test('a certified epoch is published, becomes final, and the ledger sees it', async () => {
  const clerk = await certified()
  const duties = dutiesOf(clerk)
  await duties.deliver.run()
  const states: unknown[] = []
  for (let i = 0; i < 3; i++) {
    clerk.chain.mine()
    await duties.deliver.run()
    states.push(stateOf(clerk)[0])
  }
  assert.deepEqual(states, ['included', 'safe', 'final'])
  assert.equal(await duties.observe.run(), true)
  assert.equal(await clerk.ledger.ask((state) => state.chain.committed.get(0)), clerk.commitment)
  assert.equal(await duties.deliver.run(), false)
})

test('an epoch that anybody else has published is not sent, and its block is found', async () => {
  const clerk = await certified()
  const duties = dutiesOf(clerk)
  await duties.deliver.run()
  const [ours] = clerk.chain.mempool()
  clerk.chain.drop()
  clerk.outbox.save({
    ...clerk.outbox.sending('epoch:00000000')!,
    state: 'waiting',
    nonce: undefined,
    transactions: [],
  })
  clerk.chain.callByOthers(ours!.call)
  await duties.deliver.run()
  assert.deepEqual(stateOf(clerk), ['included', undefined])
  assert.equal(clerk.outbox.sending('epoch:00000000')?.block, clerk.chain.height())
  clerk.chain.mine(2)
  await duties.deliver.run()
  assert.deepEqual(stateOf(clerk), ['final', undefined])
  assert.equal(clerk.chain.mempool().length, 0)
})

test('another commitment for that epoch on chain is never called ours', async () => {
  const clerk = await certified()
  const duties = dutiesOf(clerk)
  const held = { ...clerk.chain.chain, commitmentOf: async () => `0x${'77'.repeat(32)}` }
  const refusing = {
    ...clerk.chain.sender,
    sign: () => Promise.reject(Object.assign(new Error('reverts'), { code: 'chain-refused' })),
  }
  await assert.rejects(
    deliver({ ...portsOf(clerk), chain: held, sender: refusing, feeCeiling: CEILING }).run(),
    /reverts/,
  )
  assert.deepEqual(stateOf(clerk), ['waiting', undefined])
  assert.equal(await duties.deliver.run(), true)
})

test('a certificate whose key was revoked waits with the reason, and goes when it was made again', async () => {
  const clerk = await certified()
  const duties = dutiesOf(clerk)
  clerk.registry.keys[2] = undefined
  await duties.deliver.run()
  assert.deepEqual(stateOf(clerk), ['waiting', 'certificate-invalid'])
  const key = await clerk.ledger.ask((state) => state.chain.committeeKeys.get(2)?.key)
  clerk.chain.emit({ event: 'KeyRevoked', member: 2, key } as never)
  clerk.chain.mine(2)
  await duties.observe.run()
  await openDesk(clerk).bring(0, shareOf(clerk, 11, clerk.commitment))
  await duties.deliver.run()
  clerk.chain.mine(3)
  await duties.deliver.run()
  assert.deepEqual(stateOf(clerk), ['final', undefined])
})

test('a relayed approval goes to the gate, and the mission completes when that is final', async () => {
  const clerk = await certified()
  const duties = dutiesOf(clerk)
  for (let i = 0; i < 5; i++) {
    await duties.deliver.run()
    clerk.chain.mine()
  }
  await duties.observe.run()
  // The bench's own fold knows nothing of what the ledger took in since, and need not: the text is the same.
  const signed = approvalOf(clerk.bench, 'm-1')
  const relay = openRelay({ ...clerk, chain: clerk.chain.chain })
  const relayed = await relay.relay(signed)
  assert.equal(relayed.ok, true, JSON.stringify(relayed))
  for (let i = 0; i < 5; i++) {
    await duties.deliver.run()
    clerk.chain.mine()
  }
  await duties.deliver.run()
  assert.deepEqual(stateOf(clerk, 'approval:'), ['final', undefined])
  await duties.observe.run()
  assert.equal(await clerk.ledger.ask((state) => state.missions.get('m-1')?.status), 'Completed')
  const nonces = clerk.chain.told.map(({ nonce }) => nonce)
  assert.deepEqual(new Set(nonces), new Set([0, 1]), 'one stream of nonces')
})

test('an approval that somebody sent directly is followed to its block, and no second one is sent', async () => {
  const clerk = await certified()
  const duties = dutiesOf(clerk)
  for (let i = 0; i < 5; i++) {
    await duties.deliver.run()
    clerk.chain.mine()
  }
  await duties.observe.run()
  const signed = approvalOf(clerk.bench, 'm-1')
  const { missionDigest, attempt, approver } = signed.approval
  const key = `approval:${String(missionDigest)}:${String(attempt)}:${String(approver)}`
  clerk.outbox.addSending(key, { ...signed, mission: 'm-1' })
  await duties.deliver.run()
  const ours = clerk.chain.mempool().at(-1)
  assert.ok(ours !== undefined)
  clerk.chain.drop()
  clerk.outbox.save({ ...clerk.outbox.sending(key)!, state: 'waiting', nonce: undefined, transactions: [] })
  clerk.chain.callByOthers(ours.call)
  const told = clerk.chain.told.length
  for (let i = 0; i < 4; i++) {
    await duties.deliver.run()
    clerk.chain.mine()
  }
  assert.deepEqual(stateOf(clerk, 'approval:'), ['final', undefined])
  assert.equal(clerk.chain.told.length, told)
  // Taken in, its log lies below the cursor: it is found all the same.
  await duties.observe.run()
  clerk.outbox.save({ ...clerk.outbox.sending(key)!, state: 'waiting', nonce: undefined, transactions: [] })
  await duties.deliver.run()
  assert.equal(stateOf(clerk, 'approval:')[0], 'final')
})
