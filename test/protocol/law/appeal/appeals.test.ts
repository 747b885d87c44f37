/** Appeals: who may, when, against what; the other side; five who had no hand in it; what follows (spec 3.6; C-12). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { taskOf } from '../../../../protocol/law/mission/state.ts'
import { digestOfWhole } from '../../../support/law/digest-of-state.ts'
import {
  atTheGate,
  closeEpoch,
  decided,
  decision,
  evidence,
  observed,
  publishAll,
  reviewed,
  seatedFor,
  underReview,
} from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  answered,
  appealOf,
  complaint,
  CROWD,
  eventOf,
  FACT,
  filed,
  heard,
  integratedBy,
  OVERTURN,
  UPHOLD,
} from '../../../support/law/appeals.ts'
import { APPROVES, panelOf, REJECTS, seatedPanel, seatNow, sitting, withCitizens } from '../../../support/law/panels.ts'
import { operational, ownership, physical, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, NOOR, OPERATORS, RUNTIME, WORKER, type Person } from '../../../support/law/people.ts'
import { replayAll } from '../../../support/law/replayed.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const [bea, cem] = OPERATORS
const EVERYBODY: readonly Person[] = [ADA, NOOR, ...OPERATORS, ...CROWD]

const base = withCitizens(founded(), CROWD)

/** A mission of R0 that its mandate completed, and the id of that decision. */
const done = fork(base)
underReview(done, 'm-1')
reviewed(done, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
const COMPLETED = eventOf(integratedBy(done, 'm-1'), 'mission.completed')

const appealed = fork(done)
committed(filed(appealed, cem, 'a-1', COMPLETED))

const types = (events: readonly { event_type: string }[]) =>
  events.map((event) => event.event_type).filter((type) => !/^trust\.|incident_opened/.test(type))

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

const before = fork(appealed)
answered(before, 'a-1', EVERYBODY)

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
    assert.equal(bench.state.missions.get('m-1')?.reversed, undefined)
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

describe('overturning', () => {
  it('a completion reverses it by an event; the mission keeps its history and can have a successor', () => {
    const bench = fork(before)
    const events = types(committed(heard(bench, 'a-1', OVERTURN, EVERYBODY)))
    assert.deepEqual(events.slice(-2), ['governance.appeal_decided', 'mission.reversed'])
    const mission = bench.state.missions.get('m-1')
    assert.deepEqual([mission?.status, mission?.reversed], ['Completed', 'appeal'])
    const successor = { title: 'Once more', summary: 'Rightly.', successor_of: 'm-1' }
    assert.deepEqual(withholds(bench, ADA, 'mission.create', 'm-9', successor), [
      operational('successor-of-a-reversed-mission', { owner: 'noor' }),
    ])
    committed(bench.send(NOOR, 'mission.create', 'm-9', successor))
    assert.equal(bench.state.missions.get('m-9')?.successorOf, 'm-1')
  })

  it('a rejection puts the same result before another human', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-2')
    publishAll(bench)
    const log = observed(decided(bench, 'm-2', NOOR, 'reject'), 'final_gate')
    committed(
      filed(bench, cem, 'a-2', eventOf(bench.send(RUNTIME, 'chain.observed', 'chain', log), 'mission.rejected')),
    )
    answered(bench, 'a-2', EVERYBODY)
    assert.deepEqual(types(committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))).slice(-1), ['mission.gate_reopened'])
    publishAll(bench)
    const approval = observed(decided(bench, 'm-2', CROWD[0]!), 'final_gate')
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', approval))
    assert.equal(bench.state.missions.get('m-2')?.status, 'Completed')
  })

  it('a review sends the same evidence to other reviewers', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-2')
    const said = decision(seat!.id, 'm-2', 'reject')
    reviewed(bench, 'm-2', () => said)
    const id = [...bench.state.appeals.decisions.values()].find(({ mission }) => mission === 'm-2')
    committed(filed(bench, cem, 'a-2', id!.id))
    answered(bench, 'a-2', EVERYBODY)
    const events = types(committed(heard(bench, 'a-2', OVERTURN, EVERYBODY)))
    assert.deepEqual(events.slice(-2), ['mission.rework_reversed', 'review.draw_opened'])
    const review = bench.state.reviews.byTask.get(reviewKey('m-2', 't-1'))
    assert.equal(review?.frozen.excluded.actors.includes(seat!.id), true)
    committed(drawNow(bench))
    reviewed(bench, 'm-2', (other) => decision(other.id, 'm-2', 'approve'))
    assert.equal(taskOf(bench.state.missions.get('m-2'), 't-1')?.status, 'Integrated')
  })

  it('a review keeps its reviewers out of a draw that is opened anew after a blocked one as well', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-2')
    reviewed(bench, 'm-2', () => decision(seat!.id, 'm-2', 'reject'))
    const id = [...bench.state.appeals.decisions.values()].find(({ mission }) => mission === 'm-2')
    committed(filed(bench, cem, 'a-2', id!.id))
    answered(bench, 'a-2', EVERYBODY)
    committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    committed(drawNow(bench))
    const review = () => bench.state.reviews.byTask.get(reviewKey('m-2', 't-1'))!
    while (review().status === 'sealing') {
      const [next] = seatedFor(bench, 'm-2')
      committed(bench.send(next!, 'review.recuse', 'm-2', { task: 't-1', reason: 'I know too little of it.' }))
    }
    assert.equal(review().status, 'blocked')
    committed(bench.send(NOOR, 'review.reopen', 'm-2', { task: 't-1' }))
    assert.equal(review().frozen.excluded.actors.includes(seat!.id), true)
  })

  it('a review after which the work went on is a finding and no more', () => {
    const bench = fork(base)
    underReview(bench, 'm-2')
    reviewed(bench, 'm-2', (seat) => decision(seat.id, 'm-2', 'reject'))
    const id = [...bench.state.appeals.decisions.values()].find(({ mission }) => mission === 'm-2')
    committed(filed(bench, cem, 'a-2', id!.id))
    committed(bench.send(WORKER, 'mission.correct', 'm-2', { task: 't-1' }))
    committed(bench.send(WORKER, 'mission.submit', 'm-2', { task: 't-1', evidence: evidence(bench, 'm-2', 2) }))
    committed(drawNow(bench))
    answered(bench, 'a-2', EVERYBODY)
    const events = types(committed(heard(bench, 'a-2', OVERTURN, EVERYBODY)))
    assert.deepEqual(events.slice(-1), ['governance.appeal_decided'])
  })

  it('an adjudication gives the other of its two answers', () => {
    const bench = fork(base)
    const panel = seatedPanel(bench, 'm-2')
    const [a, b] = sitting(bench, panel, EVERYBODY)
    committed(bench.send(a!, 'panel.vote', panel, REJECTS))
    const concluded = eventOf(bench.send(b!, 'panel.vote', panel, REJECTS), 'review.panel_concluded')
    committed(filed(bench, cem, 'a-2', concluded))
    answered(bench, 'a-2', EVERYBODY)
    committed(seatNow(bench))
    const judges = sitting(bench, appealOf(bench, 'a-2').panel!, EVERYBODY).map(({ id }) => id)
    for (const member of [a!, b!])
      assert.equal(judges.includes(member.id), false, 'who decided does not hear the appeal')
    for (const member of sitting(bench, appealOf(bench, 'a-2').panel!, EVERYBODY).slice(0, 3)) {
      committed(bench.send(member, 'panel.vote', appealOf(bench, 'a-2').panel!, OVERTURN))
    }
    assert.equal(taskOf(bench.state.missions.get('m-2'), 't-1')?.status, 'Integrated')
    committed(integratedBy(bench, 'm-2'))
    assert.equal(bench.state.missions.get('m-2')?.status, 'Completed')
  })

  it('an approving adjudication before the gate is decided takes the mission back from it', () => {
    const bench = fork(base)
    const panel = seatedPanel(bench, 'm-2', 'regulated_analysis')
    const [a, b] = sitting(bench, panel, EVERYBODY)
    committed(bench.send(a!, 'panel.vote', panel, APPROVES))
    const concluded = eventOf(bench.send(b!, 'panel.vote', panel, APPROVES), 'review.panel_concluded')
    committed(integratedBy(bench, 'm-2'))
    committed(filed(bench, cem, 'a-2', concluded))
    publishAll(bench)
    const log = observed(decided(bench, 'm-2', CROWD[0]!), 'final_gate')
    const withheld = withholds(bench, RUNTIME, 'chain.observed', 'chain', log)
    assert.deepEqual(withheld, [operational('subject-is-stable', { open: 'appeal', id: 'a-2' })])
    answered(bench, 'a-2', EVERYBODY)
    committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    const mission = bench.state.missions.get('m-2')
    assert.deepEqual([mission?.status, taskOf(mission, 't-1')?.status], ['Working', 'Rework'])
  })
})

describe('one further appeal', () => {
  const first = fork(before)
  const DECIDED = eventOf(heard(first, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')
  const panel = panelOf(first, appealOf(first, 'a-1').panel!).members.map(({ id }) => id)

  it('goes to an entirely new panel, and what it finds is the end', () => {
    const bench = fork(first)
    committed(filed(bench, NOOR, 'a-2', DECIDED))
    answered(bench, 'a-2', EVERYBODY)
    const last = heard(bench, 'a-2', OVERTURN, EVERYBODY)
    for (const { id } of panelOf(bench, appealOf(bench, 'a-2').panel!).members)
      assert.equal(panel.includes(id), false, id)
    const found = committed(last).find((event) => event.event_type === 'governance.appeal_decided')!
    assert.deepEqual([found.data.original_type, found.data.stands, found.data.level], ['mission.completed', true, 2])
    assert.equal(types(committed(last)).includes('mission.restored'), true)
    assert.equal(bench.state.missions.get('m-1')?.reversed, undefined)
    for (const contested of [found.event_id, DECIDED, COMPLETED]) {
      const [why] = withholds(bench, cem, 'appeal.file', 'a-3', complaint(contested), { grounds: [FACT] })
      assert.equal(
        ['decision-can-be-appealed', 'decision-is-not-yet-appealed'].includes(why?.constraint ?? ''),
        true,
        JSON.stringify(why),
      )
    }
  })

  it('that upholds leaves what the first one found', () => {
    const bench = fork(first)
    committed(filed(bench, NOOR, 'a-2', DECIDED))
    answered(bench, 'a-2', EVERYBODY)
    const found = committed(heard(bench, 'a-2', UPHOLD, EVERYBODY)).find(
      (event) => event.event_type === 'governance.appeal_decided',
    )!
    assert.deepEqual([found.data.outcome, found.data.stands], ['upheld', false])
    assert.equal(bench.state.missions.get('m-1')?.reversed, 'appeal')
  })
})

describe('what a further appeal turns round again', () => {
  /** A first appeal against an adjudication is overturned, then a further one against that. */
  const twice = (vote: typeof APPROVES) => {
    const bench = fork(base)
    const panel = seatedPanel(bench, 'm-2')
    const [a, b] = sitting(bench, panel, EVERYBODY)
    committed(bench.send(a!, 'panel.vote', panel, vote))
    committed(filed(bench, cem, 'a-1', eventOf(bench.send(b!, 'panel.vote', panel, vote), 'review.panel_concluded')))
    answered(bench, 'a-1', EVERYBODY)
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')
    committed(filed(bench, NOOR, 'a-2', first))
    answered(bench, 'a-2', EVERYBODY)
    return bench
  }
  const stateOf = (bench: Bench) => taskOf(bench.state.missions.get('m-2'), 't-1')?.status

  it('is an adjudication: a rejection that stands again sends the task back to rework', () => {
    const bench = twice(REJECTS)
    assert.equal(stateOf(bench), 'Integrated')
    committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    assert.equal(stateOf(bench), 'Rework')
  })

  it('is an adjudication: an approval that stands again integrates the task', () => {
    const bench = twice(APPROVES)
    assert.equal(stateOf(bench), 'Rework')
    committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    assert.equal(stateOf(bench), 'Integrated')
  })

  it('is an adjudication: a mission that completed on a rejected answer is reversed', () => {
    const bench = twice(REJECTS)
    committed(integratedBy(bench, 'm-2'))
    assert.equal(bench.state.missions.get('m-2')?.status, 'Completed')
    committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    assert.equal(bench.state.missions.get('m-2')?.reversed, 'appeal')
  })

  it('is never what the owner took back', () => {
    const bench = fork(before)
    committed(bench.send(NOOR, 'mission.reverse', 'm-1', { reason: 'The data was of last year.' }))
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')
    committed(filed(bench, cem, 'a-2', first))
    answered(bench, 'a-2', EVERYBODY)
    committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    assert.equal(bench.state.missions.get('m-1')?.reversed, 'owner')
  })
})

describe('who signed the contested decision', () => {
  it('answers for it and hears no appeal, after the mission has moved on as well', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-2')
    publishAll(bench)
    const judge = CROWD[0]!
    const log = observed(decided(bench, 'm-2', judge, 'reject'), 'final_gate')
    const rejected = eventOf(bench.send(RUNTIME, 'chain.observed', 'chain', log), 'mission.rejected')
    committed(filed(bench, cem, 'a-1', rejected))
    answered(bench, 'a-1', EVERYBODY)
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')
    assert.equal(bench.state.missions.get('m-2')?.status, 'FinalHumanGate')
    committed(filed(bench, cem, 'a-2', first))
    assert.equal(appealOf(bench, 'a-2').respondents.includes(judge.id), true)
    answered(bench, 'a-2', EVERYBODY)
    const { excluded } = panelOf(bench, appealOf(bench, 'a-2').panel!).frozen
    assert.equal(excluded.actors.includes(judge.id), true)
  })
})

describe('a rejection that a further appeal finds sound', () => {
  it('stands again as it was signed, costs what it cost, and leaves its gate shut', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-2')
    publishAll(bench)
    const log = observed(decided(bench, 'm-2', CROWD[0]!, 'reject'), 'final_gate')
    const rejected = eventOf(bench.send(RUNTIME, 'chain.observed', 'chain', log), 'mission.rejected')
    const before = bench.state.missions.get('m-2')
    assert.ok(before?.status === 'Rejected')
    committed(filed(bench, cem, 'a-1', rejected))
    answered(bench, 'a-1', EVERYBODY)
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')
    committed(filed(bench, bea, 'a-2', first))
    answered(bench, 'a-2', EVERYBODY)
    const events = committed(heard(bench, 'a-2', OVERTURN, EVERYBODY)).map(({ event_type }) => event_type)
    assert.ok(events.includes('mission.rejection_restored'))
    assert.ok(events.includes('trust.failure_recorded'))
    const after = bench.state.missions.get('m-2')
    assert.ok(after?.status === 'Rejected')
    assert.deepEqual(after.decision, before.decision)
    publishAll(bench)
    const approval = observed(decided(bench, 'm-2', CROWD[1]!), 'final_gate')
    const reasons = withholds(bench, RUNTIME, 'chain.observed', 'chain', approval)
    assert.ok(reasons.some(({ constraint }) => constraint === 'step-of-the-machine'))
  })
})

describe("the owner's own reversal", () => {
  it('takes back what the mandate completed, once', () => {
    const bench = fork(done)
    committed(bench.send(NOOR, 'mission.reverse', 'm-1', { reason: 'The data was of last year.' }))
    assert.deepEqual(withholds(bench, NOOR, 'mission.reverse', 'm-1', { reason: 'Again.' }), [
      operational('completion-stays-reversible', { reversed: 'owner' }),
    ])
    assert.deepEqual(withholds(done, bea, 'mission.reverse', 'm-1', { reason: 'Mine.' }), [
      ownership('signed-by-the-owner', { owner: 'noor' }),
    ])
  })

  it('does not take back what a human signed for', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-2')
    publishAll(bench)
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(decided(bench, 'm-2', NOOR), 'final_gate')))
    assert.deepEqual(withholds(bench, NOOR, 'mission.reverse', 'm-2', { reason: 'Oh.' }), [
      operational('completion-stays-reversible', { tier: 'R2', by: 'human' }),
    ])
  })

  it('is needed for a successor: a mission in force has none, nor has one that is unknown', () => {
    for (const [successor_of, params] of [
      ['m-1', { successor_of: 'm-1', state: 'Completed' }],
      ['constructor', { unknown: 'constructor' }],
    ] as const) {
      assert.deepEqual(withholds(done, NOOR, 'mission.create', 'm-9', { title: 'T', summary: 'S', successor_of }), [
        operational('successor-of-a-reversed-mission', params),
      ])
    }
  })
})

describe('a gate at which nobody decided in time', () => {
  it('is asked again by the owner, not before its time and by nobody else; the same result waits', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-2')
    const mission = bench.state.missions.get('m-2')
    assert.ok(mission?.status === 'FinalHumanGate')
    const { digest, decideBy } = mission.gate
    assert.deepEqual(withholds(bench, NOOR, 'mission.renew', 'm-2', {}), [
      operational('gate-has-lapsed', { decide_by: decideBy }),
    ])
    bench.wait(Date.parse(decideBy) - bench.now() + 1)
    assert.deepEqual(withholds(bench, bea, 'mission.renew', 'm-2', {}), [
      ownership('signed-by-the-owner', { owner: 'noor' }),
    ])
    committed(bench.send(NOOR, 'mission.renew', 'm-2', {}))
    const after = bench.state.missions.get('m-2')
    assert.ok(after?.status === 'FinalHumanGate')
    assert.equal(after.gate.digest, digest)
    assert.ok(Date.parse(after.gate.decideBy) > bench.now())
  })
})

describe('a ledger with appeals', () => {
  it('is folded alike by everybody', () => {
    const bench: Bench = withCitizens(founded(), CROWD)
    underReview(bench, 'm-1')
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
    committed(filed(bench, cem, 'a-1', eventOf(integratedBy(bench, 'm-1'), 'mission.completed')))
    answered(bench, 'a-1', EVERYBODY)
    committed(heard(bench, 'a-1', OVERTURN, EVERYBODY))
    const replayed = replayAll(bench.texts)
    assert.ok(replayed.ok, JSON.stringify(replayed))
    assert.equal(digestOfWhole(replayed.value), digestOfWhole(bench.state))
  })
})
