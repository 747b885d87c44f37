/**
 * When a signature under a suspended gain still comes in time (spec 4.3; reading T16). Founder stewardship has no window
 * yet, so the constraint is asked in the first phase that has one.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Suspension } from '../../../../protocol/law/trust/state.ts'
import type { World } from '../../../../protocol/law/constraints/world.ts'
import { revalidate } from '../../../../protocol/law/trust/types.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { publishAll } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { operational, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, RUNTIME } from '../../../support/law/people.ts'
import { completedTogether } from '../../../support/law/trust.ts'
import { founded, type Bench } from '../../../support/law/world.ts'

const DAY = 86_400_000
const base = founded()
completedTogether(base, ['m-1', 'm-2', 'm-3'])
publishAll(base)

function suspended(bench: Bench): Suspension {
  const [found] = bench.state.trust.suspensions.values()
  assert.ok(found !== undefined)
  return found
}

describe('a signature under a suspended gain', () => {
  for (const status of ['released', 'discarded'] as const) {
    it(`is withheld where the gain is ${status}: it waits for nobody any more`, () => {
      const bench = fork(base)
      const { id } = suspended(bench)
      bench.state.trust.suspensions.set(id, { ...suspended(bench), status })
      const violations = withholds(bench, ADA, 'trust.revalidate', id, { reason: 'It is good.' })
      assert.deepEqual(
        violations.filter(({ constraint }) => constraint === 'suspension-still-waits'),
        [operational('suspension-still-waits', { status })],
      )
    })
  }

  it('is withheld twice from one hand', () => {
    const bench = fork(base)
    const { id } = suspended(bench)
    bench.state.trust.suspensions.set(id, { ...suspended(bench), signatures: [{ by: ADA.id, seq: 7 }] })
    const violations = withholds(bench, ADA, 'trust.revalidate', id, { reason: 'It is good.' })
    assert.deepEqual(
      violations.filter(({ constraint }) => constraint === 'revalidation-is-signed-once'),
      [operational('revalidation-is-signed-once', { signer: ADA.id, seq: 7 })],
    )
  })

  it('is not the runtime’s, which is nobody with trust', () => {
    const bench = fork(base)
    const { id } = suspended(bench)
    const violations = withholds(bench, RUNTIME, 'trust.revalidate', id, { reason: 'It is good.' })
    assert.deepEqual(
      violations.filter(({ constraint }) => constraint === 'revalidation-signer-is-independent'),
      [responsibility('revalidation-signer-is-independent', { signer: RUNTIME.id, objection: 'unknown' })],
    )
  })

  const { id, at: since } = suspended(base)
  const window = worldOf(base.state).constitution.reviews.revalidationMs
  const lateAt = (at: number, quorumSince: number | undefined, subject = id) => {
    const own = { phase: { value: () => ({ id: 'G1', quorumSince }) } }
    const world = Object.create(worldOf(base.state), own) as World
    const rule = revalidate.constraints.find((one) => one.id === 'within-the-revalidation-window')
    return rule?.check({ own: base.state.trust, world, at, command: { subject } } as never)
  }

  it('counts until the last millisecond of its window', () => {
    assert.equal(window, 14 * DAY)
    assert.equal(lateAt(since + window - 1, since), undefined)
    assert.equal(lateAt(since + window, since), undefined)
    assert.deepEqual(lateAt(since + window + 1, since), { late_ms: 1 })
  })

  it('has all of its window from the moment on in which there is a quorum, and none runs before', () => {
    assert.equal(lateAt(since + DAY + window, since + DAY), undefined)
    assert.deepEqual(lateAt(since + DAY + window + 1, since + DAY), { late_ms: 1 })
    assert.equal(lateAt(since + 1_000 * DAY, undefined), undefined)
    assert.equal(lateAt(since + 1_000 * DAY, since, 'gain:0-0'), undefined)
  })
})
