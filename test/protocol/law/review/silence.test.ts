/** Silent reviewers (spec 3.4): replaced from the same draw and recused; where nobody is left, blocked, never weakened. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sealOf } from '../../../../protocol/law/review/seal.ts'
import { reviewKey, type Review } from '../../../../protocol/law/review/state.ts'
import { shownState } from '../../../../protocol/law/mission/state.ts'
import { fork } from '../../../support/law/fork.ts'
import { decision, SALT, submitted } from '../../../support/law/flow.ts'
import { operational, ownership, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, machine, MACHINES, NOOR, person, RUNTIME, type MachineFacts } from '../../../support/law/people.ts'
import { attest, committed, drawNow, founded, register, type Bench } from '../../../support/law/world.ts'

const HOUR = 3_600_000
const salt = Buffer.from(SALT, 'hex')
const SPARE: readonly MachineFacts[] = [
  machine('spare-1', person('kim', 'CA', 'kauri'), 'other', 'reasoning_model', true),
  machine('spare-2', person('lea', 'SE', 'larch'), 'other', 'reasoning_model', true),
]

/** An R2 review among five and so many more, drawn. */
function drawn(spare: number): Bench {
  const bench = founded()
  for (const more of SPARE.slice(0, spare)) {
    attest(bench, more.operator)
    register(bench, more)
  }
  submitted(bench, 'm-1', 'regulated_analysis')
  committed(drawNow(bench))
  return bench
}

const withFive = drawn(0)
const withSeven = drawn(2)

function reviewOf(bench: Bench): Review {
  return bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))!
}

function seatsOf(bench: Bench): readonly MachineFacts[] {
  const review = reviewOf(bench)
  assert.ok('seats' in review, review.status)
  return [...review.seats.keys()].map((id) => [...MACHINES, ...SPARE].find((known) => known.id === id)!)
}

function commit(bench: Bench, seat: MachineFacts) {
  const commitment = sealOf(decision(seat.id, 'm-1', 'approve'), salt)
  return committed(bench.send(seat, 'review.commit', 'm-1', { task: 't-1', commitment }))
}

function reveal(bench: Bench, seat: MachineFacts) {
  const body = { task: 't-1', decision: decision(seat.id, 'm-1', 'approve'), salt: SALT }
  return committed(bench.send(seat, 'review.reveal', 'm-1', body))
}

function close(bench: Bench, hours: number) {
  bench.wait(hours * HOUR + 1)
  return committed(bench.send(RUNTIME, 'review.close', 'm-1', { task: 't-1' }))
}

const ids = (seats: readonly { readonly id: string }[]) => seats.map(({ id }) => id)

describe('who did not seal in time', () => {
  const bench = fork(withSeven)
  const before = seatsOf(bench)
  const silent = before.slice(3)
  for (const seat of before.slice(0, 3)) commit(bench, seat)
  const events = close(bench, 48)
  const after = seatsOf(bench)

  it('is named, loses the seat, and the next of the same draw take it', () => {
    const [replaced, routed] = events
    assert.equal(replaced?.event_type, 'review.replaced')
    const {
      failure,
      silent: named,
      reviewers,
      draw,
    } = replaced.data as {
      failure: string
      silent: string[]
      reviewers: { id: string }[]
      draw: number
    }
    assert.deepEqual([failure, named, draw], ['not-sealed', ids(silent), 1])
    const others = [...MACHINES, ...SPARE].filter(({ reviews, id }) => reviews && !ids(before).includes(id))
    assert.deepEqual(ids(reviewers).toSorted(), ids(others).toSorted())
    assert.deepEqual(routed?.data.reviewers, [...ids(before.slice(0, 3)), ...ids(reviewers)])
  })

  it('takes no seal of others with them: who sealed has sealed, and the newcomers have 48 hours', () => {
    const review = reviewOf(bench)
    assert.ok(review.status === 'sealing')
    assert.equal(review.commitBy - bench.now(), 48 * HOUR)
    assert.deepEqual(
      [...review.seats.values()].map((seat) => seat.commitment !== undefined),
      [true, true, true, false, false],
    )
  })

  it('cannot seal any more', () => {
    const commitment = sealOf(decision(silent[0]!.id, 'm-1', 'approve'), salt)
    assert.deepEqual(withholds(fork(bench), silent[0]!, 'review.commit', 'm-1', { task: 't-1', commitment }), [
      responsibility('signer-holds-a-seat', { signer: silent[0]!.id }),
    ])
  })

  it('keeps nobody from concluding: five decisions, as the tier asks', () => {
    const done = fork(bench)
    for (const seat of after.slice(3)) commit(done, seat)
    const last = after.map((seat) => reveal(done, seat)).at(-1)!
    assert.deepEqual(
      last.map(({ event_type }) => event_type),
      ['review.revealed', 'review.concluded', 'mission.task_integrated'],
    )
  })

  it('is not drawn again when the newcomers are silent too: the review is blocked, and says what starves', () => {
    const starved = fork(bench)
    const [blocked, ...more] = close(starved, 48)
    assert.deepEqual(
      more.map(({ event_type, subject }) => [event_type, subject]),
      ids(after.slice(3)).flatMap((id) => [
        ['trust.failure_recorded', id],
        ['trust.changed', id],
      ]),
    )
    assert.equal(blocked?.event_type, 'review.blocked')
    const { reason, counts, silent: named } = blocked.data as { reason: string; counts: object; silent: string[] }
    assert.equal(reason, 'insufficient_eligible')
    assert.deepEqual(named, ids(after.slice(3)))
    assert.deepEqual(Object.keys(counts).length > 0, true)
    assert.deepEqual([...starved.state.reviews.recused.get(reviewKey('m-1', 't-1'))!], [...ids(silent), ...named])
  })
})

describe('who sealed and did not reveal', () => {
  it('is replaced, and the decisions that were revealed stand', () => {
    const bench = fork(withSeven)
    const before = seatsOf(bench)
    for (const seat of before) commit(bench, seat)
    for (const seat of before.slice(1)) reveal(bench, seat)
    const [replaced] = close(bench, 12)
    assert.deepEqual([replaced?.data.failure, replaced?.data.silent], ['not-revealed', ids(before.slice(0, 1))])
    const newcomer = seatsOf(bench).at(-1)!
    assert.ok(!ids(before).includes(newcomer.id))
    assert.deepEqual(
      commit(bench, newcomer).map(({ event_type }) => event_type),
      ['review.committed', 'review.reveal_opened'],
    )
    assert.deepEqual(
      withholds(bench, before[1]!, 'review.reveal', 'm-1', {
        task: 't-1',
        decision: decision(before[1]!.id, 'm-1', 'approve'),
        salt: SALT,
      }),
      [operational('seat-is-not-yet-revealed', { signer: before[1]!.id })],
    )
    assert.equal(reveal(bench, newcomer).at(-1)?.event_type, 'mission.task_integrated')
  })
})

describe('a blocked review', () => {
  const blocked = fork(withFive)
  const seats = seatsOf(blocked)
  for (const seat of seats.slice(1)) commit(blocked, seat)
  close(blocked, 48)

  it('holds its task where it is', () => {
    assert.equal(reviewOf(blocked).status, 'blocked')
    assert.equal(shownState(blocked.state.missions.get('m-1')!), 'UnderReview')
  })

  it('takes no seal, no decision and no close', () => {
    const bench = fork(blocked)
    bench.wait(100 * HOUR)
    const commitment = sealOf(decision(seats[1]!.id, 'm-1', 'approve'), salt)
    assert.deepEqual(withholds(bench, seats[1]!, 'review.commit', 'm-1', { task: 't-1', commitment }), [
      responsibility('signer-holds-a-seat', { signer: seats[1]!.id }),
      operational('review-is-at-this-step', { status: 'blocked', needs: 'sealing' }),
    ])
    assert.deepEqual(withholds(bench, RUNTIME, 'review.close', 'm-1', { task: 't-1' }), [
      operational('review-is-at-this-step', { status: 'blocked', needs: 'sealing or revealing' }),
    ])
  })

  it('S-07: is opened anew by the owner and nobody else', () => {
    for (const [sender, level] of [
      [ADA, ownership('signed-by-the-owner', { owner: 'noor' })],
      [seats[1]!, responsibility('signed-by-the-right-kind', { signer: 'machine', allowed: 'human' })],
    ] as const) {
      assert.ok(
        withholds(fork(blocked), sender, 'review.reopen', 'm-1', { task: 't-1' }).some(
          (violation) => JSON.stringify(violation) === JSON.stringify(level),
        ),
      )
    }
  })

  it('is opened with a new draw: another nonce, another round, and the silent stay recused', () => {
    const bench = fork(blocked)
    const old = reviewOf(bench).frozen
    const [reopened, opened] = committed(bench.send(NOOR, 'review.reopen', 'm-1', { task: 't-1' }))
    assert.deepEqual([reopened?.event_type, opened?.event_type], ['review.reopened', 'review.draw_opened'])
    const { draw, nonce, round, excluded } = opened!.data as {
      draw: number
      nonce: string
      round: number
      excluded: { actors: string[] }
    }
    assert.equal(draw, 2)
    assert.notEqual(nonce, old.nonce)
    assert.ok(round > old.round)
    assert.ok(excluded.actors.includes(seats[0]!.id))
    committed(drawNow(bench))
    assert.equal(reviewOf(bench).status, 'blocked', 'four are left of five')
  })

  it('goes on once another reviewer has registered', () => {
    const bench = fork(blocked)
    attest(bench, SPARE[0]!.operator)
    register(bench, SPARE[0]!)
    committed(bench.send(NOOR, 'review.reopen', 'm-1', { task: 't-1' }))
    committed(drawNow(bench))
    assert.deepEqual(ids(seatsOf(bench)).toSorted(), [...ids(seats.slice(1)), 'spare-1'].toSorted())
  })

  it('is not opened where nothing is blocked, nor while the mission is held', () => {
    assert.deepEqual(withholds(fork(withFive), NOOR, 'review.reopen', 'm-1', { task: 't-1' }), [
      operational('review-is-at-this-step', { status: 'sealing', needs: 'blocked' }),
    ])
    const held = fork(blocked)
    committed(held.send(NOOR, 'mission.hold', 'm-1', { reason: 'R' }))
    assert.deepEqual(withholds(held, NOOR, 'review.reopen', 'm-1', { task: 't-1' }), [
      operational('mission-is-not-held', { held: true }),
    ])
  })
})
