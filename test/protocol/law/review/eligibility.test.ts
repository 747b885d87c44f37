/** Who may be drawn (spec 3.4; C-05, C-14): nobody reviews their own work, nor for the house it was done in. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seal } from '../../../../protocol/wire/dsse.ts'
import { STATEMENT_PAYLOAD_TYPE } from '../../../../protocol/wire/evidence.ts'
import { isEligible } from '../../../../protocol/law/constraints/pool.ts'
import { placeOf } from '../../../../protocol/law/trust/state.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { fork } from '../../../support/law/fork.ts'
import { atTheGate, decided, observed, oneTask, publishAll, scopeBody, statement } from '../../../support/law/flow.ts'
import {
  INTEGRATOR,
  machine,
  NOOR,
  OPERATORS,
  person,
  PLANNER,
  REVIEWERS,
  RUNTIME,
  WORKER,
  type MachineFacts,
  type Person,
} from '../../../support/law/people.ts'
import { attest, committed, drawNow, founded, register, type Bench } from '../../../support/law/world.ts'

const base = founded()
const [bea, , , eli] = OPERATORS
const [reviewerTs, reviewerSql] = REVIEWERS

type Cast = {
  readonly owner?: Person
  readonly planner?: MachineFacts | Person
  readonly integrator?: string
  readonly worker?: MachineFacts
}

/** An R2 mission by this cast, up to its draw: five may review, so one exclusion starves it. */
function drawnFor(
  bench: Bench,
  { owner = NOOR, planner = PLANNER, integrator = INTEGRATOR.id, worker = WORKER }: Cast,
) {
  committed(bench.send(owner, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
  const roles = { planner: planner.id, integrator }
  committed(bench.send(owner, 'mission.scope', 'm-1', scopeBody('regulated_analysis', roles)))
  committed(bench.send(planner, 'mission.plan', 'm-1', oneTask({ worker: worker.id })))
  committed(bench.send(worker, 'mission.start', 'm-1', { task: 't-1' }))
  const label = { worker: worker.id, model_family: worker.family, method_type: worker.method }
  const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement(bench, 'm-1', 1, label), worker.signer)
  const [, opened] = committed(bench.send(worker, 'mission.submit', 'm-1', { task: 't-1', evidence }))
  committed(drawNow(bench))
  const review = bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))!
  return {
    review,
    excluded: opened!.data.excluded as { actors: string[]; operators: string[]; organizations: string[] },
  }
}

function starves(bench: Bench, cast: Cast) {
  const { review, excluded } = drawnFor(bench, cast)
  assert.ok(review.status === 'blocked', review.status)
  assert.deepEqual([review.reason, review.counts.eligible], ['insufficient_eligible', 4])
  return excluded
}

describe('not drawn is', () => {
  it('nobody, where nobody had a hand in it: all five sit', () => {
    const { review, excluded } = drawnFor(fork(base), {})
    assert.ok(review.status === 'sealing')
    assert.deepEqual([...review.seats.keys()].toSorted(), REVIEWERS.map(({ id }) => id).toSorted())
    assert.deepEqual(excluded, {
      actors: ['integrator-1', 'noor', 'planner-1', 'worker-1'],
      operators: ['bea', 'cem', 'dao'],
      organizations: ['birch'],
    })
  })

  it('the planner', () => {
    assert.ok(starves(fork(base), { planner: reviewerTs }).actors.includes('reviewer-ts'))
  })

  it('the integrator', () => {
    assert.ok(starves(fork(base), { integrator: 'reviewer-ts' }).actors.includes('reviewer-ts'))
  })

  it('the worker', () => {
    assert.ok(starves(fork(base), { worker: reviewerTs }).actors.includes('reviewer-ts'))
  })

  it('a machine that the owner operates', () => {
    assert.ok(starves(fork(base), { owner: eli }).actors.includes('eli'))
  })

  it('a machine that the planner operates', () => {
    assert.ok(starves(fork(base), { planner: eli }).actors.includes('eli'))
  })

  for (const role of ['planner', 'integrator', 'worker'] as const) {
    it(`a machine of the ${role}’s operator`, () => {
      const bench = fork(base)
      const second = machine('eli-2', eli, 'other', 'reasoning_model', false)
      register(bench, second)
      const cast: Cast = role === 'integrator' ? { integrator: second.id } : { [role]: second }
      assert.ok(starves(bench, cast).operators.includes('eli'))
    })
  }

  it('a machine of the worker’s organization, though another operates it', () => {
    const bench = fork(base)
    const zoe = person('zoe', 'CA', 'dogwood')
    attest(bench, zoe)
    const worker = machine('zoe-1', zoe, 'other', 'reasoning_model', false)
    register(bench, worker)
    assert.deepEqual(starves(bench, { worker }).organizations, ['dogwood'])
  })

  it('a machine that operates under the owner’s organization is, as long as the owner is another', () => {
    const bench = fork(base)
    const zoe = person('zoe', 'CA', 'dogwood')
    attest(bench, zoe)
    assert.equal(drawnFor(bench, { owner: zoe }).review.status, 'sealing')
  })

  it('a human reviewer who owns the mission', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'identity.enroll_reviewer', 'noor', {}))
    committed(bench.send(bea, 'identity.enroll_reviewer', 'bea', {}))
    const { review } = drawnFor(bench, { planner: reviewerTs, owner: NOOR })
    // Noor owns it, reviewer-ts plans it: with Bea there are five again.
    assert.ok(review.status === 'sealing')
    assert.deepEqual([...review.seats.keys()].toSorted(), [
      'bea',
      'reviewer-bm25',
      'reviewer-quality',
      'reviewer-rerun',
      'reviewer-sql',
    ])
  })

  it('two of one operator', () => {
    const bench = fork(base)
    register(bench, machine('eli-2', eli, 'other', 'reasoning_model', true))
    const { review } = drawnFor(bench, { planner: reviewerSql })
    assert.ok(review.status === 'blocked')
    assert.equal(review.reason, 'insufficient_eligible')
  })

  it('a human beside a machine of theirs', () => {
    const bench = fork(base)
    committed(bench.send(eli, 'identity.enroll_reviewer', 'eli', {}))
    assert.equal(drawnFor(bench, { planner: reviewerSql }).review.status, 'blocked')
  })

  it('whoever worked on the mission under an earlier plan: what is reviewed now may be theirs', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-1')
    publishAll(bench)
    const log = decided(bench, 'm-1', NOOR, 'reject')
    committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(log, 'final_gate')))
    const zed = machine('zed', person('zoe', 'CA', 'yew'), 'other', 'reasoning_model', false)
    attest(bench, zed.operator)
    register(bench, zed)
    committed(bench.send(PLANNER, 'mission.replan', 'm-1', oneTask({ worker: 'zed' })))
    committed(bench.send(zed, 'mission.start', 'm-1', { task: 't-1' }))
    const label = { worker: 'zed', model_family: zed.family, method_type: zed.method }
    const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement(bench, 'm-1', 2, label), zed.signer)
    const [, opened] = committed(bench.send(zed, 'mission.submit', 'm-1', { task: 't-1', evidence }))
    assert.deepEqual(opened!.data.excluded, {
      actors: ['integrator-1', 'noor', 'planner-1', 'worker-1', 'zed'],
      operators: ['bea', 'cem', 'dao', 'zoe'],
      organizations: ['birch', 'yew'],
    })
  })
})

describe('the pool', () => {
  it('is that of the entry which attached the evidence: who registers afterwards is not drawn', () => {
    const bench = fork(base)
    const late = machine('late', person('zoe', 'CA', 'yew'), 'other', 'reasoning_model', true)
    attest(bench, late.operator)
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody('regulated_analysis', { planner: reviewerTs.id })))
    committed(bench.send(reviewerTs, 'mission.plan', 'm-1', oneTask()))
    committed(bench.send(WORKER, 'mission.start', 'm-1', { task: 't-1' }))
    const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement(bench, 'm-1', 1), WORKER.signer)
    committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence }))
    register(bench, late)
    committed(drawNow(bench))
    assert.equal(bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))?.status, 'blocked')
    committed(bench.send(NOOR, 'review.reopen', 'm-1', { task: 't-1' }))
    committed(drawNow(bench))
    assert.equal(bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))?.status, 'sealing')
  })

  /** Whether reviewer-ts stands among the eligible at that trust (µT) and threshold, now. */
  function mayBeDrawn(bench: Bench, trust: number, threshold: number, tier = 'R2'): boolean {
    const place = placeOf(bench.state.trust, reviewerTs.id)!
    place.cohort.columns.value[place.index] = trust
    const pool = worldOf(bench.state).freezePool(threshold, bench.now(), tier)
    return isEligible(
      pool,
      pool.members.findIndex(({ id }) => id === reviewerTs.id),
    )
  }

  for (const [trust, may] of [
    [499_999, false],
    [500_000, true],
    [500_001, true],
  ] as const) {
    it(`${may ? 'has' : 'has not'} a member of ${trust} µT for a tier that asks 500000`, () => {
      assert.equal(mayBeDrawn(fork(base), trust, 500_000), may)
    })
  }

  it('I-04: has no member without trust', () => {
    assert.equal(mayBeDrawn(fork(base), 0, 100_000), false)
  })

  it('has no member in quarantine or out of service, whatever their trust, and on probation only for low risk', () => {
    for (const [status, tier, may] of [
      ['active', 'R2', true],
      ['probation', 'R0', true],
      ['probation', 'R1', true],
      ['probation', 'R2', false],
      ['quarantined', 'R0', false],
      ['decommissioned', 'R0', false],
    ] as const) {
      const bench = fork(base)
      if (status !== 'active') bench.state.notActive.set(reviewerTs.id, status)
      assert.equal(mayBeDrawn(bench, 500_000, 500_000, tier), may, `${status} ${tier}`)
    }
  })

  it('has nobody who has signed nothing for longer than the time of grace; its last moment counts', () => {
    const grace = 90 * 86_400_000
    for (const [rest, may] of [
      [grace, true],
      [grace + 1, false],
    ] as const) {
      const bench = fork(base)
      const { columns } = bench.state.trust.machine
      columns.lastAct[placeOf(bench.state.trust, reviewerTs.id)!.index] = bench.now() - rest
      assert.equal(mayBeDrawn(bench, 500_000, 500_000), may)
    }
  })

  it('is a list of its own for a draw: who loses trust afterwards stays as eligible as they were', () => {
    const bench = fork(base)
    const pool = worldOf(bench.state).freezePool(500_000, bench.now())
    const before = Buffer.from(pool.eligible).toString('hex')
    assert.equal(mayBeDrawn(bench, 1, 500_000), false)
    assert.equal(Buffer.from(pool.eligible).toString('hex'), before)
  })
})
