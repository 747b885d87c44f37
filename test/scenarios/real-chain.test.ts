/** Desk, relay, courier and clerk on the real contracts, on a real chain that is made to misbehave. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { approvalDigest, approvalDomain, parseApproval } from '../../protocol/wire/approval.ts'
import { assemble, certificateMessage, EPOCH_COMMITMENT } from '../../protocol/wire/certificate.ts'
import { sign as signBls } from '../../protocol/wire/bls.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import { millis } from '../../protocol/wire/time.ts'
import { sign as signWithWallet } from '../../protocol/wire/wallet.ts'
import { connectChain, openRelay, openSender } from '../../runtime/chain/chain.ts'
import { deliver } from '../../runtime/clerk/deliver.ts'
import type { Duty } from '../../runtime/clerk/duty.ts'
import { observeChain } from '../../runtime/clerk/observe-chain.ts'
import { sealerOf } from '../../runtime/clerk/sealer.ts'
import { openDesk } from '../../runtime/epochs/epochs.ts'
import type { Sending } from '../../runtime/outbox/outbox.ts'
import type { Chain } from '../../runtime/ports/chain.ts'
import { atTheGate, closeEpoch } from '../support/law/flow.ts'
import { ADA, MACHINES, NOOR, OPERATORS, RUNTIME } from '../support/law/people.ts'
import {
  attest,
  CHAIN_ID,
  committed,
  CONTRACTS,
  emptyBench,
  genesisBody,
  register,
  type Bench,
} from '../support/law/world.ts'
import { memoryChain } from '../support/chain/memory-chain.ts'
import { memoryContracts } from '../support/runtime/memory-contracts.ts'
import { approvalOf } from '../support/runtime/approvals.ts'
import { MEMBERS, opened, type Opened } from '../support/runtime/desk-bench.ts'
import { now, PUBLISHER, realChain, until, type RealChain } from './real-chain.ts'

const CEILING = 50_000_000_000n

type Stage = Opened & {
  readonly real: RealChain
  readonly port: Chain
  readonly deliver: Duty
  readonly observe: Duty
  sending(prefix?: string): Sending
}

/** A founded deployment over the contracts of this chain, as its genesis entry names them. */
function foundedOn(real: RealChain): Bench {
  const bench = emptyBench(now())
  const { committee_registry, commitment_log, final_gate } = real.where.addresses
  const body = genesisBody(bench.now())
  const members = (body['committee'] as { members: { address: string }[] }).members
  committed(
    bench.send(ADA, 'genesis', 'genesis', {
      ...body,
      committee: {
        ...(body['committee'] as object),
        id: real.committeeId,
        members: members.map((member, i) => ({ ...member, address: real.addresses[i] })),
      },
      chains: (['operations', 'settlement'] as const).map((role) => ({
        role,
        chain_id: CHAIN_ID,
        genesis_hash: real.where.genesisHash,
      })),
      contracts: {
        ...CONTRACTS,
        committee_registry: { chain: 'settlement', address: committee_registry },
        commitment_log: { chain: 'operations', address: commitment_log },
        final_gate: { chain: 'operations', address: final_gate },
      },
    }),
  )
  const notAfter = millis(bench.now() + 80 * 86_400_000)
  for (const person of [NOOR, ...OPERATORS]) attest(bench, person, notAfter)
  for (const machine of MACHINES) register(bench, machine, notAfter)
  return bench
}

async function staged(t: TestContext): Promise<Stage> {
  const real = await realChain(t)
  const bench = foundedOn(real)
  atTheGate(bench, 'm-1')
  committed(closeEpoch(bench))
  const committeeId = real.committeeId as Digest
  // The bench's own chain in memory stays unused: everything goes to the real one.
  const registry = { committeeId, keys: [], vouching: new Map<string, string>() }
  const open = await opened({ bench, chain: memoryChain(memoryContracts(registry)), registry })
  const port = await connectChain(real.where, open.clock, 0)
  const parts = {
    ...open,
    chain: port,
    actor: RUNTIME.id,
    seal: sealerOf({
      deployment: bench.state.founded?.deployment.id ?? '',
      actor: RUNTIME.id,
      signer: RUNTIME.signer,
      clock: open.clock,
    }),
  }
  return {
    ...open,
    real,
    port,
    observe: observeChain(parts),
    deliver: deliver({ ...parts, sender: openSender(real.where.url, CHAIN_ID, PUBLISHER), feeCeiling: CEILING }),
    sending: (prefix = 'epoch:') => {
      const [first] = open.outbox.sendings(prefix)
      assert.ok(first !== undefined)
      return first
    },
  }
}

function shareFor({ bench, real }: Stage, member: number): { member: number; commitment: string; signature: string } {
  const { commitment } = bench.state.epochs.closed[0]!
  const message = certificateMessage({
    purpose: EPOCH_COMMITMENT,
    chainId: CHAIN_ID,
    contract: real.where.addresses.commitment_log,
    committeeId: real.committeeId as Digest,
    subject: commitment,
    sequence: 0,
  })
  return { member, commitment, signature: signBls(message, MEMBERS[member]!.secret) }
}

async function mine({ real }: Stage, blocks = 1): Promise<void> {
  await real.rpc('anvil_mine', [`0x${blocks.toString(16)}`, '0x0'])
}

/** The ledger sees the fifteen keys, ten members sign. */
async function certified(stage: Stage): Promise<void> {
  await mine(stage, 2)
  assert.equal(await stage.observe.run(), true)
  const desk = openDesk(stage)
  for (let member = 0; member < 10; member++) {
    const brought = await desk.bring(0, shareFor(stage, member))
    assert.ok(brought.ok, JSON.stringify(brought))
  }
}

async function nonceOnChain({ real }: Stage): Promise<number> {
  return Number(
    await real.rpc('eth_getTransactionCount', [openSender(real.where.url, CHAIN_ID, PUBLISHER).address, 'latest']),
  )
}

test('from ten shares to a final epoch, from a signature to a completed mission, through every loss', async (t) => {
  const stage = await staged(t)
  await t.test('a chain without our contracts is refused, and so is another chain', async () => {
    const { where } = stage.real
    const nowhere = { ...where, addresses: { ...where.addresses, final_gate: `0x${'ee'.repeat(20)}` } }
    await assert.rejects(connectChain(nowhere, stage.clock, 0), { code: 'chain-without-contracts' })
    await assert.rejects(connectChain({ ...where, chainId: 1 }, stage.clock, 0), { code: 'chain-foreign' })
    const genesisHash = `0x${'00'.repeat(32)}`
    await assert.rejects(connectChain({ ...where, genesisHash }, stage.clock, 0), { code: 'chain-foreign' })
    await assert.rejects(connectChain({ ...where, url: 'http://127.0.0.1:1' }, stage.clock, 0), {
      code: 'chain-unreachable',
    })
  })
  await certified(stage)
  await t.test('the contract’s reason is a code', async () => {
    const nine = assemble(Array.from({ length: 9 }, (_, member) => shareFor(stage, member)))
    const ten = stage.outbox.certificate(0)
    assert.ok(nine.ok && ten !== undefined)
    stage.outbox.putCertificate(0, nine.value)
    await stage.deliver.run()
    assert.deepEqual([stage.sending().state, stage.sending().note], ['waiting', 'signers-below-threshold'])
    stage.outbox.putCertificate(0, { ...ten, bitmap: ten.bitmap * 2 })
    await stage.deliver.run()
    assert.equal(stage.sending().note, 'certificate-invalid')
    stage.outbox.putCertificate(0, ten)
  })
  await t.test('above the ceiling it waits', async () => {
    await stage.real.rpc('anvil_setNextBlockBaseFeePerGas', ['0xba43b7400'])
    await mine(stage)
    await stage.deliver.run()
    assert.deepEqual([stage.sending().state, stage.sending().note], ['waiting', 'fee-above-ceiling'])
    await stage.real.rpc('anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00'])
    await mine(stage)
  })
  await t.test('dropped, it is told again; stuck, it is replaced under the same nonce and taken', async () => {
    await stage.real.rpc('evm_setAutomine', [false])
    await stage.deliver.run()
    const [first] = stage.sending().transactions
    assert.ok(first !== undefined)
    await stage.real.rpc('anvil_dropTransaction', [first.hash])
    stage.bench.wait(3_000)
    await stage.deliver.run()
    assert.notEqual(await stage.real.rpc('eth_getTransactionByHash', [first.hash]), null)
    stage.bench.wait(30_000)
    await stage.deliver.run()
    assert.equal(stage.sending().transactions.length, 2)
    await mine(stage)
    await stage.deliver.run()
    assert.equal(stage.sending().state, 'included')
    const second = stage.sending().transactions[1]
    assert.equal(await stage.real.rpc('eth_getTransactionByHash', [first.hash]), null, 'the dearer one took its place')
    assert.notEqual(await stage.real.rpc('eth_getTransactionReceipt', [second?.hash]), null)
    await stage.real.rpc('evm_setAutomine', [true])
  })
  await t.test('reorganized away, it goes back and comes again', async () => {
    const nonce = await nonceOnChain(stage)
    await stage.real.rpc('anvil_rollback', [1])
    assert.equal(await nonceOnChain(stage), nonce - 1)
    await stage.deliver.run()
    assert.deepEqual([stage.sending().state, stage.sending().note], ['submitted', 'orphaned'])
    await until(async () => {
      stage.bench.wait(3_000)
      await stage.deliver.run()
      return stage.sending().state === 'included'
    }, 'included again')
    assert.equal(await nonceOnChain(stage), nonce)
  })
  await t.test('lost with the chain’s last second, it is told again', async () => {
    const nonce = await nonceOnChain(stage)
    const height = await stage.real.height()
    await stage.real.kill()
    assert.ok((await stage.real.height()) <= height)
    await until(async () => {
      stage.bench.wait(3_000)
      await stage.deliver.run()
      return stage.sending().state === 'included'
    }, 'included after the kill')
    assert.equal(await nonceOnChain(stage), nonce)
  })
  await t.test('final when the chain says so, and then the ledger sees it', async () => {
    assert.equal(await stage.observe.run(), false)
    await mine(stage)
    await stage.deliver.run()
    assert.equal(stage.sending().state, 'safe')
    await mine(stage)
    await stage.deliver.run()
    assert.equal(stage.sending().state, 'final')
    assert.equal(await stage.observe.run(), true)
    const commitment = await stage.ledger.ask((state) => state.chain.committed.get(0))
    assert.equal(commitment, stage.bench.state.epochs.closed[0]?.commitment)
  })
  await t.test('a human’s signature completes the mission', async () => {
    const gate = stage.real.where.addresses.final_gate
    const parsed = parseApproval(approvalOf(stage.bench, 'm-1').approval)
    assert.ok(parsed.ok)
    const digest = approvalDigest(approvalDomain(CHAIN_ID, gate), parsed.value)
    const signature = signWithWallet(digest, NOOR.walletSecret)
    const relay = openRelay({ ...stage, chain: stage.port })
    const wrong = await relay.relay({ approval: { ...parsed.value }, signature: `0x${'11'.repeat(66)}` })
    assert.equal(wrong.ok, false)
    const relayed = await relay.relay({ approval: { ...parsed.value }, signature })
    assert.ok(relayed.ok, JSON.stringify(relayed))
    await stage.deliver.run()
    await until(async () => {
      await mine(stage)
      await stage.deliver.run()
      return stage.sending('approval:').state === 'final'
    }, 'the decision is final')
    assert.equal(await stage.observe.run(), true)
    assert.equal(await stage.ledger.ask((state) => state.missions.get('m-1')?.status), 'Completed')
    const again = await relay.relay({ approval: { ...parsed.value }, signature })
    assert.ok(again.ok)
  })
})
