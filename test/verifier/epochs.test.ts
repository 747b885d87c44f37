import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { commitmentHash, type CommitmentRecord } from '../../protocol/wire/commitment.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import { millis } from '../../protocol/wire/time.ts'
import { memoryArchive } from './support/archive.ts'
import { caught, holds, pendingOf } from './support/caught.ts'
import { certify } from './support/committee.ts'
import {
  begun,
  closeEpoch,
  files,
  observe,
  publish,
  verifyFiles,
  verifyGenuine,
  type Genuine,
} from './support/genuine.ts'

/** One epoch closed; nothing on chain. */
function closed(): Genuine {
  const genuine = begun()
  closeEpoch(genuine)
  return genuine
}

function recordOf(genuine: Genuine, epoch: number): CommitmentRecord {
  return genuine.bench.state.epochs.closed[epoch]!.published.record as CommitmentRecord
}

describe('the commitments on chain', () => {
  it('are those of the ledger, field by field', async () => {
    const genuine = closed()
    const record = { ...recordOf(genuine, 0), review_decision_root: digest('another') }
    const commitment = commitmentHash(record)
    publish(genuine, 0, { record, commitment, certificate: certify(genuine.bench, 0, commitment) })
    const fault = caught(await verifyGenuine(genuine), 'epochs', 'commitment-differs')
    assert.equal(fault.epoch, 0)
    assert.equal(fault.evidence['field'], 'review_decision_root')
    assert.equal(fault.transaction, genuine.chain.seen.at(-1)!.observed.transaction)
  })

  it('come in order, without a gap', async () => {
    const genuine = closed()
    genuine.bench.wait(60_000)
    closeEpoch(genuine)
    publish(genuine, 1)
    const fault = caught(await verifyGenuine(genuine), 'chain', 'chain-epochs-out-of-order')
    assert.equal(fault.epoch, 1)
  })

  it('come once', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const again = genuine.chain.seen.at(-1)!
    genuine.chain.emit(again.observed.log, 'commitment_log', genuine.bench.now(), again.publication)
    caught(await verifyGenuine(genuine), 'chain', 'chain-epochs-out-of-order')
  })

  it('are the hashes of the records beside them', async () => {
    const genuine = closed()
    publish(genuine, 0, { record: { ...recordOf(genuine, 0), public_beacon_round: 1 } })
    caught(await verifyGenuine(genuine), 'chain', 'chain-record-differs')
  })

  it('are there at all', async () => {
    caught(await verifyGenuine(closed()), 'epochs', 'no-epoch-on-chain')
  })

  it('are not read from another chain', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const { Fault } = await import('../../protocol/wire/fault.ts')
    const chain = async (): Promise<never> => {
      throw new Fault('chain-foreign', { chain_id: 1, expected: 31337 })
    }
    const verification = await verifyGenuine(genuine, { chain })
    const fault = caught(verification, 'chain', 'chain-foreign')
    assert.deepEqual(fault.evidence, { chain_id: 1, expected: 31337 })
  })

  it('are asked for: without a chain nothing is verified', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const verification = await verifyGenuine(genuine, { chain: undefined })
    caught(verification, 'chain', 'chain-not-given')
    assert.equal(verification.report.steps.find(({ id }) => id === 'law')?.status, 'holds')
    assert.equal(verification.report.steps.find(({ id }) => id === 'epochs')?.status, 'skipped')
  })
})

describe('a chain that changes while it is read', () => {
  it('may go on', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const reader = genuine.chain.reader()
    let asked = 0
    const chain = async () => ({
      ...reader,
      heads: async () => {
        if (asked++ > 0) genuine.chain.mine(genuine.bench.now())
        return reader.heads()
      },
    })
    holds(await verifyGenuine(genuine, { chain }))
  })

  it('may not take back what was final', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const reader = genuine.chain.reader()
    const chain = async () => ({ ...reader, blockHash: async () => `0x${'00'.repeat(32)}` })
    caught(await verifyGenuine(genuine, { chain }), 'chain', 'chain-went-back')
  })

  it('may show the ledger’s last observation only at the second look', async () => {
    const genuine = closed()
    const before = genuine.chain.reader()
    const { latest } = await before.heads()
    observe(genuine.bench, publish(genuine, 0))
    let asked = 0
    const chain = async () => ({
      ...before,
      heads: async () => (asked++ === 0 ? { latest, safe: latest, finalized: latest } : before.heads()),
    })
    holds(await verifyGenuine(genuine, { chain }))
  })
})

describe('an epoch that is closed and not on chain', () => {
  function waiting(): Genuine {
    const genuine = closed()
    publish(genuine, 0)
    genuine.bench.wait(60_000)
    closeEpoch(genuine)
    return genuine
  }

  it('is a fault one millisecond after its time, and not before', async () => {
    const genuine = waiting()
    const due = genuine.bench.now() + 300_000
    for (const [now, late] of [
      [due - 1, false],
      [due, false],
      [due + 1, true],
    ] as const) {
      const verification = await verifyGenuine(genuine, { now: () => millis(now) })
      if (late) assert.equal(caught(verification, 'epochs', 'epoch-overdue').epoch, 1)
      else holds(verification)
    }
  })
})

describe('a live runtime', () => {
  it('must show every epoch that was final before', async () => {
    const genuine = closed()
    const copy = files(genuine)
    publish(genuine, 0)
    genuine.bench.wait(60_000)
    const older = files(genuine)
    closeEpoch(genuine)
    publish(genuine, 1)
    const archive = memoryArchive(older, { live: true })
    assert.equal(caught(await verifyFiles(genuine, older, { archive }), 'epochs', 'epoch-withheld').epoch, 1)
    assert.ok(copy.size > 0)
  })

  it('may show less than what became final while it was read', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const older = files(genuine)
    genuine.bench.wait(60_000)
    closeEpoch(genuine)
    const reader = genuine.chain.reader()
    let asked = 0
    const chain = async () => ({
      ...reader,
      heads: async () => {
        if (asked++ === 1) publish(genuine, 1)
        return reader.heads()
      },
    })
    const archive = memoryArchive(older, { live: true })
    const verification = await verifyFiles(genuine, older, { archive, chain })
    holds(verification)
    assert.equal(pendingOf(verification, 'archive-ends-before-chain').length, 1)
  })

  it('is asked again when it has moved on, and given up in the end', async () => {
    const genuine = closed()
    publish(genuine, 0)
    const all = files(genuine)
    const source = memoryArchive(all, { live: true })
    let forgotten = 1
    const archive = {
      ...source,
      open: async (path: string, sha256: string) => (forgotten-- > 0 ? undefined : source.open(path, sha256)),
    }
    holds(await verifyFiles(genuine, all, { archive }))
    const never = { ...source, open: async () => undefined }
    await assert.rejects(verifyFiles(genuine, all, { archive: never }), { code: 'archive-moving' })
  })
})
