import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fault } from '../../../protocol/wire/fault.ts'
import { callOf } from '../../support/chain/deeds.ts'
import { courierBench, requireHonest, requireOnce, type Bench } from './errands.ts'

/** Looks and blocks in turn, until nothing moves any more. */
async function settle(bench: Bench, rounds = 12): Promise<void> {
  for (let i = 0; i < rounds; i++) {
    bench.wait(3_000)
    assert.equal(await bench.step(), undefined)
    requireHonest(bench)
    bench.chain.mine()
  }
}

test('a call goes from waiting to final, each state when the chain says so', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  await bench.step()
  assert.equal(bench.of('epoch:0').state, 'submitted')
  await bench.step()
  assert.equal(bench.of('epoch:0').state, 'submitted', 'it waits for a block')
  const states: string[] = []
  for (let i = 0; i < 3; i++) {
    bench.chain.mine()
    await bench.step()
    states.push(bench.of('epoch:0').state)
  }
  assert.deepEqual(states, ['included', 'safe', 'final'])
  assert.equal(bench.of('epoch:0').block, 1)
  assert.equal(bench.chain.told.length, 1)
})

test('epochs and approvals share one stream of nonces, one transaction at a time', async () => {
  const bench = courierBench()
  bench.send('epoch:0', 'approval:a', 'epoch:1')
  for (let i = 0; i < 3; i++) {
    await bench.step()
    assert.equal(bench.chain.mempool().length, 1)
    bench.chain.mine()
  }
  assert.deepEqual(
    bench.chain.mined().map(({ transaction }) => [transaction.nonce, transaction.call.data]),
    ['epoch:0', 'approval:a', 'epoch:1'].map((deed, nonce) => [nonce, callOf(deed).data]),
  )
})

test('an approval is not held up by an epoch that cannot be published yet', async () => {
  const bench = courierBench()
  bench.forbidden.add('epoch:0')
  bench.send('epoch:0', 'approval:a')
  await bench.step()
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').note], ['waiting', 'forbidden'])
  assert.equal(bench.of('approval:a').state, 'submitted')
  bench.chain.mine()
  bench.forbidden.clear()
  await settle(bench)
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').note], ['final', undefined])
})

test('an approval that would revert for ever is refused, with the reason, and leaves no transaction', async () => {
  const bench = courierBench()
  bench.forbidden.add('approval:a')
  bench.send('approval:a')
  await bench.step()
  assert.deepEqual([bench.of('approval:a').state, bench.of('approval:a').note], ['refused', 'forbidden'])
  assert.equal(bench.chain.told.length, 0)
  await bench.step()
  assert.equal(bench.of('approval:a').state, 'refused')
})

test('what somebody else has carried is not sent again, and shown where it lies', async () => {
  const bench = courierBench()
  bench.chain.callByOthers(callOf('epoch:0'))
  bench.send('epoch:0')
  await bench.step()
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').block], ['included', 1])
  await settle(bench, 3)
  assert.equal(bench.of('epoch:0').state, 'final')
  assert.equal(bench.chain.told.length, 0)
})

test('an approval that somebody else carried while ours was being made is not called refused', async () => {
  const bench = courierBench()
  bench.send('approval:a')
  const { sender } = bench.chain
  const { sign } = sender
  Object.assign(sender, {
    sign: (...args: Parameters<typeof sign>) => {
      bench.chain.callByOthers(callOf('approval:a'))
      Object.assign(sender, { sign })
      return sign(...args)
    },
  })
  await bench.step()
  assert.equal(bench.of('approval:a').state, 'waiting')
  await settle(bench, 4)
  assert.equal(bench.of('approval:a').state, 'final')
})

test('a receipt that is reorganized away goes back, is called orphaned, and is sent again under its nonce', async () => {
  for (const transactions of ['wait', 'gone'] as const) {
    const bench = courierBench()
    bench.send('epoch:0')
    await bench.step()
    bench.chain.mine()
    await bench.step()
    assert.equal(bench.of('epoch:0').state, 'included')
    bench.chain.reorg(1, transactions)
    await bench.step()
    assert.deepEqual(
      [bench.of('epoch:0').state, bench.of('epoch:0').note, bench.of('epoch:0').block],
      ['submitted', 'orphaned', undefined],
    )
    await settle(bench, 5)
    assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').transactions.length], ['final', 1])
    requireOnce(bench)
  }
})

test('while one is orphaned, nothing else takes its nonce', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  await bench.step()
  bench.chain.mine()
  await bench.step()
  bench.chain.reorg(1, 'gone')
  bench.send('approval:a')
  await bench.step()
  assert.equal(bench.of('approval:a').state, 'waiting')
  await settle(bench)
  assert.deepEqual([bench.of('epoch:0').nonce, bench.of('approval:a').nonce], [0, 1])
  assert.deepEqual([bench.of('epoch:0').state, bench.of('approval:a').state], ['final', 'final'])
})

test('a chain that lost its last blocks gets both transactions again, in order', async () => {
  const bench = courierBench()
  bench.send('epoch:0', 'epoch:1')
  await bench.step()
  bench.chain.mine()
  await bench.step()
  bench.chain.mine()
  await bench.step()
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:1').state], ['safe', 'included'])
  bench.chain.reorg(2, 'gone')
  bench.restart()
  await bench.step()
  assert.deepEqual(
    bench.chain.mempool().map(({ nonce }) => nonce),
    [0, 1],
  )
  await settle(bench, 5)
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:1').state], ['final', 'final'])
  requireOnce(bench)
})

test('a dropped transaction is told again, with the same bytes', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  await bench.step()
  bench.chain.drop()
  bench.wait(3_000)
  await bench.step()
  assert.deepEqual(
    bench.chain.told.map(({ hash }) => hash),
    [bench.of('epoch:0').transactions[0]?.hash, bench.of('epoch:0').transactions[0]?.hash],
  )
})

test('one that stays out half a minute is replaced under the same nonce, by at least a tenth more on both fees', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  await bench.step()
  bench.chain.baseFee = 12n
  bench.wait(29_999)
  await bench.step()
  assert.equal(bench.of('epoch:0').transactions.length, 1)
  bench.wait(1)
  await bench.step()
  bench.chain.baseFee = 10n
  bench.wait(30_000)
  await bench.step()
  const { transactions, nonce } = bench.of('epoch:0')
  assert.deepEqual([transactions.length, nonce], [3, 0])
  for (const field of ['maxFeePerGas', 'maxPriorityFeePerGas'] as const) {
    const [a, b, c] = transactions.map((one) => BigInt(one[field]))
    assert.ok(b! * 10n >= a! * 11n && c! * 10n >= b! * 11n, field)
  }
  await settle(bench, 4)
  assert.equal(bench.of('epoch:0').state, 'final')
  requireOnce(bench)
})

test('above the ceiling nothing is sent, and it says so; below it goes on by itself', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  bench.chain.baseFee = 1_001n
  await bench.step()
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').note], ['waiting', 'fee-above-ceiling'])
  assert.equal(bench.chain.told.length, 0)
  bench.chain.baseFee = 1_000n
  await bench.step()
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').note], ['submitted', undefined])
})

test('one that is out when fees jump above the ceiling stays out, is told again, and says why it waits', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  await bench.step()
  bench.chain.baseFee = 5_000n
  bench.chain.drop()
  bench.wait(31_000)
  await bench.step()
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').note], ['submitted', 'fee-above-ceiling'])
  assert.equal(bench.of('epoch:0').transactions.length, 1)
  assert.equal(bench.chain.mempool().length, 1)
  bench.chain.baseFee = 9n
  await settle(bench, 4)
  assert.equal(bench.of('epoch:0').state, 'final')
})

test('a nonce that another used is given up only when that is final', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  await bench.step()
  bench.chain.drop()
  bench.chain.foreign()
  await bench.step()
  assert.deepEqual(
    [bench.of('epoch:0').state, bench.of('epoch:0').note, bench.of('epoch:0').nonce],
    ['submitted', 'nonce-used-by-another', 0],
  )
  bench.chain.mine()
  await bench.step()
  assert.equal(bench.of('epoch:0').transactions.length, 1, 'that block is not final yet')
  bench.chain.mine()
  await bench.step()
  assert.equal(bench.of('epoch:0').nonce, 1)
  await settle(bench, 4)
  assert.equal(bench.of('epoch:0').state, 'final')
  requireOnce(bench)
})

test('a nonce that another used comes back with the reorganization, and with it our first transaction', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  await bench.step()
  bench.chain.drop()
  bench.chain.foreign()
  await bench.step()
  bench.chain.reorg(1, 'gone')
  await settle(bench, 5)
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').transactions.length], ['final', 1])
})

test('a gap that another left in our nonces is filled with nothing', async () => {
  const bench = courierBench()
  bench.chain.foreign()
  bench.send('epoch:0')
  await bench.step()
  assert.equal(bench.of('epoch:0').nonce, 1)
  bench.chain.reorg(1, 'gone')
  await settle(bench, 5)
  assert.equal(bench.of('epoch:0').state, 'final')
  assert.deepEqual(
    bench.chain.mined().map(({ transaction }) => [transaction.nonce, transaction.call.data === '0x']),
    [
      [0, true],
      [1, false],
    ],
  )
})

test('a reverted epoch is sent again once that is final; a reverted approval is refused', async () => {
  const bench = courierBench()
  bench.send('epoch:0')
  await bench.step()
  bench.forbidden.add('epoch:0')
  bench.chain.mine()
  await bench.step()
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:0').note], ['submitted', 'reverted'])
  bench.send('approval:a')
  await bench.step()
  bench.forbidden.add('approval:a')
  bench.chain.mine(3)
  await bench.step()
  bench.chain.mine(3)
  await bench.step()
  assert.deepEqual([bench.of('approval:a').state, bench.of('approval:a').note], ['refused', 'forbidden'])
  assert.equal(bench.of('epoch:0').state, 'waiting')
})

test('one whose call would revert by now gives its nonce up to those behind it', async () => {
  const bench = courierBench()
  bench.send('approval:a', 'epoch:0')
  await bench.step()
  bench.forbidden.add('approval:a')
  bench.chain.baseFee = 11n
  bench.wait(30_000)
  await bench.step()
  assert.equal(bench.of('approval:a').note, 'call-would-revert')
  assert.equal(bench.of('approval:a').transactions.at(-1)?.empty, true)
  await settle(bench, 8)
  assert.deepEqual([bench.of('approval:a').state, bench.of('epoch:0').state], ['refused', 'final'])
})

test('a stalled chain costs nothing but dearer replacements of one and the same nonce', async () => {
  const bench = courierBench()
  bench.send('epoch:0', 'epoch:1')
  for (let i = 0; i < 20; i++) {
    bench.wait(30_000)
    await bench.step()
  }
  assert.deepEqual(new Set(bench.chain.told.map(({ nonce }) => nonce)), new Set([0]))
  assert.equal(bench.chain.mempool().length, 1)
  await settle(bench)
  assert.deepEqual([bench.of('epoch:0').state, bench.of('epoch:1').state], ['final', 'final'])
  requireOnce(bench)
})

const METHODS = ['heads', 'nonce', 'sign', 'broadcast', 'receipt', 'blockHash'] as const
const FAILURES = ['not-persisted', 'persisted'] as const

test('every answer of the chain may fail, before or after it had an effect, at every look', async () => {
  for (const method of METHODS) {
    for (const failure of FAILURES) {
      for (let at = 0; at < 4; at++) {
        const bench = courierBench()
        bench.send('epoch:0', 'approval:a')
        for (let look = 0; look < 12; look++) {
          if (look === at) bench.chain.fail(method, failure)
          const fault = await bench.step()
          if (fault !== undefined) assert.equal((fault as Fault).code, 'chain-unreachable')
          requireHonest(bench)
          bench.wait(3_000)
          if (look % 2 === 1) bench.chain.mine()
        }
        bench.chain.fail('logs', 'persisted')
        const place = `${method} ${failure} at look ${at}`
        assert.deepEqual([bench.of('epoch:0').state, bench.of('approval:a').state], ['final', 'final'], place)
        requireOnce(bench)
      }
    }
  }
})

test('dying at any write, before or after it is on disk, sends nothing under two nonces', async () => {
  for (const failure of FAILURES) {
    for (let at = 0; at < 6; at++) {
      const bench = courierBench()
      bench.send('epoch:0', 'approval:a')
      let looks = 0
      for (let look = 0; look < 16; look++) {
        if (looks++ === at) bench.outbox.failSave(failure)
        if ((await bench.step()) !== undefined) bench.restart()
        bench.wait(3_000)
        bench.chain.mine()
      }
      const place = `${failure} at look ${at}`
      assert.deepEqual([bench.of('epoch:0').state, bench.of('approval:a').state], ['final', 'final'], place)
      assert.deepEqual(new Set(bench.chain.told.map(({ nonce }) => nonce)), new Set([0, 1]), place)
      requireOnce(bench)
    }
  }
})
