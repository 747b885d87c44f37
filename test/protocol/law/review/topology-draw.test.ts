/**
 * The topology of a tier is in the draw itself (spec 3.2, 3.4): a pool that lacks one kind of difference seats nobody,
 * and so does one whose only difference is among those without the trust.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { freeze, type PoolMember } from '../../../../protocol/law/constraints/pool.ts'
import { drawReviewers, mayReview, reviewNonce, rulesOf } from '../../../../protocol/law/review/selection.ts'
import { passedOver } from '../../../../protocol/law/review/passed.ts'
import type { Review } from '../../../../protocol/law/review/state.ts'
import type { World } from '../../../../protocol/law/constraints/world.ts'
import { worldOf } from '../../../../protocol/law/world.ts'
import { ZERO_DIGEST } from '../../../../protocol/wire/sha256.ts'
import { founded } from '../../../support/law/world.ts'

const R2 = founded().state.founded!.constitution.topologyOf('R2')!

/** As different as can be, in everything. */
const DIFFERENT: readonly PoolMember[] = Array.from({ length: 8 }, (_, i) => ({
  id: `reviewer-${i}`,
  operator: `operator-${i}`,
  region: ['EU', 'NA', 'AF', 'SA'][i % 4]!,
  organization: `house-${i}`,
  modelFamily: `family-${i}`,
  methodType: ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic', 'human_reviewer'][i % 4]!,
}))

function outcomeOf(members: readonly PoolMember[], maySit: (index: number) => boolean = () => true) {
  const frozen = {
    draw: 1,
    round: 1,
    nonce: reviewNonce('m-1', 't-1', 1),
    previousCommitment: ZERO_DIGEST,
    pool: freeze(members, maySit),
    excluded: { actors: [], operators: [], organizations: [] },
  }
  const { drawn } = drawReviewers(frozen, R2, 'ab'.repeat(32), [], new Set())
  assert.ok(drawn.ok)
  return drawn.value
}

describe('the draw of an R2 review', () => {
  it('asks for two of everything that the tier says', () => {
    const { minRegions, minOrganizations, minModelFamilies, minMethodTypes } = rulesOf(R2)
    for (const least of [minRegions, minOrganizations, minModelFamilies, minMethodTypes]) assert.ok(least >= 2)
    assert.equal(outcomeOf(DIFFERENT).outcome, 'seated')
  })

  for (const [what, same] of [
    ['region', { region: 'EU' }],
    ['organization', { organization: 'elm' }],
    ['model family', { modelFamily: 'one' }],
    ['method type', { methodType: 'reasoning_model' }],
    ['operator', { operator: 'bea' }],
  ] as const) {
    it(`seats nobody from a pool of one ${what}`, () => {
      const pool = DIFFERENT.map((member) => ({ ...member, ...same }))
      assert.equal(outcomeOf(pool).outcome, 'infeasible')
    })
  }

  it('seats nobody who did not have the trust when it was opened', () => {
    const found = outcomeOf(DIFFERENT, (index) => index >= 3)
    assert.ok(found.outcome === 'seated')
    assert.deepEqual(
      found.members.filter(({ id }) => ['reviewer-0', 'reviewer-1', 'reviewer-2'].includes(id)),
      [],
    )
    assert.equal(outcomeOf(DIFFERENT, (index) => index < R2.reviewers - 1).outcome, 'infeasible')
  })

  it('keeps out who takes part, what they operate, who operates them and what they operate, and their house', () => {
    const nobody = { actors: [], operators: [], organizations: [] }
    const [member] = DIFFERENT
    for (const [excluded, may] of [
      [nobody, true],
      [{ ...nobody, actors: ['reviewer-0'] }, false],
      [{ ...nobody, actors: ['operator-0'] }, false],
      [{ ...nobody, operators: ['operator-0'] }, false],
      [{ ...nobody, organizations: ['house-0'] }, false],
      [{ actors: ['reviewer-1'], operators: ['operator-1'], organizations: ['house-1'] }, true],
    ] as const) {
      assert.equal(mayReview(member!, excluded), may, JSON.stringify(excluded))
    }
  })
})

describe('a seat that is filled later', () => {
  const excluded = { actors: ['reviewer-7'], operators: [], organizations: [] }
  const pool = freeze(DIFFERENT, (index) => index !== 6)
  const frozen = {
    draw: 1,
    round: 1,
    nonce: reviewNonce('m-1', 't-1', 1),
    previousCommitment: ZERO_DIGEST,
    pool,
    excluded,
  }
  const review: Review = {
    mission: 'm-1',
    task: 't-1',
    attempt: 1,
    tier: 'R2',
    domainType: 'objective',
    references: [],
    frozen,
    status: 'awaiting_beacon',
  }
  const { state } = founded()

  /** The world as it is, with some who are out of service. */
  function passed(unfit: readonly string[], out: readonly string[]): readonly string[] {
    const own = { unfit: { value: () => new Set(unfit) } }
    return passedOver(review, new Set(out), Object.create(worldOf(state), own) as World)
  }

  it('passes over whoever left one and whoever is out of service since, and names no others', () => {
    assert.deepEqual(passed([], []), [])
    assert.deepEqual(passed([], ['reviewer-2']), ['reviewer-2'])
    assert.deepEqual(passed(['reviewer-1'], []), ['reviewer-1'])
    assert.deepEqual(passed(['reviewer-6', 'reviewer-7', 'reviewer-0'], ['reviewer-3']), ['reviewer-0', 'reviewer-3'])
  })
})
