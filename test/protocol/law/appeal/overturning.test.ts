/** What an overturned decision turns into, by events that compensate it (spec 3.6; C-12). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { taskOf } from '../../../../protocol/law/mission/state.ts'
import { digestOfWhole } from '../../../support/law/digest-of-state.ts'
import {
  atTheGate,
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
  CROWD,
  eventOf,
  filed,
  heard,
  integratedBy,
  OVERTURN,
} from '../../../support/law/appeals.ts'
import { APPROVES, panelOf, REJECTS, seatedPanel, seatNow, sitting, withCitizens } from '../../../support/law/panels.ts'
import { operational, withholds } from '../../../support/law/outcomes.ts'
import { ADA, NOOR, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { replayAll } from '../../../support/law/replayed.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'
import { cem, EVERYBODY, base, types, before } from '../../../support/law/contested.ts'

describe('overturning', () => {
  it('a completion reverses it by an event; the mission keeps its history and can have a successor', () => {
    const bench = fork(before)
    const events = types(committed(heard(bench, 'a-1', OVERTURN, EVERYBODY)))
    assert.deepEqual(events.slice(-2), ['governance.appeal_decided', 'mission.reversed'])
    const mission = bench.state.missions.get('m-1')
    assert.deepEqual(
      [mission?.status, mission?.reversals.map(({ by, appeal }) => [by, appeal])],
      ['Completed', [['appeal', 'a-1']]],
    )
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
