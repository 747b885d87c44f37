import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { canonicalConstitution } from '../../../../protocol/law/constitution/canonical-constitution.ts'
import { parameterTable } from '../../../../protocol/law/constitution/table.ts'

const constitution = canonicalConstitution()

const HOUR = 3_600_000
const DAY = 86_400_000

describe('the constitution as the law reads it', () => {
  test('trust and thresholds are in microtrust', () => {
    assert.deepEqual(constitution.initialTrust, { human: 500_000, machine: 500_000 })
    assert.deepEqual(constitution.eligibility, {
      vote: 700_000,
      propose: 850_000,
      review: { R0: 100_000, R1: 300_000, R2: 500_000 },
    })
    assert.deepEqual(constitution.trust.floor, { human: 100_000, machine: 0 })
    assert.equal(constitution.trust.fastElevation, 20_000)
    assert.deepEqual(constitution.trust.weights, { quality: 750_000, reliability: 200_000, volume: 50_000 })
  })

  test('windows are in milliseconds', () => {
    assert.equal(constitution.epochMs, HOUR)
    assert.equal(constitution.keyRotationMs, 90 * DAY)
    assert.equal(constitution.finalGate.approvalDeadlineMs, 14 * DAY)
    assert.equal(constitution.reviews.windowMs, 48 * HOUR)
    assert.equal(constitution.reviews.revealMs, 12 * HOUR)
    assert.equal(constitution.phases.g0MaxMs, 365 * DAY)
    assert.equal(constitution.phases.g0ExtensionMs, 180 * DAY)
    assert.equal(constitution.inclusionMs, DAY)
  })

  test('shares are exact', () => {
    assert.equal(constitution.normative.agreementPermille, 600)
    assert.equal(constitution.chambers.captureMax, 1)
    assert.deepEqual(constitution.phases.rules.G3.geography?.regionCap, { numerator: 3, denominator: 20 })
  })

  test('the classes of the blueprint map to their tiers', () => {
    assert.deepEqual(
      ['documentation_update', 'internal_operations_change', 'regulated_analysis', 'constitutional_change'].map(
        (name) => constitution.tierOfClass(name),
      ),
      ['R0', 'R1', 'R2', 'R3'],
    )
  })

  test('any other class is unmapped, letter by letter', () => {
    const strangers = [
      '',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'Documentation_update',
      'DOCUMENTATION_UPDATE',
      'documentation_update ',
      'documentation_update\u200b',
      'documentation-update',
      '/mission_class_to_tier/documentation_update',
    ]
    for (const name of strangers) assert.equal(constitution.tierOfClass(name), undefined, JSON.stringify(name))
    const known = Object.keys(constitution.classes)
    fc.assert(
      fc.property(fc.string(), (name) => {
        fc.pre(!known.includes(name))
        assert.equal(constitution.tierOfClass(name), undefined)
        assert.equal(constitution.topologyOf(name), undefined)
        assert.equal(constitution.reviewThreshold(name), undefined)
        assert.equal(constitution.phaseRules(name), undefined)
      }),
      { seed: 16 },
    )
    for (const name of ['__proto__', 'constructor', 'r2', 'R4']) {
      assert.equal(constitution.topologyOf(name), undefined)
      assert.equal(constitution.reviewThreshold(name), undefined)
      assert.equal(constitution.phaseRules(name), undefined)
    }
  })

  test('topologies are those of the risk tiers', () => {
    assert.deepEqual(constitution.topologyOf('R2'), {
      tier: 'R2',
      reviewers: 5,
      approvals: 4,
      minModelFamilies: 2,
      minMethodTypes: 2,
      minRegions: 3,
      minOrganizations: 3,
      humanFinalGate: true,
      constitutionalFlow: false,
    })
    const shares = (['R0', 'R1', 'R2', 'R3'] as const).map((tier) => {
      const { approvals, reviewers } = constitution.topologies[tier]
      return `${approvals}/${reviewers}`
    })
    assert.deepEqual(shares, ['1/1', '2/2', '4/5', '0/0'])
  })

  test('nobody reviews constitutional change', () => {
    assert.deepEqual(
      ['R0', 'R1', 'R2', 'R3'].map((tier) => constitution.reviewThreshold(tier)),
      [100_000, 300_000, 500_000, undefined],
    )
  })

  test('the table has every parameter with its value, and the flags of the documents', () => {
    const rows = parameterTable(constitution)
    assert.ok(rows.every(({ value }) => value !== undefined))
    const row = (path: string) => rows.find((candidate) => candidate.path === path)
    assert.equal(row('/full_constitution/fast_elevation/q_h')?.flagged, true)
    assert.equal(row('/genesis/G2_fast_elevation/q_h')?.flagged, false)
    assert.equal(row('/trust_dynamics/tier_gain/R0')?.flagged, true)
    assert.equal(row('/commitment_committee/t')?.flagged, false)
    assert.equal(row('/commitment_committee/t')?.entrenched, true)
    assert.equal(row('/constitutional_voting/w_M_const')?.entrenched, true)
    assert.deepEqual(
      rows.filter(({ document, flagged }) => flagged && document !== 'params'),
      [],
    )
  })
})
