/** Probation (spec 4.5; readings T17, T18): low risk only, a hundred tasks of it, two hundred for a new identity. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  decision,
  evidence,
  oneTask,
  OUTPUT,
  publishAll,
  reviewed,
  scopeBody,
  submitted,
  underReview,
} from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { applied, lifeOf, machineIn, setTrust, signedBy, toZero } from '../../../support/law/lives.ts'
import { responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, INTEGRATOR, NOOR, OPERATORS, PLANNER, WORKER } from '../../../support/law/people.ts'
import { told } from '../../../support/law/trust.ts'
import { committed, founded, type Bench } from '../../../support/law/world.ts'
import { worldOf } from '../../../../protocol/law/world.ts'

const [bea, , dao, eli] = OPERATORS

/** Worker-1 has come back. */
function returned(bench: Bench): Bench {
  toZero(bench, WORKER.id)
  signedBy(bench, WORKER, applied(bench, WORKER), ADA, NOOR, bea, dao, eli)
  return bench
}

const base = returned(founded())

/** As if that many tasks had been counted. */
function counted(bench: Bench, done: number): void {
  const machine = machineIn(bench, WORKER.id)
  bench.state.machines.set(machine.id, { ...machine, life: { ...lifeOf(bench, WORKER.id, 'probation'), done } })
}

/** One low-risk mission to its end; answers its last events. */
function complete(bench: Bench, mission: string) {
  underReview(bench, mission)
  return finish(bench, mission)
}

function finish(bench: Bench, mission: string) {
  reviewed(bench, mission, ({ id }) => decision(id, mission, 'approve'))
  return committed(bench.send(INTEGRATOR, 'mission.integrate', mission, { outputs: [OUTPUT], summary: 'Done.' }))
}

describe('a machine on probation', () => {
  it('takes low-risk work, and each completed task counts', () => {
    const bench = fork(base)
    const events = complete(bench, 'm-1')
    assert.deepEqual(events.find(({ event_type }) => event_type === 'trust.probation_counted')?.data, {
      mission: 'm-1',
      task: 't-1',
      done: 1,
      needed: 100,
    })
    assert.equal(lifeOf(bench, WORKER.id, 'probation').done, 1)
  })

  it('loses the count of what is reversed', () => {
    const bench = fork(base)
    complete(bench, 'm-1')
    complete(bench, 'm-2')
    const events = committed(bench.send(NOOR, 'mission.reverse', 'm-1', { reason: 'The data was another.' }))
    assert.deepEqual(events.find(({ event_type }) => event_type === 'trust.probation_counted')?.data, {
      mission: 'm-1',
      task: 't-1',
      done: 1,
      needed: 100,
    })
    assert.equal(lifeOf(bench, WORKER.id, 'probation').done, 1)
  })

  it('is active after the hundredth, not after the ninety-ninth', () => {
    const bench = fork(base)
    counted(bench, 98)
    complete(bench, 'm-1')
    assert.equal(lifeOf(bench, WORKER.id, 'probation').done, 99)
    const events = complete(bench, 'm-2')
    assert.deepEqual(events.find(({ event_type }) => event_type === 'trust.machine_activated')?.data, { tasks: 100 })
    lifeOf(bench, WORKER.id, 'active')
    assert.ok(!worldOf(bench.state).unfit('R2').has(WORKER.id))
  })

  it('is active after a hundred tasks that were really done, one after another, and takes high risk then', () => {
    const bench = fork(base)
    for (let i = 1; i <= 100; i++) {
      assert.equal(lifeOf(bench, WORKER.id, 'probation').done, i - 1)
      complete(bench, `m-${i}`)
      if (i % 25 === 0) publishAll(bench)
    }
    lifeOf(bench, WORKER.id, 'active')
    assert.deepEqual(
      told(bench, 'trust.probation_counted').map(({ data }) => data.done),
      Array.from({ length: 100 }, (_, i) => i + 1),
    )
    assert.equal(told(bench, 'trust.machine_activated').length, 1)
    submitted(bench, 'm-high', 'regulated_analysis')
  })

  it('counts several tasks of one mission one by one, and none beyond the last', () => {
    const bench = fork(base)
    counted(bench, 99)
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody()))
    const [task] = oneTask().tasks
    committed(bench.send(PLANNER, 'mission.plan', 'm-1', { tasks: [task, { ...task, id: 't-2' }] }))
    // Two integrated tasks of the same worker, as the fold would hold them.
    const mission = bench.state.missions.get('m-1')
    assert.ok(mission !== undefined && mission.status === 'Working')
    const seq = bench.state.books.next
    const done = [...mission.plan.tasks.values()].map((one) => ({
      ...one,
      status: 'Integrated' as const,
      takenBy: WORKER.id,
      evidence: {
        digest: '',
        worker: WORKER.id,
        seq,
        artifacts: [{ name: OUTPUT.name, digest: OUTPUT.digest }],
        references: [],
      },
    }))
    const plan = { ...mission.plan, tasks: new Map(done.map((one) => [one.id, one])) }
    bench.state.missions.set('m-1', { ...mission, plan })
    const events = committed(bench.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'S' }))
    assert.deepEqual(
      events.filter(({ subject }) => subject === WORKER.id).map(({ event_type }) => event_type),
      ['trust.probation_counted', 'trust.machine_activated'],
    )
  })

  it('is not helped by what was done before its quarantine', () => {
    const bench = founded()
    const seats = underReview(bench, 'm-1')
    returned(bench)
    for (const { id } of seats) setTrust(bench, id, 500_000)
    const events = finish(bench, 'm-1')
    assert.ok(events.some(({ event_type }) => event_type === 'mission.completed'))
    assert.equal(lifeOf(bench, WORKER.id, 'probation').done, 0)
  })

  it('takes nothing of high risk, and is named for nothing of high risk', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    const fit = { machine: WORKER.id, status: 'probation', tier: 'R2' }
    const named = scopeBody('regulated_analysis', { planner: WORKER.id })
    assert.deepEqual(withholds(bench, NOOR, 'mission.scope', 'm-1', named), [
      responsibility('machine-is-fit-for-the-tier', fit),
    ])
    committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody('regulated_analysis')))
    assert.deepEqual(withholds(bench, PLANNER, 'mission.plan', 'm-1', oneTask()), [
      responsibility('named-workers-are-fit-for-the-tier', fit),
    ])
    const { worker: _nobody, ...open } = oneTask().tasks[0]!
    committed(bench.send(PLANNER, 'mission.plan', 'm-1', { tasks: [open] }))
    assert.deepEqual(withholds(bench, WORKER, 'mission.start', 'm-1', { task: 't-1' }), [
      responsibility('machine-is-fit-for-the-tier', fit),
    ])
  })

  it('does not finish what it took when it was active, if the risk is high', () => {
    const bench = founded()
    submitted(bench, 'm-low')
    const high = 'm-high'
    committed(bench.send(NOOR, 'mission.create', high, { title: 'T', summary: 'S' }))
    committed(bench.send(NOOR, 'mission.scope', high, scopeBody('regulated_analysis')))
    committed(bench.send(PLANNER, 'mission.plan', high, oneTask()))
    committed(bench.send(WORKER, 'mission.start', high, { task: 't-1' }))
    returned(bench)
    const body = { task: 't-1', evidence: evidence(bench, high) }
    assert.deepEqual(withholds(bench, WORKER, 'mission.submit', high, body), [
      responsibility('machine-is-fit-for-the-tier', { machine: WORKER.id, status: 'probation', tier: 'R2' }),
    ])
  })

  it('goes back into quarantine at zero, and its count begins anew', () => {
    const bench = fork(base)
    counted(bench, 57)
    toZero(bench, WORKER.id)
    bench.wait(1)
    const application = applied(bench, WORKER)
    signedBy(bench, WORKER, application, ADA, NOOR, bea, dao, eli)
    assert.equal(lifeOf(bench, WORKER.id, 'probation').done, 0)
  })
})
