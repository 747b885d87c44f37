/** What the chain was seen to hold (spec 2.2, 2.4; C-10): logs of our contracts on our chain, each once. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { worldOf } from '../../../protocol/law/world.ts'
import { millis } from '../../../protocol/wire/time.ts'
import { fork } from '../../support/law/fork.ts'
import { closeEpoch, observed } from '../../support/law/flow.ts'
import { operational, physical, responsibility, withholds } from '../../support/law/outcomes.ts'
import { NOOR, RUNTIME, WORKER } from '../../support/law/people.ts'
import { committed, CONTRACTS, founded, START, type Bench } from '../../support/law/world.ts'

const base = founded()
committed(closeEpoch(base))
committed(closeEpoch(base))

const SEE = ['chain.observed', 'chain'] as const
const ALIEN = `0x${'ee'.repeat(20)}`
const epochLog = (epoch: number) => ({
  event: 'EpochCommitted',
  epoch,
  commitment: base.state.epochs.closed[epoch]?.commitment ?? `sha256:${'00'.repeat(32)}`,
})
const keyLog = { event: 'KeyRegistered', member: 3, key: 'ab'.repeat(96), not_after: 1_780_000_000 }

describe('a log', () => {
  it('of an epoch’s commitment makes the epoch committed, as the ledger closed it', () => {
    const bench = fork(base)
    committed(bench.send(RUNTIME, ...SEE, observed(epochLog(0), 'commitment_log')))
    assert.deepEqual([...bench.state.chain.committed], [[0, epochLog(0).commitment]])
    assert.equal(bench.state.chain.committedBelow, 1)
  })

  it('of a later epoch may come first: what lies before it is still missing', () => {
    const bench = fork(base)
    committed(bench.send(RUNTIME, ...SEE, observed(epochLog(1), 'commitment_log')))
    assert.equal(bench.state.chain.committedBelow, 0)
    committed(bench.send(RUNTIME, ...SEE, observed(epochLog(0), 'commitment_log')))
    assert.equal(bench.state.chain.committedBelow, 2)
  })

  it('of another commitment than the ledger’s is withheld', () => {
    const foreign = { ...epochLog(0), commitment: `sha256:${'12'.repeat(32)}` }
    assert.deepEqual(withholds(fork(base), RUNTIME, ...SEE, observed(foreign, 'commitment_log')), [
      physical('commitment-is-the-ledgers', { epoch: 0, ledger: epochLog(0).commitment }),
    ])
  })

  it('of an epoch’s commitment under another epoch’s number is withheld', () => {
    const moved = { ...epochLog(0), epoch: 1 }
    assert.deepEqual(withholds(fork(base), RUNTIME, ...SEE, observed(moved, 'commitment_log')), [
      physical('commitment-is-the-ledgers', { epoch: 1, ledger: epochLog(1).commitment }),
    ])
  })

  for (const epoch of [2, Number.MAX_SAFE_INTEGER]) {
    it(`of epoch ${epoch}, which is not closed, is withheld`, () => {
      assert.deepEqual(withholds(fork(base), RUNTIME, ...SEE, observed(epochLog(epoch), 'commitment_log')), [
        physical('commitment-is-the-ledgers', { epoch, ledger: 'none' }),
      ])
    })
  }

  for (const [what, log, contract] of [
    ['an epoch', epochLog(0), 'commitment_log'],
    ['a committee key', keyLog, 'committee_registry'],
  ] as const) {
    it(`of ${what} from another contract is withheld`, () => {
      const expected = CONTRACTS[contract].address
      assert.deepEqual(withholds(fork(base), RUNTIME, ...SEE, observed(log, contract, { contract: ALIEN })), [
        physical('log-is-of-our-contract', { contract: ALIEN, expected }),
      ])
    })

    it(`of ${what} from another of our contracts is withheld: each speaks of its own`, () => {
      const body = observed(log, contract, { contract: CONTRACTS.final_gate.address })
      assert.deepEqual(withholds(fork(base), RUNTIME, ...SEE, body), [
        physical('log-is-of-our-contract', {
          contract: CONTRACTS.final_gate.address,
          expected: CONTRACTS[contract].address,
        }),
      ])
    })

    it(`of ${what} from another chain is withheld`, () => {
      assert.deepEqual(withholds(fork(base), RUNTIME, ...SEE, observed(log, contract, { chain_id: 1 })), [
        physical('log-is-of-our-contract', { chain_id: 1, expected: 31337 }),
      ])
    })
  }

  it('enters once: by chain, transaction and place', () => {
    const bench = fork(base)
    const body = observed(epochLog(0), 'commitment_log')
    committed(bench.send(RUNTIME, ...SEE, body))
    const again = { ...body, block_number: body.block_number + 1, block_hash: `0x${'b1'.repeat(32)}` }
    assert.deepEqual(withholds(bench, RUNTIME, ...SEE, again), [
      operational('log-is-new', { transaction: body.transaction }),
    ])
    committed(
      bench.send(RUNTIME, ...SEE, {
        ...observed(epochLog(1), 'commitment_log'),
        transaction: body.transaction,
        log_index: 1,
      }),
    )
  })

  it('is stated by the runtime and nobody else', () => {
    for (const [sender, kind] of [
      [NOOR, 'human'],
      [WORKER, 'machine'],
    ] as const) {
      assert.deepEqual(withholds(fork(base), sender, ...SEE, observed(epochLog(0), 'commitment_log')), [
        responsibility('signed-by-the-right-kind', { signer: kind, allowed: 'runtime' }),
      ])
    }
  })

  it('is written under the chain’s name: it moves the revision of no mission', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    assert.deepEqual(withholds(bench, RUNTIME, 'chain.observed', 'm-1', observed(epochLog(0), 'commitment_log')), [
      operational('subject-is-chain', { subject: 'm-1' }),
    ])
    committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'R' }, { expects: 1 }))
  })

  for (const [what, change] of [
    ['an unknown event', { event: 'EpochErased' }],
    ['constructor as an event', { event: 'constructor' }],
    ['a field more', { ...epochLog(0), by: 'me' }],
    ['a text for an epoch', { ...epochLog(0), epoch: '0' }],
  ] as const) {
    it(`with ${what} is no command`, () => {
      assert.throws(() => fork(base).send(RUNTIME, ...SEE, observed(change, 'commitment_log')), /field-/)
    })
  }
})

describe('a committee member’s key', () => {
  it('is the last one registered, until it is revoked', () => {
    const bench = fork(base)
    const second = { ...keyLog, key: 'cd'.repeat(96) }
    committed(bench.send(RUNTIME, ...SEE, observed(keyLog, 'committee_registry')))
    committed(bench.send(RUNTIME, ...SEE, observed(second, 'committee_registry')))
    const revoked = (key: string) => observed({ event: 'KeyRevoked', member: 3, key }, 'committee_registry')
    committed(bench.send(RUNTIME, ...SEE, revoked(keyLog.key)))
    assert.deepEqual(bench.state.chain.committeeKeys.get(3), {
      key: second.key,
      notAfter: 1_780_000_000,
      revoked: false,
    })
    committed(bench.send(RUNTIME, ...SEE, revoked(second.key)))
    assert.equal(bench.state.chain.committeeKeys.get(3)?.revoked, true)
  })
})

describe('an overdue epoch', () => {
  const overdue = (bench: Bench, ms: number) => worldOf(bench.state).overdueEpoch(millis(START + ms))
  const EPOCH = 300_000

  it('is the open one when nobody has closed it, one epoch’s length after its end', () => {
    const bench = founded()
    assert.equal(overdue(bench, 2 * EPOCH - 1), undefined)
    assert.equal(overdue(bench, 2 * EPOCH), undefined)
    assert.equal(overdue(bench, 2 * EPOCH + 1), 0)
  })

  it('is the oldest one that is not committed, one epoch’s length after it ended', () => {
    // The first two epochs of the base ended after one and two minutes.
    const bench = fork(base)
    assert.equal(overdue(bench, 60_000 + EPOCH), undefined)
    assert.equal(overdue(bench, 60_000 + EPOCH + 1), 0)
    committed(bench.send(RUNTIME, ...SEE, observed(epochLog(0), 'commitment_log')))
    assert.equal(overdue(bench, 120_000 + EPOCH), undefined)
    assert.equal(overdue(bench, 120_000 + EPOCH + 1), 1)
  })

  it('is not hidden by later ones that are committed', () => {
    const bench = fork(base)
    committed(bench.send(RUNTIME, ...SEE, observed(epochLog(1), 'commitment_log')))
    assert.equal(overdue(bench, 60_000 + EPOCH + 1), 0)
  })

  it('is none while all closed ones are committed and the open one is young', () => {
    const bench = fork(base)
    for (const epoch of [0, 1]) committed(bench.send(RUNTIME, ...SEE, observed(epochLog(epoch), 'commitment_log')))
    assert.equal(overdue(bench, EPOCH + EPOCH), undefined)
    assert.equal(overdue(bench, EPOCH + EPOCH + 1), 2)
  })
})
