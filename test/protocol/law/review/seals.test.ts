/** Sealed reviews (spec 3.4; C-05): committed before revealed, each for its own place, none copied. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encode, type Json } from '../../../../protocol/wire/canonical-json.ts'
import { sealOf } from '../../../../protocol/law/review/seal.ts'
import { reviewKey, type SeatedReview } from '../../../../protocol/law/review/state.ts'
import type { ReviewDecision } from '../../../../protocol/law/review/event.ts'
import { fork } from '../../../support/law/fork.ts'
import { decision, REPORT, SALT, underReview } from '../../../support/law/flow.ts'
import { operational, physical, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { NOOR, OPERATORS, REVIEWERS, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { digestOf, sha256 } from '../../../support/law/stranger.ts'
import { committed, founded, type Bench, type Sender } from '../../../support/law/world.ts'

const HOUR = 3_600_000
const base = founded()
const seats = underReview(base, 'm-1', 'regulated_analysis')
const [one, two, three, four, five] = seats as readonly Sender[] as [Sender, Sender, Sender, Sender, Sender]
const salt = Buffer.from(SALT, 'hex')
const said = (seat: Sender, more: object = {}) => decision(seat.id, 'm-1', 'approve', more)
const sealed = (seat: Sender, more: object = {}) => ({ task: 't-1', commitment: sealOf(said(seat, more), salt) })
const opened = (seat: Sender, more: object = {}) => ({ task: 't-1', decision: said(seat, more), salt: SALT })
const COMMIT = ['review.commit', 'm-1'] as const
const REVEAL = ['review.reveal', 'm-1'] as const

function reviewOf(bench: Bench): SeatedReview {
  return bench.state.reviews.byTask.get(reviewKey('m-1', 't-1')) as SeatedReview
}

const allSealed = fork(base)
for (const seat of seats) committed(allSealed.send(seat, ...COMMIT, sealed(seat)))

describe('a seal', () => {
  it('is SHA-256(tag ‖ JCS(decision) ‖ salt), the tag SHA-256 of its name', () => {
    const text = encode(said(one))
    assert.equal(sealOf(said(one), salt), digestOf(sha256('genesis.review-seal.v1'), text, salt))
  })

  it('is taken from whoever holds a seat, and says nothing of the decision', () => {
    const bench = fork(base)
    const [event] = committed(bench.send(one, ...COMMIT, sealed(one)))
    assert.deepEqual(event?.data, {
      task: 't-1',
      attempt: 1,
      draw: 1,
      reviewer: one.id,
      commitment: sealed(one).commitment,
    })
  })

  for (const [who, kind] of [
    [WORKER, 'machine'],
    [NOOR, 'human'],
    [OPERATORS[3], 'human'],
  ] as const) {
    it(`is refused from ${who.id}, a ${kind} without a seat`, () => {
      assert.deepEqual(withholds(fork(base), who, ...COMMIT, sealed(one)), [
        responsibility('signer-holds-a-seat', { signer: who.id }),
      ])
    })
  }

  it('is set once', () => {
    const bench = fork(base)
    committed(bench.send(one, ...COMMIT, sealed(one)))
    assert.deepEqual(withholds(bench, one, ...COMMIT, sealed(one, { verdict: 'reject' })), [
      operational('seat-is-not-yet-sealed', { signer: one.id }),
    ])
  })

  it('of a mission, a task or a seat that is not there is refused', () => {
    for (const [subject, task] of [
      ['m-2', 't-1'],
      ['m-1', 't-2'],
      ['m-1', '__proto__'],
    ] as const) {
      assert.deepEqual(withholds(fork(base), one, 'review.commit', subject, { ...sealed(one), task }), [
        responsibility('signer-holds-a-seat', { signer: one.id }),
        operational('review-is-at-this-step', { status: 'none', needs: 'sealing' }),
      ])
    }
  })

  it('of the last seat opens the revealing, for all', () => {
    const bench = fork(base)
    const types = seats.map((seat) => committed(bench.send(seat, ...COMMIT, sealed(seat))).map((e) => e.event_type))
    assert.deepEqual(types, [
      ...Array.from({ length: 4 }, () => ['review.committed']),
      ['review.committed', 'review.reveal_opened'],
    ])
    assert.deepEqual(withholds(bench, one, ...COMMIT, sealed(one)), [
      operational('review-is-at-this-step', { status: 'revealing', needs: 'sealing' }),
      operational('seat-is-not-yet-sealed', { signer: one.id }),
    ])
  })
})

describe('a copied seal', () => {
  it('can be set and never opened: the decision inside names another reviewer', () => {
    const bench = fork(base)
    committed(bench.send(one, ...COMMIT, sealed(one)))
    // Two has no opinion and copies what one has sealed; three to five work.
    committed(bench.send(two, ...COMMIT, sealed(one)))
    for (const seat of [three, four, five]) committed(bench.send(seat, ...COMMIT, sealed(seat)))
    committed(bench.send(one, ...REVEAL, opened(one)))
    assert.deepEqual(withholds(bench, two, ...REVEAL, opened(one)), [
      responsibility('decision-names-its-place', { reviewer: one.id }),
    ])
    const own = said(two)
    assert.deepEqual(withholds(bench, two, ...REVEAL, opened(two)), [
      responsibility('reveal-matches-the-seal', { sealed: sealed(one).commitment, revealed: sealOf(own, salt) }),
    ])
  })
})

describe('a revealed decision', () => {
  it('is recorded whole, with its digest', () => {
    const bench = fork(allSealed)
    const [event] = committed(bench.send(one, ...REVEAL, opened(one)))
    assert.deepEqual(event?.data, {
      task: 't-1',
      attempt: 1,
      draw: 1,
      reviewer: one.id,
      decision: said(one),
      digest: digestOf(encode(said(one) as unknown as Json)),
      counted: true,
    })
  })

  it('waits until all have sealed: who reveals early would be copied', () => {
    const bench = fork(base)
    committed(bench.send(one, ...COMMIT, sealed(one)))
    assert.deepEqual(withholds(bench, one, ...REVEAL, opened(one)), [
      operational('review-is-at-this-step', { status: 'sealing', needs: 'revealing' }),
    ])
  })

  it('without a seal is refused', () => {
    assert.deepEqual(withholds(fork(base), one, ...REVEAL, opened(one)), [
      responsibility('reveal-matches-the-seal', { sealed: false }),
      operational('review-is-at-this-step', { status: 'sealing', needs: 'revealing' }),
    ])
  })

  for (const [what, change] of [
    ['verdict', { verdict: 'reject' }],
    ['score', { scores: { completeness: 90, correctness: 96, policy_compliance: 90 } }],
    ['dispute', { normative_dispute: true }],
    ['reason', { reasons: [{ text: 'Recomputed it!', references: [{ artifact: REPORT, locator: '/total' }] }] }],
  ] as const) {
    it(`with another ${what} than was sealed is refused`, () => {
      const other = said(one, change)
      assert.deepEqual(withholds(fork(allSealed), one, ...REVEAL, opened(one, change)), [
        responsibility('reveal-matches-the-seal', { sealed: sealed(one).commitment, revealed: sealOf(other, salt) }),
      ])
    })
  }

  it('with another salt is refused', () => {
    const other = '5b'.repeat(32)
    const body = { ...opened(one), salt: other }
    assert.deepEqual(withholds(fork(allSealed), one, ...REVEAL, body), [
      responsibility('reveal-matches-the-seal', {
        sealed: sealed(one).commitment,
        revealed: sealOf(said(one), Buffer.from(other, 'hex')),
      }),
    ])
  })

  for (const [what, change, params] of [
    ['mission', { mission: 'm-2' }, { mission: 'm-2' }],
    ['task', { task: 't-2' }, { task: 't-2' }],
    ['attempt', { attempt: 2 }, { attempt: 2 }],
    ['reviewer', { reviewer: 'worker-1' }, { reviewer: 'worker-1' }],
  ] as const) {
    it(`sealed for another ${what} is refused, though the seal fits`, () => {
      const bench = fork(base)
      for (const seat of seats) committed(bench.send(seat, ...COMMIT, sealed(seat, seat === one ? change : {})))
      assert.deepEqual(withholds(bench, one, ...REVEAL, opened(one, change)), [
        responsibility('decision-names-its-place', params),
      ])
    })
  }

  it('is given once', () => {
    const bench = fork(allSealed)
    committed(bench.send(one, ...REVEAL, opened(one)))
    assert.deepEqual(withholds(bench, one, ...REVEAL, opened(one)), [
      operational('seat-is-not-yet-revealed', { signer: one.id }),
    ])
  })

  it('is nobody else’s to reveal', () => {
    assert.deepEqual(withholds(fork(allSealed), WORKER, ...REVEAL, opened(one)), [
      responsibility('signer-holds-a-seat', { signer: 'worker-1' }),
      responsibility('decision-names-its-place', { reviewer: one.id }),
      responsibility('reveal-matches-the-seal', { sealed: false }),
    ])
  })

  const bad: readonly (readonly [what: string, change: object])[] = [
    ['a score of 101', { scores: { completeness: 101, correctness: 1, policy_compliance: 1 } }],
    ['a score in words', { scores: { completeness: '90', correctness: 1, policy_compliance: 1 } }],
    ['a score missing', { scores: { completeness: 90, correctness: 1 } }],
    ['no reason', { reasons: [] }],
    ['a reason of zero width', { reasons: [{ text: '\u200B', references: [] }] }],
    ['another verdict', { verdict: 'Approve' }],
    ['a dispute in words', { normative_dispute: 'false' }],
  ]
  for (const [what, change] of bad) {
    it(`with ${what} is no command`, () => {
      assert.throws(
        () =>
          fork(allSealed).send(one, ...REVEAL, {
            ...opened(one),
            decision: { ...said(one), ...change } as ReviewDecision,
          }),
        /field-/,
      )
    })
  }
})

describe('the windows', () => {
  for (const [ms, open] of [
    [-1, true],
    [0, true],
    [1, false],
  ] as const) {
    it(`for sealing ${open ? 'is open' : 'has passed'} ${ms} ms from its end, 48 hours after the draw`, () => {
      const bench = fork(base)
      const review = reviewOf(bench)
      assert.ok(review.status === 'sealing')
      assert.equal(review.commitBy - bench.now(), 48 * HOUR)
      bench.wait(48 * HOUR + ms)
      const early = physical('review-window-has-passed', { early_ms: 0 - ms })
      if (open) {
        assert.deepEqual(withholds(fork(bench), RUNTIME, 'review.close', 'm-1', { task: 't-1' }), [early])
        committed(bench.send(one, ...COMMIT, sealed(one)))
      } else {
        assert.deepEqual(withholds(bench, one, ...COMMIT, sealed(one)), [
          physical('within-the-review-window', { late_ms: ms }),
        ])
        committed(bench.send(RUNTIME, 'review.close', 'm-1', { task: 't-1' }))
      }
    })

    it(`for revealing ${open ? 'is open' : 'has passed'} ${ms} ms from its end, 12 hours after the last seal`, () => {
      const bench = fork(allSealed)
      const review = reviewOf(bench)
      assert.ok(review.status === 'revealing')
      assert.equal(review.revealBy - bench.now(), 12 * HOUR)
      bench.wait(12 * HOUR + ms)
      if (open) {
        assert.deepEqual(withholds(fork(bench), RUNTIME, 'review.close', 'm-1', { task: 't-1' }), [
          physical('review-window-has-passed', { early_ms: 0 - ms }),
        ])
        committed(bench.send(one, ...REVEAL, opened(one)))
      } else {
        assert.deepEqual(withholds(bench, one, ...REVEAL, opened(one)), [
          physical('within-the-review-window', { late_ms: ms }),
        ])
        committed(bench.send(RUNTIME, 'review.close', 'm-1', { task: 't-1' }))
      }
    })
  }

  it('are closed by the runtime alone, and only where a review runs', () => {
    const bench = fork(base)
    bench.wait(49 * HOUR)
    assert.deepEqual(withholds(bench, NOOR, 'review.close', 'm-1', { task: 't-1' }), [
      responsibility('signed-by-the-right-kind', { signer: 'human', allowed: 'runtime' }),
    ])
    assert.deepEqual(withholds(bench, RUNTIME, 'review.close', 'm-1', { task: 't-2' }), [
      operational('review-is-at-this-step', { status: 'none', needs: 'sealing or revealing' }),
    ])
  })
})

describe('the reviewers', () => {
  it('are all five', () =>
    assert.deepEqual(seats.map(({ id }) => id).toSorted(), REVIEWERS.map(({ id }) => id).toSorted()))
})
