/** When reviewers alone cannot close a question, and when humans must whatever they say (spec 3.5; readings R1, R2). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { escalation, needsAdjudication } from '../../../../protocol/law/review/escalation.ts'

const THRESHOLD = 600

describe('a question', () => {
  for (const [domainType, agreementPermille, disputed, escalates, adjudicated] of [
    ['objective', 1_000, false, undefined, false],
    ['objective', 0, false, undefined, false],
    ['objective', 1_000, true, 'dispute', true],
    ['mixed', 600, false, undefined, true],
    ['mixed', 599, false, 'agreement', true],
    ['normative', 1_000, false, undefined, true],
    ['normative', 1_000, true, 'dispute', true],
    ['unheard-of', 601, false, undefined, true],
  ] as const) {
    const way = escalates === undefined ? 'is not sent on' : `is sent on for ${escalates}`
    it(`of ${domainType}, agreed to ${agreementPermille} ‰${disputed ? ', disputed' : ''}, ${way}`, () => {
      const question = { domainType, agreementPermille, disputed }
      assert.equal(escalation(question, THRESHOLD), escalates)
      assert.equal(needsAdjudication(question, THRESHOLD), adjudicated)
    })
  }
})
