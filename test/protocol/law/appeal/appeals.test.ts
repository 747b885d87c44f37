/** Appeals: who may, when, against what; the other side; five who had no hand in it (spec 3.6; C-12). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { closeEpoch } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  answered,
  appealOf,
  complaint,
  CROWD,
  FACT,
  filed,
  heard,
  OVERTURN,
  UPHOLD,
} from '../../../support/law/appeals.ts'
import { panelOf, seatNow, sitting } from '../../../support/law/panels.ts'
import { operational, physical, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { NOOR, OPERATORS, WORKER } from '../../../support/law/people.ts'
import { committed } from '../../../support/law/world.ts'
import { bea, cem, EVERYBODY, done, COMPLETED, appealed, types, before } from '../../../support/law/contested.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

describe('an appeal', () => {
  it('is open to whoever took part, and to who operates a machine that did', () => {
    for (const who of [NOOR, ...OPERATORS.slice(0, 3)]) committed(filed(fork(done), who, 'a-1', COMPLETED))
  })

  it('is not open to a stranger to the matter, nor to a machine', () => {
    assert.deepEqual(withholds(done, CROWD[0]!, 'appeal.file', 'a-1', complaint(COMPLETED), { grounds: [FACT] }), [
      responsibility('signer-is-affected', { signer: CROWD[0]!.id }),
    ])
    const machine = withholds(done, WORKER, 'appeal.file', 'a-1', complaint(COMPLETED), { grounds: [FACT] })
    assert.deepEqual(
      machine.map((one) => one.constraint),
      ['signed-by-the-right-kind', 'signer-is-affected'],
    )
  })

  it('rests on recorded facts or files: the decision itself and free text alone are none', () => {
    const bare = responsibility('grounds-are-stated')
    assert.deepEqual(withholds(done, cem, 'appeal.file', 'a-1', complaint(COMPLETED)), [bare])
    assert.deepEqual(withholds(done, cem, 'appeal.file', 'a-1', complaint(COMPLETED), { grounds: [COMPLETED] }), [bare])
    const evidence = [`sha256:${'ab'.repeat(32)}`]
    committed(fork(done).send(cem, 'appeal.file', 'a-1', complaint(COMPLETED, { evidence })))
  })

  it('names its reason from the closed list and says it in visible words', () => {
    for (const body of [
      complaint(COMPLETED, { reason_code: 'because' }),
      complaint(COMPLETED, { reason_code: 'constructor' }),
      complaint(COMPLETED, { statement: '\u200b\u2060' }),
      { decision: COMPLETED, reason_code: 'facts-wrong' },
    ]) {
      assert.throws(() => done.send(cem, 'appeal.file', 'a-1', body, { grounds: [FACT] }), /field-/)
    }
  })

  it('is against a decision: no other event is one', () => {
    for (const other of ['000000000000-001', '000000000001-000', '999999999999-999']) {
      assert.deepEqual(withholds(done, cem, 'appeal.file', 'a-1', complaint(other), { grounds: [FACT] }), [
        operational('decision-can-be-appealed', { decision: other }),
      ])
    }
  })

  it('comes within fourteen days, the last millisecond included', () => {
    const bench = fork(done)
    const { at } = bench.state.appeals.decisions.get(COMPLETED)!
    bench.wait(at + 14 * DAY - bench.now())
    const last = fork(bench)
    committed(filed(last, cem, 'a-1', COMPLETED))
    bench.wait(1)
    assert.deepEqual(withholds(bench, cem, 'appeal.file', 'a-1', complaint(COMPLETED), { grounds: [FACT] }), [
      physical('within-the-appeal-window', { late_ms: 1 }),
    ])
  })

  it('is one a decision, under a name of its own', () => {
    assert.deepEqual(withholds(appealed, bea, 'appeal.file', 'a-2', complaint(COMPLETED), { grounds: [FACT] }), [
      operational('decision-is-not-yet-appealed', { appeal: 'a-1' }),
    ])
    const [first] = withholds(done, cem, 'appeal.file', 'm-1', complaint(COMPLETED), { grounds: [FACT] })
    assert.deepEqual(first, operational('appeal-is-new', { subject: 'm-1', kind: 'mission' }))
  })

  it('leaves in force what was decided, and the matter unstable', () => {
    assert.equal(appealed.state.missions.get('m-1')?.status, 'Completed')
    assert.deepEqual([...appealed.state.appeals.openOn.get('m-1')!], ['a-1'])
  })
})

describe('the other side', () => {
  it('is everybody else who took part, told by name and until when', () => {
    const appeal = appealOf(appealed, 'a-1')
    assert.equal(appeal.respondents.includes('cem'), false)
    for (const id of ['noor', 'bea', 'dao']) assert.equal(appeal.respondents.includes(id), true, id)
    assert.equal(appeal.respondBy - appeal.filedAt, 72 * HOUR)
  })

  it('answers once, within 72 hours, and nobody else does', () => {
    const bench = fork(appealed)
    const body = { statement: 'It is as the evidence says.' }
    committed(bench.send(bea, 'appeal.respond', 'a-1', body))
    assert.deepEqual(withholds(bench, bea, 'appeal.respond', 'a-1', body), [
      operational('respondent-has-not-answered', { signer: 'bea' }),
    ])
    for (const who of [cem, CROWD[0]!]) {
      assert.deepEqual(withholds(bench, who, 'appeal.respond', 'a-1', body), [
        responsibility('signer-is-the-other-side', { signer: who.id }),
      ])
    }
    bench.wait(appealOf(bench, 'a-1').respondBy - bench.now())
    const last = fork(bench)
    committed(last.send(NOOR, 'appeal.respond', 'a-1', body))
    bench.wait(1)
    assert.deepEqual(withholds(bench, NOOR, 'appeal.respond', 'a-1', body), [
      physical('within-the-time-to-respond', { late_ms: 1 }),
    ])
  })

  it('answers an appeal that there is, and only while it waits for answers', () => {
    const body = { statement: 'It is as the evidence says.' }
    assert.deepEqual(withholds(appealed, bea, 'appeal.respond', 'a-9', body), [
      operational('appeal-exists', { appeal: 'a-9' }),
    ])
    const late = withholds(before, bea, 'appeal.respond', 'a-1', body)
    assert.deepEqual(
      late.find(({ constraint }) => constraint === 'appeal-waits-for-answers'),
      operational('appeal-waits-for-answers', { status: 'heard' }),
    )
  })

  it('may be silent: after its time the next epoch opens the panel, and not before', () => {
    const bench = fork(appealed)
    assert.equal(types(committed(closeEpoch(bench))).includes('governance.appeal_heard'), false)
    bench.wait(72 * HOUR)
    const events = types(committed(closeEpoch(bench)))
    assert.deepEqual(
      events.filter((type) => /appeal|panel/.test(type)),
      ['governance.appeal_heard', 'review.panel_opened'],
    )
  })

  it('that has answered whole opens it at once', () => {
    const bench = fork(appealed)
    assert.deepEqual(types(committed(answered(bench, 'a-1', EVERYBODY))), [
      'governance.appeal_answered',
      'governance.appeal_heard',
      'review.panel_opened',
    ])
  })
})

describe('the panel of an appeal', () => {
  it('is five humans of two regions and two houses who had no hand in the matter', () => {
    const bench = fork(before)
    committed(seatNow(bench))
    const panel = panelOf(bench, appealOf(bench, 'a-1').panel!)
    assert.equal(panel.members.length, 5)
    assert.ok(new Set(panel.members.map((member) => member.region)).size >= 2)
    assert.ok(new Set(panel.members.map((member) => member.organization)).size >= 2)
    const involved = ['cem', ...appealOf(bench, 'a-1').respondents]
    for (const { id } of panel.members) assert.equal(involved.includes(id), false, id)
  })

  it('votes with a reason code and a written attestation each, in the words of an appeal', () => {
    const bench = fork(before)
    committed(seatNow(bench))
    const id = appealOf(bench, 'a-1').panel!
    const [member] = sitting(bench, id, EVERYBODY)
    const { reason_code, attestation, ...bare } = OVERTURN
    const fit = (params: { [name: string]: string }) => [operational('vote-fits-the-panel', params)]
    assert.deepEqual(
      withholds(bench, member!, 'panel.vote', id, { ...bare, attestation }),
      fit({ reason_code: 'missing' }),
    )
    assert.deepEqual(
      withholds(bench, member!, 'panel.vote', id, { ...bare, reason_code }),
      fit({ attestation: 'missing' }),
    )
    const wrong = withholds(bench, member!, 'panel.vote', id, { ...OVERTURN, vote: 'approve' })
    assert.deepEqual(wrong, fit({ vote: 'approve', purpose: 'appeal' }))
    assert.throws(() => bench.send(member!, 'panel.vote', id, { ...OVERTURN, attestation: '\u200b' }), /field-blank/)
  })

  it('that upholds changes nothing, and closes the matter', () => {
    const bench = fork(before)
    const events = types(committed(heard(bench, 'a-1', UPHOLD, EVERYBODY)))
    assert.deepEqual(events, ['review.panel_voted', 'review.panel_concluded', 'governance.appeal_decided'])
    assert.deepEqual(bench.state.missions.get('m-1')?.reversals, [])
    assert.equal(bench.state.appeals.openOn.has('m-1'), false)
  })

  it('needs three of five: two who differ from two decide nothing', () => {
    const bench = fork(before)
    committed(seatNow(bench))
    const id = appealOf(bench, 'a-1').panel!
    const members = sitting(bench, id, EVERYBODY)
    for (const [i, vote] of [UPHOLD, OVERTURN, UPHOLD, OVERTURN].entries()) {
      assert.deepEqual(types(committed(bench.send(members[i]!, 'panel.vote', id, vote))), ['review.panel_voted'])
    }
    const last = committed(bench.send(members[4]!, 'panel.vote', id, OVERTURN))
    const found = last.find((event) => event.event_type === 'governance.appeal_decided')?.data
    assert.deepEqual([found?.outcome, (found?.['dissent'] as unknown[] | undefined)?.length], ['overturned', 2])
  })
})
