import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { millis } from '../../protocol/wire/time.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { ADA, NOOR, OPERATORS, RUNTIME, secretOf } from '../support/law/people.ts'
import { addressOf } from '../../protocol/wire/wallet.ts'
import { decided } from '../support/law/flow.ts'
import type { Seen } from '../../verifier/chain/logs.ts'
import { caught, holds, pendingOf } from './support/caught.ts'
import { closeEpoch, genuine, observe, publish, upToTheGate, verifyGenuine, type Genuine } from './support/genuine.ts'

type Log = Observed['log']

/** The chain of `of` with one log otherwise. */
function withLog(of: Genuine, event: Log['event'], change: (seen: Seen) => Seen | undefined): Genuine {
  const at = of.chain.seen.findLastIndex(({ observed }) => observed.log.event === event)
  const changed = change(of.chain.seen[at]!)
  of.chain.seen.splice(at, 1, ...(changed === undefined ? [] : [changed]))
  return of
}

function edited(seen: Seen, observed: object, log: object = {}): Seen {
  return { ...seen, observed: { ...seen.observed, ...observed, log: { ...seen.observed.log, ...log } } }
}

describe('what the ledger has observed', () => {
  it('is on chain', async () => {
    const of = withLog(genuine(), 'KeyRegistered', () => undefined)
    const fault = caught(await verifyGenuine(of), 'observations', 'observed-log-not-on-chain')
    assert.equal(typeof fault.seq, 'number')
  })

  it('is on chain to the letter', async () => {
    for (const [observed, log] of [
      [{ block_time: 1 }, {}],
      [{ block_hash: `0x${'11'.repeat(32)}` }, {}],
      [{ block_number: 2 }, {}],
      [{}, { not_after: 2_000_000_000 }],
    ] as const) {
      const of = withLog(genuine(), 'KeyRegistered', (seen) => edited(seen, observed, log))
      caught(await verifyGenuine(of), 'observations', 'observed-log-differs')
    }
  })

  it('waits for what it has not observed yet, and says so', async () => {
    const of = genuine()
    const log = {
      event: 'KeyRevoked',
      member: 14,
      key: (of.chain.seen[14]!.observed.log as { key: string }).key,
    } as const
    const { transaction } = of.chain.emit(log, 'committee_registry', of.bench.now())
    const verification = await verifyGenuine(of)
    holds(verification)
    assert.ok(pendingOf(verification, 'log-not-yet-observed').some((pending) => pending['transaction'] === transaction))
  })
})

describe('a final decision', () => {
  it('that the ledger records is on chain', async () => {
    const of = withLog(genuine(), 'Decided', () => undefined)
    caught(await verifyGenuine(of), 'gate', 'decision-not-on-chain')
  })

  it('that the ledger records is the one on chain', async () => {
    const of = withLog(genuine(), 'Decided', (seen) => edited(seen, { block_time: seen.observed.block_time + 1 }))
    caught(await verifyGenuine(of), 'gate', 'decision-differs')
  })

  /** A decision on chain that the ledger has not taken, signed and timed as told. */
  async function onChain(log: Log, at?: (of: Genuine) => number) {
    const of = upToTheGate()
    of.chain.emit(log, 'final_gate', millis(at?.(of) ?? of.bench.now()))
    return verifyGenuine(of)
  }

  const bench = upToTheGate().bench
  const byNoor = (more: { [field: string]: unknown } = {}): Log => decided(bench, 'm-2', NOOR, 'approve', more) as never

  it('is signed by its approver’s wallet', async () => {
    const byAnother = decided(bench, 'm-2', NOOR, 'approve', {}, OPERATORS[0]) as unknown as Log
    caught(await onChain(byAnother), 'gate', 'decision-signature-invalid')
    const garbled = { ...byNoor(), signature: `0x${'00'.repeat(65)}` } as Log
    caught(await onChain(garbled), 'gate', 'decision-signature-invalid')
  })

  it('is signed as it stands: another verdict, reason or text is another decision', async () => {
    for (const change of [
      { decision: 'reject' },
      { reason_hash: `0x${'07'.repeat(32)}` },
      { text_hash: `0x${'07'.repeat(32)}` },
      { attempt: 2 },
    ]) {
      caught(await onChain({ ...byNoor(), ...change } as Log), 'gate', 'decision-signature-invalid')
    }
  })

  it('is in time: its last second counts, the one after does not', async () => {
    const deadline = Math.floor(bench.now() / 1000) + 3600
    holds(await onChain(byNoor({ deadline }), () => deadline * 1000))
    caught(await onChain(byNoor({ deadline }), () => (deadline + 1) * 1000), 'gate', 'decision-after-deadline')
  })

  it('has its three acknowledgements', async () => {
    for (const field of ['iUnderstandIt', 'iCommitIt', 'iAcceptItsConsequences']) {
      caught(await onChain(byNoor({ [field]: false })), 'gate', 'decision-not-acknowledged')
    }
  })

  it('of a contract account rests on the chain’s word, and is counted', async () => {
    const verification = await onChain({ ...byNoor(), by_contract: true, signature: '0x1234' } as Log)
    const report = holds(verification)
    assert.equal(report.steps.find(({ id }) => id === 'gate')?.facts['vouched_by_contracts'], 1)
  })

  it('of an eligible human that the ledger leaves out is named', async () => {
    const verification = await onChain(byNoor())
    holds(verification)
    const [pending] = pendingOf(verification, 'decision-not-yet-observed')
    assert.deepEqual(
      { mission: pending?.['mission'], approver: pending?.['approver'], decision: pending?.['decision'] },
      { mission: 'm-2', approver: 'noor', decision: 'approve' },
    )
  })

  it('of a stranger, or about nothing of ours, is counted and no more', async () => {
    const secret = secretOf('a stranger’s wallet')
    const stranger = { ...NOOR, walletSecret: secret, wallet: addressOf(secret) }
    const log = decided(bench, 'm-2', stranger, 'approve') as unknown as Log
    const verification = await onChain(log)
    const report = holds(verification)
    assert.equal(pendingOf(verification, 'decision-not-yet-observed').length, 0)
    assert.equal(report.steps.find(({ id }) => id === 'gate')?.facts['of_others'], 1)
  })

  it('that was withheld is held against the chain like any other', async () => {
    const of = upToTheGate()
    const { bench: here, chain } = of
    const log = decided(here, 'm-2', OPERATORS[0], 'approve') as unknown as Log
    const observed = chain.emit(log, 'final_gate', here.now())
    const recorded = here.send(RUNTIME, 'chain.observed', 'chain', observed)
    assert.ok(recorded.kind === 'entry' && recorded.entry.outcome === 'withheld')
    holds(await verifyGenuine(of))
    caught(await verifyGenuine(withLog(of, 'Decided', () => undefined)), 'gate', 'decision-not-on-chain')
  })
})

describe('a mission that a human rejected', () => {
  it('verifies as well as one that was approved', async () => {
    const of = upToTheGate()
    const log = decided(of.bench, 'm-2', ADA, 'reject') as unknown as Log
    observe(of.bench, of.chain.emit(log, 'final_gate', of.bench.now()))
    closeEpoch(of)
    publish(of, 1)
    const { state, report } = await verifyGenuine(of)
    assert.equal(report.verdict, 'verified')
    assert.equal(state?.missions.get('m-2')?.status, 'Rejected')
  })
})
