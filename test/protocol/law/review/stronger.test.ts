/** A topology stronger than the tier's, from the draw to the tally; and seats that are given up (spec 3.2, 3.4). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isSeated, reviewKey } from '../../../../protocol/law/review/state.ts'
import {
  decision,
  evidence,
  oneTask,
  OUTPUT,
  reviewed,
  scopeBody,
  seatedFor,
  underReview,
} from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { operational, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { INTEGRATOR, NOOR, OPERATORS, PLANNER, WORKER } from '../../../support/law/people.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const base = founded()
const types = (events: readonly { event_type: string }[]) =>
  events.map((event) => event.event_type).filter((type) => !type.startsWith('trust.'))

function withTopology(topology: object): Bench {
  const bench = fork(base)
  committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
  committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody('documentation_update', { topology })))
  committed(bench.send(PLANNER, 'mission.plan', 'm-1', oneTask()))
  committed(bench.send(WORKER, 'mission.start', 'm-1', { task: 't-1' }))
  committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1') }))
  committed(drawNow(bench))
  return bench
}

const outcome = (bench: Bench) => {
  const review = bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))
  return review?.status === 'concluded' ? [review.outcome, review.reason] : [review?.status]
}

describe('a stronger topology', () => {
  it('seats as many as were asked for, as diverse as was asked for', () => {
    const bench = withTopology({ reviewers: 4, approvals: 3, min_regions: 4, min_method_types: 2 })
    const review = bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))
    assert.ok(isSeated(review))
    const members = [...review.seats.values()].map(({ member }) => member)
    assert.equal(members.length, 4)
    assert.equal(new Set(members.map((member) => member.region)).size, 4)
    assert.equal(new Set(members.map((member) => member.method_type)).size, 2)
  })

  it('does not dilute the tier: of R0 every reviewer approves, however few approvals were asked for', () => {
    const bench = withTopology({ reviewers: 3, approvals: 1 })
    reviewed(bench, 'm-1', (seat, i) => decision(seat.id, 'm-1', i === 0 ? 'reject' : 'approve'))
    assert.deepEqual(outcome(bench), ['rework', 'share'])
  })

  it('with a human at the gate does not complete by mandate', () => {
    const bench = withTopology({ reviewers: 1, approvals: 1, human_final_gate: true })
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
    const events = committed(bench.send(INTEGRATOR, 'mission.integrate', 'm-1', { outputs: [OUTPUT], summary: 'S' }))
    assert.deepEqual(types(events), ['mission.gate_opened'])
  })

  it('that nobody can meet blocks the review', () => {
    const bench = withTopology({ reviewers: 6, approvals: 6 })
    assert.deepEqual(outcome(bench), ['blocked'])
  })
})

describe('a reviewer who leaves', () => {
  it('before sealing is replaced from the same draw, without a failure, and not drawn for the task again', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-1')
    const before = bench.state.trust
    const trust = JSON.stringify([...before.machine.columns.value])
    const events = committed(bench.send(seat!, 'review.recuse', 'm-1', { task: 't-1', reason: 'I wrote the data.' }))
    assert.deepEqual(types(events), ['review.recused', 'mission.reviewers_routed'])
    assert.equal(JSON.stringify([...bench.state.trust.machine.columns.value]), trust, 'it costs no trust')
    const [next] = seatedFor(bench, 'm-1')
    assert.notEqual(next!.id, seat!.id)
    assert.equal(bench.state.reviews.recused.get(reviewKey('m-1', 't-1'))?.has(seat!.id), true)
    assert.deepEqual(
      withholds(bench, seat!, 'review.commit', 'm-1', { task: 't-1', commitment: `sha256:${'0'.repeat(64)}` }),
      [responsibility('signer-holds-a-seat', { signer: seat!.id })],
    )
  })

  it('after sealing does not leave, nor does who holds no seat', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-1', 'internal_operations_change')
    committed(bench.send(seat!, 'review.commit', 'm-1', { task: 't-1', commitment: `sha256:${'1'.repeat(64)}` }))
    const body = { task: 't-1', reason: 'I wrote the data.' }
    assert.deepEqual(withholds(bench, seat!, 'review.recuse', 'm-1', body), [
      operational('seat-is-not-yet-sealed', { signer: seat!.id }),
    ])
    assert.deepEqual(withholds(bench, WORKER, 'review.recuse', 'm-1', body), [
      responsibility('signer-holds-a-seat', { signer: WORKER.id }),
    ])
    assert.throws(() => bench.send(seat!, 'review.recuse', 'm-1', { task: 't-1', reason: '\u200b' }), /field-blank/)
  })

  it('leaves the review blocked where the pool has nobody else, and no silence is blamed', () => {
    const bench = fork(base)
    const [seat] = underReview(bench, 'm-1', 'regulated_analysis')
    const events = committed(bench.send(seat!, 'review.recuse', 'm-1', { task: 't-1', reason: 'I wrote the data.' }))
    assert.deepEqual(types(events).slice(-1), ['review.blocked'])
    assert.deepEqual(events.find((event) => event.event_type === 'review.blocked')?.data.silent, [])
    committed(bench.send(NOOR, 'review.reopen', 'm-1', { task: 't-1' }))
  })
})

describe('a declared conflict', () => {
  const drawnAfter = (declare: (bench: Bench) => void) => {
    const bench = fork(base)
    declare(bench)
    underReviewOf(bench)
    const review = bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))
    return review?.frozen.excluded.actors ?? []
  }
  const underReviewOf = (bench: Bench) => underReview(bench, 'm-1')
  const gus = OPERATORS[5]

  it('of an operator keeps their machines from the seats too', () => {
    const excluded = drawnAfter((bench) => {
      committed(bench.send(gus, 'identity.declare_conflict', 'gus', { with: 'actor', actor: NOOR.id }))
    })
    assert.equal(excluded.includes('gus'), true)
  })

  it('of a worker with reviewers keeps nobody out: nobody chooses their own reviewers', () => {
    const excluded = drawnAfter((bench) => {
      const cem = OPERATORS[1]
      committed(bench.send(cem, 'identity.declare_conflict', 'cem', { with: 'actor', actor: 'reviewer-bm25' }))
      committed(bench.send(cem, 'identity.declare_conflict', 'cem', { with: 'organization', organization: 'fir' }))
    })
    assert.equal(excluded.includes('gus') || excluded.includes('reviewer-bm25'), false)
  })

  it('is declared once, withdrawn once, by oneself, with somebody else who exists', () => {
    const bench = fork(base)
    const party = { with: 'actor', actor: NOOR.id }
    committed(bench.send(gus, 'identity.declare_conflict', 'gus', party))
    assert.deepEqual(withholds(bench, gus, 'identity.declare_conflict', 'gus', party), [
      operational('conflict-is-new', { conflict: 'actor:noor' }),
    ])
    committed(bench.send(gus, 'identity.withdraw_conflict', 'gus', party))
    assert.deepEqual(withholds(bench, gus, 'identity.withdraw_conflict', 'gus', party), [
      operational('conflict-stands', { conflict: 'actor:noor' }),
    ])
    for (const actor of ['constructor', '__proto__', 'nobody', 'runtime']) {
      assert.deepEqual(withholds(bench, gus, 'identity.declare_conflict', 'gus', { with: 'actor', actor }), [
        operational('conflict-is-with-another', { unknown: actor }),
      ])
    }
    assert.deepEqual(withholds(bench, gus, 'identity.declare_conflict', 'gus', { with: 'actor', actor: 'gus' }), [
      operational('conflict-is-with-another', { actor: 'gus' }),
    ])
    const [first] = withholds(bench, NOOR, 'identity.declare_conflict', 'gus', party)
    assert.equal(first?.constraint, 'identity-is-the-signers-own')
  })
})
