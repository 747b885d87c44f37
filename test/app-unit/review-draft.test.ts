/** A review as it is written: what is missing is said, and what is sealed is what was written. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decisionOf, emptyDraft, emptyReason, missingIn, scoreOf, type Draft } from '../../app/features/review/draft.ts'
import { commitmentOf, copyOf, readCopy } from '../../app/features/review/sealed.ts'
import { fromHex } from '../../protocol/wire/bytes.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import * as Shape from '../../protocol/wire/shape.ts'
import { decisionShape } from '../../protocol/law/review/command.ts'
import { sealOf } from '../../protocol/law/review/seal.ts'

const FILE = `sha256:${'1'.repeat(64)}`
const OTHER = `sha256:${'2'.repeat(64)}`
const PLACE = { mission: 'm-1', task: 't1', attempt: 1, reviewer: 'ada' }
const WRITTEN: Draft = {
  verdict: 'approve',
  scores: { correctness: '90', completeness: ' 85 ', policy_compliance: '100' },
  reasons: [{ id: 1, text: ' It adds up. ', references: { [FILE]: 'row 3' } }],
  dispute: false,
}

describe('a review that is being written', () => {
  it('says all that an empty one lacks', () => {
    assert.deepEqual(missingIn(emptyDraft(), [FILE]), ['verdict', 'scores', 'reason'])
  })

  it('lacks nothing when all is there', () => {
    assert.deepEqual(missingIn(WRITTEN, [FILE]), [])
  })

  it('takes scores from 0 to 100, whole and in digits only', () => {
    for (const [typed, score] of [
      ['0', 0],
      ['100', 100],
      ['101', undefined],
      ['-1', undefined],
      ['9.5', undefined],
      ['1e1', undefined],
      ['', undefined],
      ['٣', undefined],
    ] as const) {
      assert.equal(scoreOf(typed), score, typed)
    }
  })

  it('is no reason when nothing of it can be seen', () => {
    const reasons = [{ id: 1, text: '\u200b \u2060', references: { [FILE]: '' } }]
    assert.deepEqual(missingIn({ ...WRITTEN, reasons }, [FILE]), ['reason', 'reference'])
  })

  it('approves only with a reference into the evidence, and rejects without one', () => {
    const reasons = [{ id: 1, text: 'Yes.', references: { [OTHER]: '' } }]
    assert.deepEqual(missingIn({ ...WRITTEN, reasons }, [FILE]), ['reference'])
    assert.deepEqual(missingIn({ ...WRITTEN, reasons, verdict: 'reject' }, [FILE]), [])
  })

  it('refuses half a character and a text that is too long', () => {
    const half = [{ id: 1, text: '\ud800', references: { [FILE]: '' } }]
    assert.deepEqual(missingIn({ ...WRITTEN, reasons: half }, [FILE]), ['unreadable'])
    const long = [{ id: 1, text: 'x'.repeat(4_001), references: { [FILE]: '' } }]
    assert.deepEqual(missingIn({ ...WRITTEN, reasons: long }, [FILE]), ['long'])
  })

  it('gives each further reason a name of its own', () => {
    assert.equal(emptyReason([emptyReason([]), { ...emptyReason([]), id: 7 }]).id, 8)
  })

  it('becomes a decision of the law’s own shape, blank reasons left out', () => {
    const reasons = [...WRITTEN.reasons, { id: 2, text: '  ', references: {} }]
    const decision = decisionOf({ ...WRITTEN, reasons }, PLACE, [FILE])
    assert.deepEqual(decision, {
      ...PLACE,
      normative_dispute: false,
      reasons: [{ text: 'It adds up.', references: [{ artifact: FILE, locator: 'row 3' }] }],
      scores: { correctness: 90, completeness: 85, policy_compliance: 100 },
      verdict: 'approve',
    })
    assert.equal(Shape.parse(decisionShape, decision).ok, true)
  })

  it('becomes nothing while something is missing', () => {
    assert.equal(decisionOf(emptyDraft(), PLACE, [FILE]), undefined)
  })
})

describe('a sealed decision', () => {
  const decision = decisionOf(WRITTEN, PLACE, [FILE])
  assert.ok(decision !== undefined)
  const sealed = { decision, salt: 'ab'.repeat(32) }
  const commitment = commitmentOf(sealed)

  it('has the seal that the law computes from it', () => {
    const salt = fromHex(sealed.salt)
    assert.equal(commitment, salt.ok ? sealOf(decision, salt.value) : '')
  })

  it('can be taken along and loaded elsewhere', () => {
    assert.deepEqual(readCopy(copyOf(sealed), PLACE, commitment), sealed)
  })

  it('is not taken for another place, another seal, or when it is none', () => {
    const refuses = (text: string, place: typeof PLACE, of: string, code: string) =>
      assert.throws(
        () => readCopy(text, place, of),
        (error) => error instanceof Fault && error.code === code,
      )
    refuses(copyOf(sealed), { ...PLACE, task: 't2' }, commitment, 'seal-of-another')
    refuses(copyOf(sealed), { ...PLACE, reviewer: 'bea' }, commitment, 'seal-of-another')
    refuses(copyOf({ ...sealed, salt: 'cd'.repeat(32) }), PLACE, commitment, 'seal-of-another')
    refuses('not json', PLACE, commitment, 'seal-unreadable')
    refuses('{"decision":{},"salt":""}', PLACE, commitment, 'seal-unreadable')
  })
})
