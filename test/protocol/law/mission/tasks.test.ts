/** Several tasks (spec 3.1; C-03, C-04): each goes its own way, the mission shows the least advanced. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { leastAdvanced, TASK_STATES, type TaskState } from '../../../../protocol/law/mission/machine.ts'
import { shownState } from '../../../../protocol/law/mission/state.ts'
import { sealOf } from '../../../../protocol/law/review/seal.ts'
import { reviewKey, isSeated } from '../../../../protocol/law/review/state.ts'
import { seal } from '../../../../protocol/wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../../../protocol/wire/evidence.ts'
import { fork } from '../../../support/law/fork.ts'
import { decision, OUTPUT, REPORT, SALT, scoped, statement } from '../../../support/law/flow.ts'
import { operational, ownership, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { INTEGRATOR, NOOR, OPERATORS, PLANNER, REVIEWERS, WORKER } from '../../../support/law/people.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const [bea] = OPERATORS

function task(id: string, depends_on: readonly string[] = [], more: object = { worker: WORKER.id }) {
  return { id, title: 'T', instructions: 'I', domain_type: 'objective', depends_on, ...more }
}

const base = founded()
scoped(base, 'm-1')
committed(
  base.send(PLANNER, 'mission.plan', 'm-1', {
    tasks: [task('a'), task('b', ['a']), task('c', ['a', 'b'], {}), task('d')],
  }),
)

function shown(bench: Bench): string {
  return shownState(bench.state.missions.get('m-1')!)
}

const start = (bench: Bench, id: string, who: { id: string; signer: typeof WORKER.signer } = WORKER) =>
  bench.send(who, 'mission.start', 'm-1', { task: id })

function submit(bench: Bench, id: string) {
  const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement(bench, 'm-1', 1, { task: id }), WORKER.signer)
  return bench.send(WORKER, 'mission.submit', 'm-1', { task: id, evidence })
}

function review(bench: Bench, id: string, verdict: 'approve' | 'rework') {
  committed(drawNow(bench))
  const found = bench.state.reviews.byTask.get(reviewKey('m-1', id))
  assert.ok(isSeated(found))
  const [name] = found.seats.keys()
  const seat = REVIEWERS.find((reviewer) => reviewer.id === name)!
  const said = decision(seat.id, 'm-1', verdict, { task: id })
  committed(bench.send(seat, 'review.commit', 'm-1', { task: id, commitment: sealOf(said, Buffer.from(SALT, 'hex')) }))
  return bench.send(seat, 'review.reveal', 'm-1', { task: id, decision: said, salt: SALT })
}

function integrated(bench: Bench, id: string): void {
  committed(start(bench, id))
  committed(submit(bench, id))
  committed(review(bench, id, 'approve'))
}

describe('a task', () => {
  it('waits for those that it depends on, all of them, to be integrated', () => {
    const bench = fork(base)
    assert.deepEqual(withholds(bench, WORKER, 'mission.start', 'm-1', { task: 'b' }), [
      operational('dependencies-are-done', { waits_for: 'a' }),
    ])
    committed(start(bench, 'a'))
    committed(submit(bench, 'a'))
    assert.equal(withholds(bench, WORKER, 'mission.start', 'm-1', { task: 'b' }).length, 1)
    committed(review(bench, 'a', 'approve'))
    committed(start(bench, 'b'))
    assert.deepEqual(withholds(bench, WORKER, 'mission.start', 'm-1', { task: 'c' }), [
      operational('dependencies-are-done', { waits_for: 'b' }),
    ])
  })

  it('that nobody planned cannot be started, submitted or corrected', () => {
    const bench = fork(base)
    for (const id of ['e', '__proto__', 'constructor']) {
      assert.deepEqual(withholds(bench, WORKER, 'mission.start', 'm-1', { task: id }), [
        operational('step-of-the-machine', { state: 'Decomposed', step: 'start_work', task: id }),
      ])
      assert.deepEqual(withholds(bench, WORKER, 'mission.correct', 'm-1', { task: id }), [
        operational('step-of-the-machine', { state: 'Decomposed', step: 'correct_task', task: id }),
      ])
    }
  })

  it('of a planned worker is theirs', () => {
    const bench = fork(base)
    for (const other of [INTEGRATOR, bea]) {
      assert.deepEqual(withholds(bench, other, 'mission.start', 'm-1', { task: 'a' }), [
        ownership('signed-by-the-worker', { worker: WORKER.id }),
      ])
    }
  })

  it('without a planned worker is whose who takes it first, and theirs from then on', () => {
    const bench = fork(base)
    integrated(bench, 'a')
    integrated(bench, 'b')
    committed(start(bench, 'c', bea))
    assert.deepEqual(withholds(bench, WORKER, 'mission.start', 'm-1', { task: 'c' }), [
      ownership('signed-by-the-worker', { worker: 'bea' }),
      operational('step-of-the-machine', { state: 'InProgress', step: 'start_work', task: 'c' }),
    ])
  })

  it('is not the owner’s to work on', () => {
    const bench = fork(base)
    integrated(bench, 'a')
    integrated(bench, 'b')
    assert.deepEqual(withholds(bench, NOOR, 'mission.start', 'm-1', { task: 'c' }), [
      responsibility('worker-is-not-the-owner', { owner: 'noor' }),
    ])
  })

  it('goes back to work after a review that asked for it, while the others stay where they are', () => {
    const bench = fork(base)
    integrated(bench, 'd')
    committed(start(bench, 'a'))
    committed(submit(bench, 'a'))
    const events = committed(review(bench, 'a', 'rework'))
    assert.deepEqual(
      events.map(({ event_type }) => event_type),
      ['review.revealed', 'review.concluded', 'mission.task_rework'],
    )
    committed(bench.send(WORKER, 'mission.correct', 'm-1', { task: 'a' }))
    const mission = bench.state.missions.get('m-1')!
    assert.ok('plan' in mission)
    assert.deepEqual(
      [...mission.plan.tasks.values()].map(({ id, status }) => [id, status]),
      [
        ['a', 'InProgress'],
        ['b', 'Decomposed'],
        ['c', 'Decomposed'],
        ['d', 'Integrated'],
      ],
    )
  })
})

describe('the mission', () => {
  it('shows its least advanced task, and reaches Integrated with the last of them', () => {
    const bench = fork(base)
    assert.equal(shown(bench), 'Decomposed')
    integrated(bench, 'a')
    integrated(bench, 'b')
    integrated(bench, 'd')
    assert.equal(shown(bench), 'Decomposed')
    committed(start(bench, 'c'))
    assert.equal(shown(bench), 'InProgress')
    committed(submit(bench, 'c'))
    assert.equal(shown(bench), 'EvidenceAttached')
    assert.deepEqual(withholds(bench, INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'S' }), [
      operational('step-of-the-machine', { state: 'EvidenceAttached', step: 'assemble_output' }),
    ])
    committed(review(bench, 'c', 'approve'))
    assert.equal(shown(bench), 'Integrated')
    committed(bench.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'S' }))
    assert.equal(shown(bench), 'Completed')
  })

  it('shows Rework as InProgress', () => {
    assert.equal(leastAdvanced(['Rework', 'Integrated']), 'InProgress')
    assert.equal(leastAdvanced(['Rework', 'EvidenceAttached']), 'InProgress')
    assert.equal(leastAdvanced(['Rework', 'Decomposed']), 'Decomposed')
  })

  it('shows for any two tasks the one that is further from done', () => {
    const advance = ['Decomposed', 'InProgress', 'EvidenceAttached', 'UnderReview', 'Integrated']
    const asShown = (state: TaskState) => (state === 'Rework' ? 'InProgress' : state)
    for (const a of TASK_STATES) {
      for (const b of TASK_STATES) {
        const expected = advance[Math.min(advance.indexOf(asShown(a)), advance.indexOf(asShown(b)))]
        assert.equal(leastAdvanced([a, b]), expected, `${a} ${b}`)
      }
    }
  })

  it('is assembled from outputs that reviewed evidence holds, and from no other', () => {
    const bench = fork(base)
    for (const id of ['a', 'b', 'c', 'd']) integrated(bench, id)
    const stranger = { ...OUTPUT, name: 'other.json', digest: `sha256:${'12'.repeat(32)}` }
    assert.deepEqual(
      withholds(bench, INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT, stranger], summary: 'S' }),
      [responsibility('outputs-were-reviewed', { output: 'other.json', digest: stranger.digest })],
    )
    assert.equal(OUTPUT.digest, REPORT)
  })

  it('is assembled by its integrator', () => {
    const bench = fork(base)
    for (const id of ['a', 'b', 'c', 'd']) integrated(bench, id)
    for (const other of [NOOR, WORKER]) {
      assert.deepEqual(withholds(bench, other, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'S' }), [
        ownership('signed-by-the-integrator', { integrator: INTEGRATOR.id }),
      ])
    }
  })
})
