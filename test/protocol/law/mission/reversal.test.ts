/** The owner takes back what their mandate completed; a gate that lapsed is asked again (spec 3.1). */
import assert from 'node:assert/strict'
import { eventOf } from '../../../support/law/appeals.ts'
import { describe, it } from 'node:test'
import { atTheGate, decided, observed, publishAll } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { operational, ownership, withholds } from '../../../support/law/outcomes.ts'
import { NOOR, RUNTIME } from '../../../support/law/people.ts'
import { committed } from '../../../support/law/world.ts'
import { bea, base, done } from '../../../support/law/contested.ts'

describe("the owner's own reversal", () => {
  it('takes back what the mandate completed, once', () => {
    const bench = fork(done)
    const reversed = bench.send(NOOR, 'mission.reverse', 'm-1', { reason: 'The data was of last year.' })
    const record = eventOf(reversed, 'mission.reversed')
    assert.deepEqual(withholds(bench, NOOR, 'mission.reverse', 'm-1', { reason: 'Again.' }), [
      operational('completion-stays-reversible', { reversed: 'owner', record }),
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
    bench.wait(Date.parse(decideBy) - bench.now())
    assert.deepEqual(withholds(bench, NOOR, 'mission.renew', 'm-2', {}), [
      operational('gate-has-lapsed', { decide_by: decideBy }),
    ])
    bench.wait(1)
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
