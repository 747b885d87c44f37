import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OnChain } from '../../app/chain/final-gate.ts'
import type { Relayed } from '../../app/data/approvals.ts'
import type { DecisionView } from '../../app/data/missions.ts'
import { buildApproval, emptyDraft } from '../../app/features/decision/draft.ts'
import { parseKept, type Kept } from '../../app/features/decision/kept.ts'
import { progressOf, relayedFor, type Seen } from '../../app/features/decision/progress.ts'
import { gate, mission, NOW, WALLET } from './missions.ts'

const built = buildApproval({ ...emptyDraft('approve', NOW), acknowledged: [true, true, true] }, gate, WALLET, NOW)
assert.ok(built.ok)
const approval = built.value
const signature = `0x${'5a'.repeat(65)}` as const
const TX = `0x${'77'.repeat(32)}`

const kept: Kept = { approval, signature, reason: '' }
const relayed: Relayed = {
  mission: 'm-1',
  approval,
  signature,
  state: 'signed',
  transaction: null,
  block: null,
  note: null,
}
const log = { block: 10, blockHash: `0x${'b0'.repeat(32)}`, transaction: TX }
const nothing: OnChain = { decision: undefined, log: undefined, latest: 12, finalized: 9 }
const included: OnChain = { decision: 'approve', log, latest: 12, finalized: 9 }
const decided: DecisionView = {
  approver: 'noor',
  wallet: WALLET,
  decision: 'approve',
  mission_digest: gate.mission_digest,
  reason_hash: approval.reasonHash,
  text_hash: approval.textHash,
  deadline: approval.deadline,
  signature,
  chain_id: 31337,
  transaction: TX,
}

const seen = (more: Partial<Seen>): Seen => ({
  mission,
  onChain: nothing,
  relayed: undefined,
  kept: undefined,
  ...more,
})
const reached = (more: Partial<Seen>) => progressOf(seen(more)).reached

describe('how far a decision has come', () => {
  it('is nowhere before anything is signed', () => {
    assert.equal(reached({}), 'none')
    assert.equal(reached({ onChain: undefined }), 'none')
  })

  it('is signed when this browser or the relay has the signature', () => {
    assert.equal(progressOf(seen({ kept })).held, 'browser')
    assert.equal(progressOf(seen({ kept: { ...kept, transaction: TX } })).held, 'wallet')
    assert.equal(progressOf(seen({ kept, relayed })).held, 'relay')
    for (const state of ['signed', 'submitted', 'included', 'safe', 'final']) {
      assert.equal(reached({ relayed: { ...relayed, state } }), 'signed', `the relay says ${state}`)
    }
  })

  it('is included only when the chain says so, whoever carried it', () => {
    assert.equal(reached({ onChain: included }), 'included')
    assert.equal(progressOf(seen({ onChain: included })).transaction, TX)
  })

  it('is final from the block that is finalized on', () => {
    assert.equal(reached({ onChain: { ...included, finalized: 9 } }), 'included')
    assert.equal(reached({ onChain: { ...included, finalized: 10 } }), 'final')
    assert.equal(reached({ onChain: { ...included, finalized: 11 } }), 'final')
  })

  it('goes back to signed when a reorganization takes its block away', () => {
    assert.equal(reached({ relayed, onChain: included }), 'included')
    assert.equal(reached({ relayed, onChain: nothing }), 'signed')
  })

  it('is recorded when the ledger has it', () => {
    const after = progressOf(seen({ mission: { state: 'Completed', decision: decided }, onChain: included }))
    assert.deepEqual([after.reached, after.verdict, after.transaction, after.block], ['recorded', 'approve', TX, 10])
  })

  it('says why the relay waits', () => {
    const waits = progressOf(seen({ relayed: { ...relayed, note: 'fee-above-ceiling' } }))
    assert.deepEqual([waits.reached, waits.waitsFor], ['signed', 'fee-above-ceiling'])
  })

  it('is nowhere again when the gate refused the signature for good, and says why', () => {
    const refused = { ...relayed, state: 'refused', note: 'DeadlinePassed' }
    for (const more of [{ relayed: refused }, { relayed: refused, kept }]) {
      const after = progressOf(seen(more))
      assert.deepEqual([after.reached, after.refused], ['none', 'DeadlinePassed'])
    }
  })

  it('goes by a new signature once there is one', () => {
    const refused = { ...relayed, state: 'refused', note: 'DeadlinePassed' }
    const anew = { ...kept, signature: `0x${'6b'.repeat(65)}` as const }
    const after = progressOf(seen({ relayed: refused, kept: anew }))
    assert.deepEqual([after.reached, after.held, after.refused], ['signed', 'browser', undefined])
  })
})

describe('among what the relay holds', () => {
  it('a decision is found by mission digest, attempt and wallet, and by nothing less', () => {
    assert.equal(relayedFor([relayed], approval), relayed)
    assert.equal(relayedFor([relayed], { ...approval, attempt: 2 }), undefined)
    assert.equal(relayedFor([relayed], { ...approval, approver: `0x${'22'.repeat(20)}` }), undefined)
    assert.equal(relayedFor([relayed], { ...approval, missionDigest: TX }), undefined)
  })
})

describe('what this browser keeps', () => {
  it('is read back as it was kept', () => {
    const full = { ...kept, reason: 'Because.', transaction: TX }
    assert.deepEqual(parseKept(JSON.stringify(full), approval), full)
  })

  it('is nothing when it is about something else, or is no approval', () => {
    assert.equal(parseKept(null, approval), undefined)
    assert.equal(parseKept(JSON.stringify(kept), { ...approval, attempt: 2 }), undefined)
    assert.equal(parseKept(JSON.stringify({ ...kept, approval: { ...approval, attempt: '1' } }), approval), undefined)
    assert.equal(parseKept(JSON.stringify({ ...kept, signature: 'zz' }), approval), undefined)
  })
})
