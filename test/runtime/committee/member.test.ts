import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { encode, type Json } from '../../../protocol/wire/canonical-json.ts'
import { verify as verifyBls } from '../../../protocol/wire/bls.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { epochMessage } from '../../../runtime/epochs/epochs.ts'
import type { Observed } from '../../../protocol/law/chain/types.ts'

import { closeEpoch, scoped } from '../../support/law/flow.ts'
import { fork } from '../../support/law/fork.ts'
import { NOOR } from '../../support/law/people.ts'
import { committed, founded, type Bench } from '../../support/law/world.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { MEMBERS, observeAll, withKeys, type World } from '../../support/runtime/desk-bench.ts'
import { serveEntries } from '../../support/runtime/entry-server.ts'
import { aWhile, refused, signed, startMember, waitsFor } from './serving.ts'

/** A deployment whose committee keys are known and whose first epoch is closed: 40 entries. */
const BASE: World = await (async () => {
  const world = await withKeys(80, founded())
  scoped(world.bench, 'm-1')
  return world
})()
const CLOSED: World = { ...BASE, bench: fork(BASE.bench) }
committed(closeEpoch(CLOSED.bench))

/** The same ledger, to go on from in another way. */
function forked(world: World): World {
  return { ...world, bench: fork(world.bench) }
}

function commitmentOf({ state }: Bench, epoch = 0): string {
  return state.epochs.closed[epoch]?.commitment ?? ''
}

function withLast(texts: readonly string[], text: string): string[] {
  return [...texts.slice(0, -1), text]
}

function changed(text: string, change: (entry: { [field: string]: Json }) => object): string {
  return encode({ ...(JSON.parse(text) as object), ...change(JSON.parse(text) as { [field: string]: Json }) })
}

describe('a member', { concurrency: 4 }, () => {
  test('signs what its own replay gives, with its key, and brings it once', async (t) => {
    const { bench } = CLOSED
    const server = await serveEntries(t, bench.texts)
    const member = startMember(t, CLOSED, server, { index: 3 })
    await member.until(signed)
    await aWhile()
    assert.equal(server.shares.length, 1)
    const [share] = server.shares
    assert.ok(share !== undefined)
    assert.deepEqual([share.epoch, share.member, share.commitment], [0, 3, commitmentOf(bench)])
    assert.equal(verifyBls(share.signature, epochMessage(bench.state, 0)!, MEMBERS[3]!.key), true)
    assert.deepEqual(member.said(), ['signed'])
  })

  test('has on disk what it signs before the signature leaves', async (t) => {
    const server = await serveEntries(t, CLOSED.bench.texts)
    const checkpointFile = join(temporaryFolder(t), 'checkpoint.json')
    let onDisk = ''
    server.onShare = () => {
      onDisk = readFileSync(checkpointFile, 'utf8')
      return 202
    }
    const member = startMember(t, CLOSED, server, { checkpointFile })
    await member.until(signed)
    assert.deepEqual(JSON.parse(onDisk), {
      deployment: CLOSED.bench.state.founded?.deployment.id,
      size: CLOSED.bench.state.books.next,
      head: CLOSED.bench.state.books.head,
      signed: [{ epoch: 0, commitment: commitmentOf(CLOSED.bench) }],
    })
  })

  test('signs nothing while its memory cannot be written, and does so when it can', async (t) => {
    const server = await serveEntries(t, CLOSED.bench.texts)
    const checkpointFile = join(temporaryFolder(t), 'not', 'yet', 'checkpoint.json')
    const member = startMember(t, CLOSED, server, { checkpointFile })
    await member.until(waitsFor('checkpoint-not-written'))
    await aWhile()
    assert.deepEqual(server.shares, [])
    mkdirSync(dirname(checkpointFile), { recursive: true })
    await member.until(signed)
    assert.equal(server.shares.length, 1)
  })

  test('with a memory that it cannot read does not begin', async (t) => {
    const server = await serveEntries(t, CLOSED.bench.texts)
    const folder = temporaryFolder(t)
    for (const text of ['', '{', '{}', '{"size":1}']) {
      const checkpointFile = join(folder, 'checkpoint.json')
      writeFileSync(checkpointFile, text)
      await assert.rejects(startMember(t, CLOSED, server, { checkpointFile }).stop(), { code: 'checkpoint-unreadable' })
    }
    assert.deepEqual(server.shares, [])
  })

  const lies: [string, (texts: string[]) => string[], string][] = [
    ['a flipped bit', (texts) => texts.map((text, i) => (i === 20 ? text.replace(/[a-f](?=[0-9])/, '0') : text)), ''],
    ['an entry left out', (texts) => texts.toSpliced(20, 1), 'entry-differs'],
    ['an entry twice', (texts) => texts.toSpliced(20, 0, texts[20]!), 'entry-repeated'],
    ['two entries changed places', (texts) => texts.with(20, texts[21]!).with(21, texts[20]!), 'entry-differs'],
    [
      'other events than the law gives',
      (texts) =>
        withLast(
          texts,
          changed(texts.at(-1)!, ({ events }) => ({ events: (events as Json[]).slice(1) })),
        ),
      'entry-differs',
    ],
    [
      'a refusal that the law does not know',
      (texts) => {
        const { command, previous, recorded_at, seq } = JSON.parse(texts.at(-1)!) as { [field: string]: Json }
        const violations = [{ constraint: 'because', level: 'physical', params: {} }]
        return withLast(texts, encode({ command, outcome: 'withheld', previous, recorded_at, seq, violations }))
      },
      'entry-differs',
    ],
    [
      'another previous hash',
      (texts) =>
        texts.with(
          20,
          changed(texts[20]!, () => ({ previous: `sha256:${'0'.repeat(64)}` })),
        ),
      'entry-differs',
    ],
    [
      'a time that runs back',
      (texts) =>
        texts.with(
          20,
          changed(texts[20]!, () => ({ recorded_at: '2020-01-01T00:00:00.000Z' })),
        ),
      'entry-time-runs-back',
    ],
    [
      'a field too many',
      (texts) =>
        texts.with(
          20,
          changed(texts[20]!, () => ({ zeal: 1 })),
        ),
      'entry-differs',
    ],
    ['no entry at all', (texts) => texts.with(20, '{"status":"ok"}'), 'entry-malformed'],
    ['no JSON', (texts) => texts.with(20, 'upstream timed out'), 'entry-malformed'],
  ]
  for (const [name, lie, code] of lies) {
    test(`refuses ${name}, says why, and signs nothing for good`, async (t) => {
      const server = await serveEntries(t, lie([...CLOSED.bench.texts]))
      const member = startMember(t, CLOSED, server)
      await member.until(refused)
      server.texts = [...CLOSED.bench.texts]
      server.cut()
      await aWhile()
      assert.deepEqual(server.shares, [])
      assert.equal(member.notes.length, 1)
      const [note] = member.notes
      assert.ok(note?.kind === 'refused')
      if (code !== '') assert.equal(note.code, code)
    })
  }

  test('refuses a ledger of another deployment than it was asked to sign for', async (t) => {
    const server = await serveEntries(t, CLOSED.bench.texts)
    const member = startMember(t, CLOSED, server, { deployment: `sha256:${'0'.repeat(64)}` })
    await member.until(refused)
    assert.deepEqual(member.notes, [{ kind: 'refused', code: 'other-deployment', seq: 1 }])
  })

  test('waits for a chain that cannot be asked', async (t) => {
    const server = await serveEntries(t, CLOSED.bench.texts)
    let asked = 0
    const heads: ChainPort['heads'] = async () => {
      asked += 1
      if (asked === 1) throw new Fault('chain-unreachable')
      return CLOSED.chain.chain.heads()
    }
    const member = startMember(t, CLOSED, server, { chain: { ...CLOSED.chain.chain, heads } })
    await member.until(signed)
    assert.deepEqual(member.said(), ['waiting chain-unreachable', 'signed'])
    assert.equal(server.shares.length, 1)
  })

  test('takes a live entry within a minute of its clock, and refuses one beyond', async (t) => {
    for (const [apart, code] of [
      [60_000, 'signed'],
      [60_001, 'refused entry-back-dated'],
    ] as const) {
      const world = forked(BASE)
      const server = await serveEntries(t, world.bench.texts)
      let late = 0
      const member = startMember(t, world, server, { now: () => world.bench.now() + late })
      while (server.streams() === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      committed(closeEpoch(world.bench))
      late = apart
      server.push(world.bench.texts.at(-1)!)
      await member.until((note) => note.kind !== 'waiting')
      assert.deepEqual(member.said(), [code])
      await member.stop()
    }
  })

  test('stamps live entries when they come, not when it gets to them', async (t) => {
    const world = await withKeys(80, founded())
    const server = await serveEntries(t, world.bench.texts)
    let late = 0
    // Its chain keeps it waiting, and meanwhile two minutes go by.
    const slow = Promise.withResolvers<void>()
    const chain: ChainPort = {
      ...world.chain.chain,
      logs: async (from, to) => {
        if (from > 1) await slow.promise
        return world.chain.chain.logs(from, to)
      },
    }
    const member = startMember(t, world, server, { now: () => world.bench.now() + late, chain })
    while (server.streams() === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    world.chain.emit({ event: 'KeyRevoked', member: 1, key: MEMBERS[1]!.key })
    world.chain.mine(2)
    await observeAll(world)
    server.push(world.bench.texts.at(-1)!)
    committed(closeEpoch(world.bench))
    server.push(world.bench.texts.at(-1)!)
    await new Promise((resolve) => setTimeout(resolve, 200))
    late = 120_000
    slow.resolve()
    await member.until((note) => note.kind !== 'waiting')
    assert.deepEqual(member.said(), ['signed'])
  })

  test('reads old entries whatever their age, but none from the future', async (t) => {
    const { bench } = CLOSED
    const server = await serveEntries(t, bench.texts)
    const old = startMember(t, CLOSED, server, { now: () => bench.now() + 40 * 86_400_000 })
    await old.until(signed)
    const early = startMember(t, CLOSED, server, { now: () => bench.now() - 60_001 })
    await early.until(refused)
    assert.deepEqual(early.said(), ['refused entry-from-the-future'])
    const just = startMember(t, CLOSED, server, { now: () => bench.now() - 60_000 })
    await just.until(signed)
  })

  test('does not sign old epochs while it catches up, nor those that the chain holds', async (t) => {
    const world = forked(CLOSED)
    world.chain.emit({ event: 'EpochCommitted', epoch: 0, commitment: commitmentOf(world.bench) } as Observed['log'])
    world.chain.mine(2)
    await observeAll(world)
    for (let i = 0; world.bench.texts.length < 520; i++) {
      world.bench.send(NOOR, 'mission.create', `more-${i}`, { title: 'T', summary: 'S' })
    }
    committed(closeEpoch(world.bench))
    const server = await serveEntries(t, world.bench.texts)
    const released = Promise.withResolvers<void>()
    server.onPage = (from) => (from === 0 ? Promise.resolve() : released.promise)
    const member = startMember(t, world, server)
    await aWhile()
    assert.deepEqual(server.shares, [])
    released.resolve()
    await member.until(signed)
    await aWhile()
    assert.deepEqual(
      server.shares.map(({ epoch }) => epoch),
      [1],
    )
  })

  test('keeps bringing its share until it is taken, the very same one', async (t) => {
    const server = await serveEntries(t, CLOSED.bench.texts)
    const answers = [503, 409, 500, 202]
    server.onShare = () => answers.shift() ?? 202
    const member = startMember(t, CLOSED, server)
    await member.until(signed)
    await aWhile()
    assert.equal(server.shares.length, 4)
    assert.equal(new Set(server.shares.map(({ signature }) => signature)).size, 1)
    assert.deepEqual(member.said(), ['waiting share-not-taken', 'signed'])
    assert.equal(member.notes.filter(signed).length, 1)
  })

  test('brings it again after a minute when the chain still has no certificate, and no more once it has', async (t) => {
    const world = forked(CLOSED)
    const server = await serveEntries(t, world.bench.texts)
    let late = 0
    const member = startMember(t, world, server, { now: () => world.bench.now() + late })
    await member.until(signed)
    late = 60_000
    while (server.shares.length < 2) await new Promise((resolve) => setTimeout(resolve, 20))
    world.chain.emit({ event: 'EpochCommitted', epoch: 0, commitment: commitmentOf(world.bench) } as Observed['log'])
    world.chain.mine(2)
    await observeAll(world)
    server.push(world.bench.texts.at(-1)!)
    await aWhile()
    const brought = server.shares.length
    late = 300_000
    await aWhile()
    assert.equal(server.shares.length, brought)
  })

  test('with a key that was revoked, or that ran out, signs nothing and says so', async (t) => {
    const world = await withKeys(80, founded())
    world.chain.emit({ event: 'KeyRevoked', member: 0, key: MEMBERS[0]!.key })
    world.chain.mine(2)
    await observeAll(world)
    committed(closeEpoch(world.bench))
    const server = await serveEntries(t, world.bench.texts)
    const revoked = startMember(t, world, server, { index: 0 })
    await revoked.until(waitsFor('own-key-not-registered'))
    const expired = startMember(t, world, server, { index: 1, now: () => world.bench.now() + 80 * 86_400_000 })
    await expired.until(waitsFor('own-key-expired'))
    assert.deepEqual(server.shares, [])
  })

  test('goes on where it was when the stream breaks, and when the runtime comes back', async (t) => {
    const world = forked(BASE)
    const server = await serveEntries(t, world.bench.texts)
    const member = startMember(t, world, server)
    while (server.streams() === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    server.cut()
    scoped(world.bench, 'm-2')
    committed(closeEpoch(world.bench))
    for (const text of world.bench.texts.slice(server.texts.length)) server.push(text)
    await member.until(signed)
    assert.equal(server.shares[0]?.commitment, commitmentOf(world.bench))
    await server.close()
    await member.until(waitsFor('runtime-unreachable'))
    await member.stop()
  })
})

type ChainPort = World['chain']['chain']

describe('a member that starts again', { concurrency: 4 }, () => {
  /** One that has signed epoch 0 of a ledger, and was stopped. */
  async function signedOnce(t: TestContext): Promise<string> {
    const server = await serveEntries(t, CLOSED.bench.texts)
    const member = startMember(t, CLOSED, server)
    await member.until(signed)
    await member.stop()
    return member.checkpointFile
  }

  test('signs the same again, and no second commitment for that epoch', async (t) => {
    const checkpointFile = await signedOnce(t)
    const server = await serveEntries(t, CLOSED.bench.texts)
    await startMember(t, CLOSED, server, { checkpointFile }).until(signed)
    assert.equal(server.shares[0]?.commitment, commitmentOf(CLOSED.bench))
  })

  test('refuses a past that was rewritten since', async (t) => {
    const checkpointFile = await signedOnce(t)
    const world = forked(BASE)
    scoped(world.bench, 'another')
    committed(closeEpoch(world.bench))
    while (world.bench.texts.length <= CLOSED.bench.texts.length + 1) {
      world.bench.send(NOOR, 'mission.create', `m-${world.bench.texts.length}`, { title: 'T', summary: 'S' })
    }
    const server = await serveEntries(t, world.bench.texts)
    const member = startMember(t, world, server, { checkpointFile })
    await member.until(refused)
    assert.deepEqual(member.said(), ['refused ledger-past-changed'])
    await aWhile()
    assert.deepEqual(server.shares, [])
  })

  test('signs nothing of a ledger that ends before what it has seen', async (t) => {
    const world = forked(CLOSED)
    scoped(world.bench, 'm-2')
    committed(closeEpoch(world.bench))
    const whole = await serveEntries(t, world.bench.texts)
    const before = startMember(t, world, whole)
    await before.until((note) => note.kind === 'signed' && note.epoch === 1)
    await before.stop()
    // The same beginning, another epoch 1 with fewer entries: what a runtime would show that has lost some.
    const other = forked(CLOSED)
    committed(closeEpoch(other.bench))
    const server = await serveEntries(t, other.bench.texts)
    const member = startMember(t, other, server, { checkpointFile: before.checkpointFile })
    await member.until(waitsFor('ledger-shorter-than-seen'))
    await aWhile()
    assert.deepEqual(server.shares, [])
  })

  test('never signs another commitment than the one in its memory', async (t) => {
    const checkpointFile = await signedOnce(t)
    const memory = JSON.parse(readFileSync(checkpointFile, 'utf8')) as { signed: object[] }
    const signedOtherwise = [{ epoch: 0, commitment: `sha256:${'77'.repeat(32)}` }]
    writeFileSync(checkpointFile, JSON.stringify({ ...memory, signed: signedOtherwise }))
    const server = await serveEntries(t, CLOSED.bench.texts)
    const member = startMember(t, CLOSED, server, { checkpointFile })
    await member.until(refused)
    assert.deepEqual(member.said(), ['refused epoch-signed-otherwise'])
    await aWhile()
    assert.deepEqual(server.shares, [])
  })
})

test('fifteen members and a runtime that lies to them: not one signature', async (t) => {
  const texts = [...CLOSED.bench.texts]
  const last = texts.at(-1)!
  const lying = withLast(
    texts,
    last.replace(/"trust_delta_root":"sha256:./, (found) => `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`),
  )
  assert.notEqual(lying.at(-1), last)
  const server = await serveEntries(t, lying)
  const members = MEMBERS.map((_, index) => startMember(t, CLOSED, server, { index }))
  for (const member of members) await member.until(refused)
  assert.deepEqual(new Set(members.flatMap((member) => member.said())), new Set(['refused entry-differs']))
  await aWhile()
  assert.deepEqual(server.shares, [])
})

test('fifteen members and an honest runtime: fifteen shares of one commitment', async (t) => {
  const server = await serveEntries(t, CLOSED.bench.texts)
  const members = MEMBERS.map((_, index) => startMember(t, CLOSED, server, { index }))
  for (const member of members) await member.until(signed)
  assert.deepEqual(new Set(server.shares.map(({ member }) => member)).size, 15)
  assert.deepEqual(new Set(server.shares.map(({ commitment }) => commitment)), new Set([commitmentOf(CLOSED.bench)]))
})
