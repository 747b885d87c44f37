import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import {
  buildApproval,
  deadlineFor,
  emptyDraft,
  isInTime,
  missingIn,
  NOTHING_WRITTEN,
  previewApproval,
  reasonBytes,
  REASON_MAX,
  type Draft,
} from '../../app/features/decision/draft.ts'
import { normalSignature } from '../../app/wallet/signature.ts'
import { gate, NOW, WALLET } from './missions.ts'

const sha256 = (text: string) => `0x${createHash('sha256').update(text).digest('hex')}`
const confirmed: Draft = { ...emptyDraft('approve', NOW), acknowledged: [true, true, true] }
const DAY = 86_400

describe('the struct that is signed', () => {
  it('holds digest, attempt, wallet, the three statements and the hash of the words shown', () => {
    const built = buildApproval(confirmed, gate, WALLET, NOW)
    assert.deepEqual(built, {
      ok: true,
      value: {
        missionDigest: `0x${'ab'.repeat(32)}`,
        attempt: 1,
        approver: WALLET,
        decision: 'approve',
        reasonHash: NOTHING_WRITTEN,
        iUnderstandIt: true,
        iCommitIt: true,
        iAcceptItsConsequences: true,
        textHash: sha256('I approve.\n'),
        attentionHash: NOTHING_WRITTEN,
        deadline: NOW / 1000 + DAY,
      },
    })
  })

  it('of a rejection holds the hash of the reason, without the blanks around it, and of the other words', () => {
    const built = buildApproval({ ...confirmed, verdict: 'reject', reason: ' Counted twice. \n' }, gate, WALLET, NOW)
    assert.ok(built.ok)
    assert.equal(built.value.reasonHash, sha256('Counted twice.'))
    assert.equal(built.value.textHash, sha256('I reject.\n'))
  })

  it('names the wallet in the one spelling of the records', () => {
    const built = buildApproval(confirmed, gate, WALLET.replaceAll('1', 'A').replace('0x', '0x'), NOW)
    assert.ok(built.ok)
    assert.equal(built.value.approver, `0x${'aa'.repeat(20)}`)
  })

  it('can be shown before anything is confirmed, with what is not confirmed as no', () => {
    const preview = previewApproval({ ...confirmed, acknowledged: [true, false, true] }, gate, WALLET)
    assert.ok(preview.ok)
    assert.equal(preview.value.iCommitIt, false)
  })

  it('does not change while it is read: its deadline counts from when it was begun', () => {
    const later = NOW + 3_600_000
    assert.deepEqual(buildApproval(confirmed, gate, WALLET, NOW), buildApproval(confirmed, gate, WALLET, later))
  })
})

describe('the deadline', () => {
  it('is a day away, never beyond the gate’s own limit', () => {
    assert.equal(deadlineFor(NOW, '2026-03-10T00:00:00.000Z'), NOW / 1000 + DAY)
    assert.equal(deadlineFor(NOW, '2026-03-02T00:00:00.000Z'), NOW / 1000 + DAY)
    assert.equal(deadlineFor(NOW, '2026-03-01T23:59:59.999Z'), NOW / 1000 + DAY - 1)
  })

  it('leaves time for the way to the chain', () => {
    const deadline = NOW / 1000
    assert.equal(isInTime(deadline, NOW - 30_001), true)
    assert.equal(isInTime(deadline, NOW - 30_000), false)
    assert.equal(isInTime(deadline, NOW), false)
  })
})

describe('what is missing', () => {
  it('is each of the three statements', () => {
    for (const place of [0, 1, 2]) {
      const draft = { ...confirmed, acknowledged: confirmed.acknowledged.with(place, false) }
      assert.deepEqual(missingIn(draft, gate, NOW), ['acknowledgements'])
    }
  })

  it('is a reason for a rejection, and blanks are none', () => {
    assert.deepEqual(missingIn({ ...confirmed, verdict: 'reject', reason: ' \n' }, gate, NOW), ['reason'])
    assert.deepEqual(missingIn({ ...confirmed, verdict: 'approve', reason: '' }, gate, NOW), [])
  })

  it('is time, once the gate’s limit is too near', () => {
    assert.deepEqual(missingIn(confirmed, { ...gate, decide_by: '2026-03-01T00:00:10.000Z' }, NOW), ['time'])
  })

  it('is a shorter reason, to the byte', () => {
    const of = (length: number) => ({ ...confirmed, reason: 'é'.repeat(length / 2) })
    assert.deepEqual(missingIn(of(REASON_MAX), gate, NOW), [])
    assert.deepEqual(missingIn(of(REASON_MAX + 2), gate, NOW), ['reason-too-long'])
  })

  it('is a reason without half characters, which wallets and records would read differently', () => {
    assert.deepEqual(missingIn({ ...confirmed, reason: 'a\ud800' }, gate, NOW), ['reason-ill-formed'])
    assert.deepEqual(buildApproval({ ...confirmed, reason: 'a\ud800' }, gate, WALLET, NOW), {
      ok: false,
      error: ['reason-ill-formed'],
    })
  })
})

describe('a reason', () => {
  it('is stored as the bytes that were hashed', () => {
    const bytes = reasonBytes(' Zwölf \n')
    assert.ok(bytes !== undefined)
    assert.equal(Buffer.from(bytes).toString(), 'Zwölf')
    assert.equal(reasonBytes('  '), undefined)
  })
})

describe('a wallet’s signature', () => {
  it('is brought to the one spelling that the law takes', () => {
    const rs = 'AB'.repeat(64)
    const lower = rs.toLowerCase()
    assert.equal(normalSignature(`0x${rs}00`), `0x${lower}1b`)
    assert.equal(normalSignature(`0x${rs}01`), `0x${lower}1c`)
    assert.equal(normalSignature(`0x${rs}1B`), `0x${lower}1b`)
    assert.equal(normalSignature(`0x${rs}1c`), `0x${lower}1c`)
  })

  it('of a contract account stays as it is', () => {
    assert.equal(normalSignature('0xABCD00'), '0xabcd00')
  })
})
