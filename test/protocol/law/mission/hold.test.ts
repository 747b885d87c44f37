/** Pausing (spec 3.1): the owner holds a mission before its gate and releases it; time limits run on. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sealOf } from '../../../../protocol/law/review/seal.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  atTheGate,
  decision,
  evidence,
  oneTask,
  OUTPUT,
  reviewed,
  SALT,
  scopeBody,
  scoped,
  started,
  underReview,
} from '../../../support/law/flow.ts'
import { operational, ownership, withholds } from '../../../support/law/outcomes.ts'
import { ADA, INTEGRATOR, NOOR, PLANNER, WORKER } from '../../../support/law/people.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'

const base = founded()
const HELD = operational('mission-is-not-held', { held: true })
const hold = (bench: Bench) => committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'The data changed.' }))

describe('a held mission', () => {
  it('is neither scoped nor planned, and is after its release', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    hold(bench)
    assert.deepEqual(withholds(bench, NOOR, 'mission.scope', 'm-1', scopeBody()), [HELD])
    committed(bench.send(NOOR, 'mission.release', 'm-1', {}))
    committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody()))
    hold(bench)
    assert.deepEqual(withholds(bench, PLANNER, 'mission.plan', 'm-1', oneTask()), [HELD])
  })

  it('is neither started nor submitted to nor corrected nor integrated', () => {
    const bench = fork(base)
    scoped(bench, 'm-1')
    committed(bench.send(PLANNER, 'mission.plan', 'm-1', oneTask()))
    const paused = () => {
      const twin = fork(bench)
      hold(twin)
      return twin
    }
    assert.deepEqual(withholds(paused(), WORKER, 'mission.start', 'm-1', { task: 't-1' }), [HELD])
    committed(bench.send(WORKER, 'mission.start', 'm-1', { task: 't-1' }))
    const body = { task: 't-1', evidence: evidence(bench, 'm-1') }
    assert.deepEqual(withholds(paused(), WORKER, 'mission.submit', 'm-1', body), [HELD])
  })

  it('is not corrected and not integrated', () => {
    const failed = fork(base)
    underReview(failed, 'm-1')
    reviewed(failed, 'm-1', (seat) => decision(seat.id, 'm-1', 'rework'))
    hold(failed)
    assert.deepEqual(withholds(failed, WORKER, 'mission.correct', 'm-1', { task: 't-1' }), [HELD])
    const good = fork(base)
    underReview(good, 'm-1')
    reviewed(good, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
    hold(good)
    const body = { outputs: [OUTPUT], summary: 'S' }
    assert.deepEqual(withholds(good, INTEGRATOR, 'mission.integrate', 'm-1', body), [HELD])
  })

  it('is still reviewed: the reviewers’ windows run on', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-1')
    hold(bench)
    const said = decision(seat!.id, 'm-1', 'approve')
    const commitment = sealOf(said, Buffer.from(SALT, 'hex'))
    committed(bench.send(seat!, 'review.commit', 'm-1', { task: 't-1', commitment }))
    committed(bench.send(seat!, 'review.reveal', 'm-1', { task: 't-1', decision: said, salt: SALT }))
  })
})

describe('holding and releasing', () => {
  it('S-07: are the owner’s', () => {
    const bench = fork(base)
    started(bench, 'm-1')
    assert.deepEqual(withholds(bench, ADA, 'mission.hold', 'm-1', { reason: 'R' }), [
      ownership('signed-by-the-owner', { owner: 'noor' }),
    ])
    hold(bench)
    assert.deepEqual(withholds(bench, ADA, 'mission.release', 'm-1', {}), [
      ownership('signed-by-the-owner', { owner: 'noor' }),
    ])
  })

  it('happen once each', () => {
    const bench = fork(base)
    started(bench, 'm-1')
    assert.deepEqual(withholds(bench, NOOR, 'mission.release', 'm-1', {}), [
      operational('mission-is-held', { held: false }),
    ])
    hold(bench)
    assert.deepEqual(withholds(bench, NOOR, 'mission.hold', 'm-1', { reason: 'R' }), [HELD])
  })

  it('end at the gate: what waits there waits for a human', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-1')
    assert.deepEqual(withholds(bench, NOOR, 'mission.hold', 'm-1', { reason: 'R' }), [
      operational('mission-is-before-its-gate', { state: 'FinalHumanGate' }),
    ])
  })

  it('end with the mission', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-1', 'documentation_update')
    assert.deepEqual(withholds(bench, NOOR, 'mission.hold', 'm-1', { reason: 'R' }), [
      operational('mission-is-before-its-gate', { state: 'Completed' }),
    ])
  })
})
