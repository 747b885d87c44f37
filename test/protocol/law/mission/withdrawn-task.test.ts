/** A task whose machine went out of service: the owner takes it back, another goes on with it (spec 3.1, 4.5). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { taskOf } from '../../../../protocol/law/mission/state.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { dutiesView } from '../../../../protocol/views/duties.ts'
import { seal } from '../../../../protocol/wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../../../protocol/wire/evidence.ts'
import {
  decision,
  OUTPUT,
  publishAll,
  reviewed,
  scoped,
  started,
  statement,
  submitted,
  underReview,
} from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { toZero } from '../../../support/law/lives.ts'
import { operational, ownership, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, INTEGRATOR, NOOR, OPERATORS, PLANNER, REVIEWERS, WORKER } from '../../../support/law/people.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const [bea] = OPERATORS
const HEIR = REVIEWERS[0]
const REASON = { task: 't-1', reason: 'It is out of service, and the report is due.' }
const TASK = { task: 't-1' }

const working = founded()
started(working, 'm-1')
const halted = fork(working)
toZero(halted, WORKER.id)

const taskIn = (bench: Bench) => taskOf(bench.state.missions.get('m-1'), 't-1')!
const withdrawn = fork(halted)
committed(withdrawn.send(NOOR, 'mission.withdraw_task', 'm-1', REASON))

function handIn(bench: Bench) {
  const own = { worker: HEIR.id, model_family: HEIR.family, method_type: HEIR.method }
  const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement(bench, 'm-1', 1, own), HEIR.signer)
  return bench.send(HEIR, 'mission.submit', 'm-1', { ...TASK, evidence })
}

describe('a task in the hand of a machine that is out of service', () => {
  it('is withdrawn by the owner and stays in its state: it is no step of the machine', () => {
    const task = taskIn(withdrawn)
    assert.deepEqual([task.status, task.takenBy, task.worker], ['InProgress', undefined, undefined])
    assert.deepEqual(task.withdrawnFrom, [WORKER.id])
  })

  it('is open to any machine then, in the list of open work', () => {
    const { duties } = dutiesView(withdrawn.state, HEIR.id, withdrawn.now()) as {
      readonly duties: readonly { readonly kind: string; readonly command: string }[]
    }
    assert.deepEqual(
      duties.map(({ kind, command }) => [kind, command]),
      [['task-open', 'mission.start']],
    )
  })

  it('is taken up by another, who hands in and gains alone; the first reviews nothing of the mission', () => {
    const bench = fork(withdrawn)
    committed(bench.send(HEIR, 'mission.start', 'm-1', TASK))
    assert.deepEqual([taskIn(bench).status, taskIn(bench).takenBy], ['InProgress', HEIR.id])
    committed(handIn(bench))
    const { excluded } = bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))!.frozen
    for (const id of [WORKER.id, HEIR.id]) assert.equal(excluded.actors.includes(id), true, id)
    committed(drawNow(bench))
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
    committed(bench.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'Total 42.' }))
    publishAll(bench)
    const workers = bench.state.trust.proofs.get('m-1')!.filter(({ role }) => role === 'worker')
    assert.deepEqual(
      workers.map(({ actor }) => actor),
      [HEIR.id],
    )
  })

  it('that was sent back stays sent back: the next hand corrects it', () => {
    const bench = fork(founded())
    underReview(bench, 'm-1')
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'reject'))
    toZero(bench, WORKER.id)
    committed(bench.send(NOOR, 'mission.withdraw_task', 'm-1', REASON))
    assert.equal(taskIn(bench).status, 'Rework')
    const next = REVIEWERS.find(({ id }) => !bench.state.missions.get('m-1')!.everReviewed.includes(id))!
    committed(bench.send(next, 'mission.start', 'm-1', TASK))
    assert.equal(taskIn(bench).status, 'Rework')
    committed(bench.send(next, 'mission.correct', 'm-1', TASK))
    assert.equal(taskIn(bench).status, 'InProgress')
  })

  it('is withdrawn before it was begun as well, if its plan names that machine', () => {
    const bench = fork(founded())
    scoped(bench, 'm-1')
    const task = { id: 't-1', title: 'T', instructions: 'I', domain_type: 'objective', depends_on: [] }
    committed(bench.send(PLANNER, 'mission.plan', 'm-1', { tasks: [{ ...task, worker: WORKER.id }] }))
    toZero(bench, WORKER.id)
    committed(bench.send(NOOR, 'mission.withdraw_task', 'm-1', REASON))
    assert.equal(taskIn(bench).status, 'Decomposed')
    committed(bench.send(HEIR, 'mission.start', 'm-1', TASK))
    assert.equal(taskIn(bench).status, 'InProgress')
  })
})

describe('a withdrawal is refused', () => {
  it('to anybody but the owner', () => {
    for (const who of [bea, ADA]) {
      assert.deepEqual(withholds(halted, who, 'mission.withdraw_task', 'm-1', REASON), [
        ownership('signed-by-the-owner', { owner: 'noor' }),
      ])
    }
  })

  it('while its worker is in service: an owner does not choose whose work it is', () => {
    assert.deepEqual(withholds(working, NOOR, 'mission.withdraw_task', 'm-1', REASON), [
      operational('worker-is-out-of-service', { worker: WORKER.id }),
    ])
  })

  it('where nobody has the task', () => {
    assert.deepEqual(withholds(withdrawn, NOOR, 'mission.withdraw_task', 'm-1', REASON), [
      operational('worker-is-out-of-service', { worker: 'none' }),
    ])
  })

  it('once the work was handed in: it is judged first', () => {
    const bench = founded()
    submitted(bench, 'm-1')
    toZero(bench, WORKER.id)
    assert.deepEqual(withholds(bench, NOOR, 'mission.withdraw_task', 'm-1', REASON), [
      operational('task-is-in-its-workers-hand', { state: taskIn(bench).status }),
    ])
  })

  it('of a task that there is not, of a mission that there is not, before there is work, without visible words', () => {
    assert.deepEqual(withholds(halted, NOOR, 'mission.withdraw_task', 'm-1', { ...REASON, task: 'constructor' }), [
      operational('task-is-in-its-workers-hand', { task: 'constructor' }),
    ])
    assert.deepEqual(withholds(halted, NOOR, 'mission.withdraw_task', 'm-0', REASON), [
      operational('mission-exists', { mission: 'm-0' }),
    ])
    assert.throws(
      () => halted.send(NOOR, 'mission.withdraw_task', 'm-1', { ...REASON, reason: '\u200b' }),
      /field-blank/,
    )
    const bench = founded()
    scoped(bench, 'm-1')
    assert.deepEqual(withholds(bench, NOOR, 'mission.withdraw_task', 'm-1', REASON), [
      operational('work-is-under-way', { state: 'Scoped' }),
    ])
  })

  it('while the mission is held', () => {
    const bench = fork(halted)
    committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'Wait.' }))
    assert.deepEqual(withholds(bench, NOOR, 'mission.withdraw_task', 'm-1', REASON), [
      operational('mission-is-not-held', { held: true }),
    ])
  })
})

describe('a task that was withdrawn', () => {
  it('does not go back to whom it was taken from, nor to the owner', () => {
    const bench = fork(withdrawn)
    const [why, ...more] = withholds(bench, WORKER, 'mission.start', 'm-1', TASK)
    assert.deepEqual(
      [why?.constraint, more.map(({ constraint }) => constraint)],
      ['machine-is-in-service', ['task-was-not-withdrawn-from-the-signer']],
    )
    assert.deepEqual(withholds(bench, NOOR, 'mission.start', 'm-1', TASK), [
      responsibility('worker-is-not-the-owner', { owner: 'noor' }),
    ])
  })

  it('is taken up once: then it is in its new hand', () => {
    const bench = fork(withdrawn)
    committed(bench.send(HEIR, 'mission.start', 'm-1', TASK))
    const constraints = withholds(bench, REVIEWERS[1], 'mission.start', 'm-1', TASK).map((one) => one.constraint)
    assert.deepEqual(constraints, ['signed-by-the-worker', 'step-of-the-machine'])
  })
})
