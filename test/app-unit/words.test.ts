/** Everything that the app may have to say has words: nobody shall meet a bare code on the way to a signature. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { duration } from '../../app/format/time.ts'
import { groups, short } from '../../app/format/hash.ts'
import { t } from '../../app/text/text.ts'
import { OFFERED } from '../../app/signing/offered.ts'
import { refusalFor, sentenceFor, wordsFor } from '../../app/errors/words.ts'
import { parseRoute, addressOf } from '../../app/routing/route.ts'
import { finalGateAbi } from '../../generated/abis.ts'
import { allCommandTypes, commandType, FINAL_DECISION } from '../../protocol/law/commands.ts'
import { APPEAL_REASONS, VOTE_REASONS } from '../../protocol/law/constraints/codes.ts'
import { REPORTED } from '../../protocol/law/incident/kinds.ts'
import { CAUSES } from '../../protocol/law/trust/history.ts'
import { ACKNOWLEDGEMENTS } from '../../protocol/law/mission/approval-text.ts'
import { APPROVAL } from '../../protocol/wire/approval.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { STEP_IDS } from '../../verifier/report.ts'

/** Answered by the ledger before a command's own constraints are asked. */
const BEFORE_THE_LAW: ReadonlySet<string> = new Set(['nonce-is-new'])

describe('words', () => {
  it('of the three statements are those of the signed text, letter for letter', () => {
    assert.deepEqual(t.decide.acknowledgements, [...ACKNOWLEDGEMENTS])
  })

  it('exist for every condition of a final decision', () => {
    for (const { id } of FINAL_DECISION.constraints) assert.ok(Object.hasOwn(t.rules.constraints, id), id)
  })

  it('exist for every reason to withhold what a human can do here', () => {
    for (const type of OFFERED) {
      for (const { id } of commandType(type)?.constraints ?? [{ id: `no command ${type}` }]) {
        const known = [t.refusals, t.faults, t.rules.constraints].some((words) => Object.hasOwn(words, id))
        assert.ok(known, `${type}: ${id}`)
        assert.notEqual(refusalFor(id).title, t.acts.unknownRule, id)
      }
    }
  })

  it('are said once for each code, and of nothing that no command can be refused for', () => {
    const rules = new Set(allCommandTypes().flatMap(({ constraints }) => constraints.map(({ id }) => id)))
    for (const code of Object.keys(t.refusals)) {
      assert.equal(Object.hasOwn(t.faults, code), false, `${code} stands in both`)
      assert.ok(rules.has(code) || BEFORE_THE_LAW.has(code), `nothing is refused for ${code}`)
    }
  })

  it('exist for every state of reviews, panels, incidents and machines that a page shows', () => {
    for (const kind of REPORTED) assert.ok(Object.hasOwn(t.incidents.kinds, kind), kind)
    for (const code of VOTE_REASONS) assert.ok(Object.hasOwn(t.appeals.reasonCodes, code), code)
    for (const code of APPEAL_REASONS) assert.ok(Object.hasOwn(t.appeals.reasonCodes, code), code)
    for (const cause of CAUSES) assert.ok(Object.hasOwn(t.trust.causes, cause), cause)
  })

  it('exist for every field that is signed', () => {
    for (const field of Object.keys(APPROVAL.columns)) assert.ok(Object.hasOwn(t.record.fieldNames, field), field)
  })

  it('exist for every step of the verification', () => {
    for (const step of STEP_IDS) assert.ok(Object.hasOwn(t.verification.steps, step), step)
  })

  it('exist for every reason of the gate to refuse a decision', () => {
    const ofBatches = ['BatchGasTooLow', 'BatchLengthMismatch', 'InvalidShortString', 'StringTooLong']
    for (const item of finalGateAbi) {
      if (item.type !== 'error' || ofBatches.includes(item.name)) continue
      assert.ok(Object.hasOwn(t.faults, `gate-${item.name}`), item.name)
    }
  })

  it('of an unknown code are honest, and give the code', () => {
    const words = wordsFor(new Fault('never-heard-of'))
    assert.equal(words.code, 'never-heard-of')
    assert.ok(words.title.length > 0)
    assert.equal(sentenceFor('never-heard-of'), 'never-heard-of')
    assert.equal(sentenceFor('constructor'), 'constructor')
  })
})

describe('figures', () => {
  it('of time left are rounded down', () => {
    assert.equal(duration(0), '0 min 00 s')
    assert.equal(duration(-5), '0 min 00 s')
    assert.equal(duration(59_999), '0 min 59 s')
    assert.equal(duration(3_600_000), '1 h 0 min')
    assert.equal(duration(86_399_999), '23 h 59 min')
    assert.equal(duration(86_400_000), '1 day 0 h')
  })

  it('of hashes are whole, in groups of eight', () => {
    assert.deepEqual(groups(`0x${'0123abcd'.repeat(2)}`), { prefix: '0x', groups: ['0123abcd', '0123abcd'] })
    assert.deepEqual(groups('not a hash'), { prefix: '', groups: ['not a hash'] })
    assert.equal(short(`sha256:${'ab'.repeat(32)}`), 'sha256:ababab…ababab')
    assert.equal(short('0xabcd'), '0xabcd')
  })
})

describe('addresses', () => {
  it('lead where they came from', () => {
    for (const id of ['mission-high-risk', 'm:1', 'a/b', 'ü']) {
      assert.deepEqual(parseRoute(addressOf({ page: 'mission', id })), { page: 'mission', id })
    }
    for (const task of ['t1', 'a/b', 'ü']) {
      const review = { page: 'review', id: 'm:1', task } as const
      assert.deepEqual(parseRoute(addressOf(review)), review)
    }
    assert.deepEqual(parseRoute(addressOf({ page: 'me' })), { page: 'me' })
    for (const path of ['/me/more', '/missions/m/other/t', '/missions/m/review', '/missions/m/review/t/u', '//x']) {
      assert.deepEqual(parseRoute(`#${path}`), { page: 'unknown', path })
    }
    assert.deepEqual(parseRoute(''), { page: 'home' })
    assert.deepEqual(parseRoute('#/'), { page: 'home' })
    assert.deepEqual(parseRoute('#/elsewhere'), { page: 'unknown', path: '/elsewhere' })
    assert.deepEqual(parseRoute('#/missions/%'), { page: 'unknown', path: '/missions/%' })
  })
})
