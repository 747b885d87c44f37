/** What a member believes of the chain: what the chain itself holds, in a block that is final there, and nothing else. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Observed } from '../../../protocol/law/chain/types.ts'
import { AGENT, deploymentOf, proposed, REGISTRY_ADDRESS, stated } from '../../support/law/agents.ts'
import { closeEpoch } from '../../support/law/flow.ts'
import { fork } from '../../support/law/fork.ts'
import { RUNTIME, WORKER } from '../../support/law/people.ts'
import { committed, founded } from '../../support/law/world.ts'
import { MEMBERS, withKeys, type World } from '../../support/runtime/desk-bench.ts'
import { serveEntries } from '../../support/runtime/entry-server.ts'
import { aWhile, refused, signed, startMember, waitsFor } from './serving.ts'

const BASE: World = await withKeys(80, founded())

describe('a member that is told of the chain', { concurrency: 4 }, () => {
  /** The runtime states, under its own good signature, that the chain holds a log. */
  function stating(log: (world: World) => Observed): World {
    const world = { ...BASE, bench: fork(BASE.bench) }
    committed(world.bench.send(RUNTIME, 'chain.observed', 'chain', log(world)))
    committed(closeEpoch(world.bench))
    return world
  }

  const invented = (more: object): Observed =>
    ({
      chain_id: 31337,
      contract: `0x${'c1'.repeat(20)}`,
      block_number: 1,
      block_hash: `0x${'b0'.repeat(32)}`,
      block_time: 1_770_000_000,
      transaction: `0x${'77'.repeat(32)}`,
      log_index: 0,
      log: { event: 'KeyRevoked', member: 1, key: MEMBERS[1]!.key },
      ...more,
    }) as unknown as Observed

  test('refuses an observed log that the chain does not hold', async (t) => {
    const world = stating(() => invented({}))
    const server = await serveEntries(t, world.bench.texts)
    const member = startMember(t, world, server)
    await member.until(refused)
    assert.deepEqual(member.said(), ['refused observed-log-not-on-chain'])
    await aWhile()
    assert.deepEqual(server.shares, [])
  })

  test('refuses one that differs from the chain’s in a single field', async (t) => {
    const real = (await BASE.chain.chain.logs(0, 1))[0]!
    const world = stating(() => ({ ...real, log_index: 99 }))
    const server = await serveEntries(t, world.bench.texts)
    const member = startMember(t, world, server)
    await member.until(refused)
    assert.deepEqual(member.said(), ['refused observed-log-not-on-chain'])
  })

  test('looks an agent’s log up in the registry that the ledger names', async (t) => {
    for (const genuine of [true, false]) {
      const bench = founded()
      committed(proposed(bench, WORKER))
      const world = await withKeys(80, bench)
      world.chain.emit(stated(WORKER.id, deploymentOf(bench)) as unknown as Observed['log'])
      world.chain.mine(2)
      const agent = { contract: REGISTRY_ADDRESS, agentId: AGENT }
      const [seen] = await world.chain.chain.agentLogs([agent], 0, world.chain.height())
      const body = genuine ? seen : { ...seen, block_number: seen!.block_number - 1 }
      committed(bench.send(RUNTIME, 'chain.observed', 'chain', body))
      committed(closeEpoch(bench))
      const server = await serveEntries(t, bench.texts)
      const member = startMember(t, world, server)
      await member.until(genuine ? signed : refused)
      if (!genuine) assert.deepEqual(member.said(), ['refused observed-log-not-on-chain'])
    }
  })

  test('does not sign over a log that is not final; when it is, it goes on by itself', async (t) => {
    const fresh = await withKeys(80, founded())
    fresh.chain.emit({ event: 'KeyRevoked', member: 1, key: MEMBERS[1]!.key })
    const [seen] = await fresh.chain.chain.logs(fresh.chain.height(), fresh.chain.height())
    committed(fresh.bench.send(RUNTIME, 'chain.observed', 'chain', seen))
    committed(closeEpoch(fresh.bench))
    const server = await serveEntries(t, fresh.bench.texts)
    const member = startMember(t, fresh, server)
    await member.until(waitsFor('observed-log-not-final'))
    await aWhile()
    assert.deepEqual(server.shares, [])
    fresh.chain.mine(2)
    await member.until(signed)
    assert.equal(server.shares.length, 1)
  })
})
