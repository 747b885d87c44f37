import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { millis } from '../../protocol/wire/time.ts'
import { shownState } from '../../protocol/law/mission/state.ts'
import { portableEngine } from '../../verifier/engine/engine.ts'
import { webCryptoEngine } from '../../verifier/engine/web-crypto.ts'
import type { Progress } from '../../verifier/verify.ts'
import { memoryArchive } from './support/archive.ts'
import { holds, pendingOf } from './support/caught.ts'
import {
  begun,
  closeEpoch,
  files,
  genuine,
  publish,
  upToTheGate,
  verifyFiles,
  verifyGenuine,
} from './support/genuine.ts'

const whole = genuine()

describe('a genuine deployment', () => {
  it('is verified, step by step', async () => {
    const report = holds(await verifyGenuine(whole))
    assert.deepEqual(
      report.steps.map(({ id, status }) => [id, status]),
      ['archive', 'chain', 'ledger', 'law', 'epochs', 'certificates', 'observations', 'gate', 'missions'].map((id) => [
        id,
        'holds',
      ]),
    )
    assert.deepEqual(report.epochs, { closed: 2, on_chain: 2 })
    assert.deepEqual(report.ledger.entries, whole.bench.texts.length)
  })

  it('is verified before a human has decided, and after', async () => {
    holds(await verifyGenuine(upToTheGate()))
    const { state } = await verifyGenuine(whole)
    const mission = state?.missions.get('m-2')
    assert.equal(mission === undefined ? 'none' : shownState(mission), 'Completed')
  })

  it('gives its reader the state of their own fold', async () => {
    const { state } = await verifyGenuine(whole)
    assert.equal(state?.books.head, whole.bench.state.books.head)
  })

  it('says which entries no commitment covers yet', async () => {
    const [tail] = pendingOf(await verifyGenuine(whole), 'entries-not-yet-committed')
    const last = whole.bench.state.epochs.closed.at(-1)!.lastSeq
    assert.deepEqual(tail, { from: last + 1, entries: whole.bench.texts.length - last - 1 })
  })

  it('is verified from its certificates.json where the logs carry no signature', async () => {
    const bare = begun()
    closeEpoch(bare)
    publish(bare, 0, { bare: true })
    holds(await verifyGenuine(bare))
  })

  it('is verified by every engine alike, whatever the size of the pieces it comes in', async () => {
    const engines = [portableEngine, await webCryptoEngine()]
    const all = files(whole)
    for (const engine of engines) holds(await verifyFiles(whole, all, { engine }))
    for (const chunk of [1, 7, 4096]) {
      holds(await verifyFiles(whole, all, { archive: memoryArchive(all, { chunk }) }))
    }
  })

  it('is the deployment that was asked for', async () => {
    const expected = whole.bench.state.founded!.deployment.id as never
    holds(await verifyGenuine(whole, { expected }))
  })

  it('reports its progress to the end of every step that takes time', async () => {
    const last = new Map<string, Progress>()
    await verifyGenuine(whole, { onProgress: (progress) => last.set(progress.step, progress) })
    for (const step of ['archive', 'ledger', 'certificates', 'missions']) {
      const progress = last.get(step)
      assert.equal(progress?.done, progress?.total, step)
      assert.ok((progress?.total ?? 0) > 0, step)
    }
  })
})

describe('what has still to arrive', () => {
  it('is pending while its time lasts, not a fault', async () => {
    const late = begun()
    closeEpoch(late)
    publish(late, 0)
    late.bench.wait(60_000)
    closeEpoch(late)
    const verification = await verifyGenuine(late, { now: () => millis(late.bench.now() + 300_000) })
    holds(verification)
    assert.equal(pendingOf(verification, 'epoch-not-yet-on-chain')[0]?.['epoch'], 1)
  })

  it('is an older copy, where the chain has gone on', async () => {
    const older = begun()
    closeEpoch(older)
    publish(older, 0)
    const copy = files(older)
    older.bench.wait(60_000)
    closeEpoch(older)
    publish(older, 1)
    const verification = await verifyFiles(older, copy)
    holds(verification)
    assert.deepEqual(pendingOf(verification, 'archive-ends-before-chain'), [{ archive: 1, chain: 2 }])
  })
})
