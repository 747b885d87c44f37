/** What an owner is shown to do: what the law's list has and whose moment it is, and nothing else. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Action } from '../../app/data/actions.ts'
import type { Mission } from '../../app/data/missions.ts'
import { openActs } from '../../app/features/owner/open.ts'
import { actionsFor } from '../../protocol/law/actions.ts'
import { missionView } from '../../protocol/views.ts'
import { millis } from '../../protocol/wire/time.ts'
import { fork } from '../support/law/fork.ts'
import { atTheGate, scoped, underReview } from '../support/law/flow.ts'
import { ADA, NOOR } from '../support/law/people.ts'
import { completed } from '../support/law/trust.ts'
import { committed, founded, type Bench } from '../support/law/world.ts'

const base = founded()

function openIn(bench: Bench, mission: string, actor = NOOR.id): readonly string[] {
  const view = missionView(bench.state, mission) as unknown as Mission
  const actions = actionsFor(bench.state, mission, actor, bench.now()) as unknown as readonly Action[]
  return openActs(view, actions)
}

describe('an owner is shown', () => {
  it('only to hold what has no work yet', () => {
    const bench = fork(base)
    scoped(bench, 'm-1')
    assert.deepEqual(openIn(bench, 'm-1'), ['mission.hold'])
    committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' }))
    assert.deepEqual(openIn(bench, 'm-1'), ['mission.release'])
  })

  it('to ask people while a task is under review, and not twice', () => {
    const bench = fork(base)
    underReview(bench, 'm-1')
    assert.deepEqual(openIn(bench, 'm-1'), ['mission.dispute', 'mission.hold'])
    committed(bench.send(NOOR, 'mission.dispute', 'm-1', { task: 't-1', reason: 'A question of values.' }))
    assert.deepEqual(openIn(bench, 'm-1'), ['mission.hold'])
  })

  it('to renew a gate after its last moment, and nothing before', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-1')
    const found = bench.state.missions.get('m-1')
    assert.ok(found?.status === 'FinalHumanGate')
    bench.wait(Date.parse(found.gate.decideBy) - bench.now())
    assert.deepEqual(openIn(bench, 'm-1'), [])
    bench.wait(millis(1))
    assert.deepEqual(openIn(bench, 'm-1'), ['mission.renew'])
  })

  it('to take back what was completed by mandate, once', () => {
    const bench = fork(base)
    completed(bench, 'm-1')
    assert.deepEqual(openIn(bench, 'm-1'), ['mission.reverse'])
    committed(bench.send(NOOR, 'mission.reverse', 'm-1', { reason: 'Wrong source.' }))
    assert.deepEqual(openIn(bench, 'm-1'), [])
  })

  it('what something else stands in the way of, so that the page can say what it is', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-1')
    const body = { kind: 'failed-verification', severity: 'severe', concerns: ['m-1'], account: 'It does not add up.' }
    committed(bench.send(ADA, 'incident.report', 'i-1', body, { grounds: ['000000000000-000'] }))
    const found = bench.state.missions.get('m-1')
    assert.ok(found?.status === 'FinalHumanGate')
    bench.wait(Date.parse(found.gate.decideBy) - bench.now() + 1)
    const actions = actionsFor(bench.state, 'm-1', NOOR.id, bench.now())
    assert.equal(actions.find(({ type }) => type === 'mission.renew')?.answer, 'blocked')
    assert.deepEqual(openIn(bench, 'm-1'), ['mission.renew'])
  })

  it('nothing that the list of actions does not have', () => {
    const view = missionView(fork(base).state, 'm-1')
    assert.equal(view, undefined)
    const bench = fork(base)
    completed(bench, 'm-1')
    assert.deepEqual(openActs(missionView(bench.state, 'm-1') as unknown as Mission, []), [])
  })
})
