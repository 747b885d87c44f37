/** One further appeal, to an entirely new panel, and what it turns round again (spec 3.6; C-12). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { taskOf } from '../../../../protocol/law/mission/state.ts'
import { atTheGate, decided, observed, publishAll } from '../../../support/law/flow.ts'
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
import { APPROVES, panelOf, REJECTS, seatedPanel, sitting } from '../../../support/law/panels.ts'
import { withholds } from '../../../support/law/outcomes.ts'
import { NOOR, RUNTIME } from '../../../support/law/people.ts'
import { committed, type Bench } from '../../../support/law/world.ts'
import { bea, cem, EVERYBODY, base, COMPLETED, types, before } from '../../../support/law/contested.ts'

const reversersOf = (bench: Bench, mission: string) => bench.state.missions.get(mission)?.reversals.map(({ by }) => by)

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
    assert.deepEqual(bench.state.missions.get('m-1')?.reversals, [])
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
    assert.deepEqual(reversersOf(bench, 'm-1'), ['appeal'])
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
    assert.deepEqual(reversersOf(bench, 'm-2'), ['appeal'])
  })

  it('is never what the owner took back', () => {
    const bench = fork(before)
    committed(bench.send(NOOR, 'mission.reverse', 'm-1', { reason: 'The data was of last year.' }))
    const first = eventOf(heard(bench, 'a-1', OVERTURN, EVERYBODY), 'governance.appeal_decided')
    committed(filed(bench, cem, 'a-2', first))
    answered(bench, 'a-2', EVERYBODY)
    committed(heard(bench, 'a-2', OVERTURN, EVERYBODY))
    assert.deepEqual(reversersOf(bench, 'm-1'), ['owner'])
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
