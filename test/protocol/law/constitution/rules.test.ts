import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { InvariantId } from '../../../../protocol/law/constitution/finding.ts'
import { loadConstitution } from '../../../../protocol/law/constitution/load.ts'
import { RULES } from '../../../../protocol/law/constitution/rules/rules.ts'
import { changedTexts, type Change } from '../../../support/constitution-documents.ts'

/** What is changed, the one code and place that must be found, and the invariants that fall with it. */
type Row = readonly [code: string, path: string, invariants: readonly InvariantId[], ...changes: Change[]]

const D = '/trust_dynamics'
const E = '/eligibility'
const G = '/genesis'
const F = '/full_constitution'
const R = '/risk_tiers'
const Λ = '/Λ-genome'

const ROWS: readonly Row[] = [
  ['rule-weights-sum', '/trust_weights/w_R', ['I-03'], ['params', '/trust_weights/w_R', 0.25]],
  ['rule-weights-sum', '/trust_weights/w_R', ['I-03'], ['params', '/trust_weights/w_R', 0.199999]],
  ['rule-machine-gate-not-lower', '/quality_gates/Q_min_M', ['I-02'], ['params', '/quality_gates/Q_min_M', 0.69]],
  [
    'rule-severe-outweighs-gain',
    `${D}/beta_H`,
    [],
    ['params', `${D}/beta_H`, 0.1],
    ['params', `${D}/alpha_H`, 0.050001],
  ],
  [
    'rule-severe-outweighs-gain',
    `${D}/beta_M`,
    [],
    ['params', `${D}/beta_M`, 0.1],
    ['params', `${D}/alpha_M`, 0.050001],
  ],
  ['rule-severe-outweighs-minor', `${D}/beta_H`, [], ['params', `${D}/gamma_H`, 0.200001]],
  ['rule-severe-outweighs-minor', `${D}/beta_M`, [], ['params', `${D}/gamma_M`, 0.500001]],
  ['rule-proof-within-epoch', `${D}/u_max_H`, [], ['params', `${D}/u_max_H`, 0.050001]],
  ['rule-proof-within-epoch', `${D}/u_max_M`, [], ['params', `${D}/u_max_M`, 0.050001]],
  ['rule-guard-before-limiter', '/fast_elevation/delta_fast', [], ['params', `${D}/delta_max_H`, 0.02]],
  ['rule-guard-before-limiter', '/fast_elevation/delta_fast', [], ['params', `${D}/delta_max_M`, 0.02]],
  ['rule-start-under-maximum', `${D}/T0_M`, [], ['params', `${D}/T0_M`, 0.950001]],
  ['rule-floor-under-start', '/trust_floors/T_floor_H', [], ['params', '/trust_floors/T_floor_H', 0.500001]],
  ['rule-identity-alone-no-vote', `${E}/tau_vote`, ['I-08'], ['params', `${D}/T0_H`, 0.7]],
  ['rule-identity-alone-no-vote', `${E}/tau_vote`, ['I-08'], ['params', `${E}/tau_vote`, 0.5]],
  ['rule-proposer-not-under-voter', `${E}/tau_prop`, [], ['params', `${E}/tau_prop`, 0.69]],
  ['rule-proposer-reachable', `${E}/tau_prop`, [], ['params', `${E}/tau_prop`, 0.96]],
  ['rule-reviewer-trust-rises', `${E}/tau_review/R1`, [], ['params', `${E}/tau_review/R0`, 0.31]],
  ['rule-reviewer-trust-rises', `${E}/tau_review/R2`, [], ['params', `${E}/tau_review/R2`, 0.29]],
  ['rule-reviewer-reachable', `${E}/tau_review/R2`, [], ['params', `${E}/tau_review/R2`, 0.96]],
  ['rule-tier-gain-rises', `${D}/tier_gain/R1`, ['I-02'], ['params', `${D}/tier_gain/R0`, 0.6]],
  ['rule-tier-gain-rises', `${D}/tier_gain/R2`, ['I-02'], ['params', `${D}/tier_gain/R2`, 0.4]],
  [
    'rule-return-not-above-start',
    '/machine_recertification/T_M_after_recert',
    ['I-05'],
    ['params', '/machine_recertification/T_M_after_recert', 0.51],
  ],

  [
    'rule-threshold-within-size',
    `${G}/G1_chambers/proposal/pass_threshold`,
    ['I-06'],
    ['params', `${G}/G1_chambers/proposal/pass_threshold`, 12],
  ],
  [
    'rule-threshold-within-size',
    `${G}/G1_chambers/ratification/pass_threshold`,
    ['I-06'],
    ['params', `${G}/G1_chambers/ratification/pass_threshold`, 18],
  ],
  [
    'rule-threshold-within-size',
    `${G}/G2_chambers/challenge/pass_threshold`,
    ['I-06'],
    ['params', `${G}/G2_chambers/challenge/pass_threshold`, 52],
  ],
  [
    'rule-chamber-supermajority',
    `${G}/G1_chambers/proposal/pass_threshold`,
    ['I-06'],
    ['params', `${G}/G1_chambers/proposal/pass_threshold`, 7],
  ],
  [
    'rule-chamber-supermajority',
    `${G}/G2_chambers/ratification/pass_threshold`,
    ['I-06'],
    ['params', `${G}/G2_chambers/ratification/pass_threshold`, 20],
  ],
  [
    'rule-chamber-supermajority',
    `${F}/chambers/challenge/pass_threshold`,
    ['I-06'],
    ['params', `${F}/chambers/challenge/pass_threshold`, 60],
    ['policy', `${R}/R3/chambers/challenge/pass_threshold`, 60],
  ],
  ['rule-chamber-fillable', `${F}/geo/c_max`, [], ['params', `${F}/geo/c_max`, 0.099]],
  [
    'rule-organizations-fit',
    `${G}/G1_geo/O_min`,
    [],
    ['params', `${G}/G1_geo/O_min`, 12],
    ['params', `${G}/G2_geo/O_min`, 12],
    ['params', `${F}/geo/O_min`, 12],
    ['policy', `${R}/R3/min_organizations`, 12],
  ],
  [
    'rule-quorum-holds-regions',
    `${G}/G1_fast_elevation/r_h`,
    [],
    ['params', `${G}/G1_fast_elevation/q_h`, 3],
    ['params', `${G}/G1_fast_elevation/r_h`, 4],
    ['params', `${G}/G2_fast_elevation/r_h`, 4],
    ['params', `${F}/fast_elevation/r_h`, 4],
  ],
  [
    'rule-quorum-holds-organizations',
    `${G}/G1_fast_elevation/o_h`,
    [],
    ['params', `${G}/G1_fast_elevation/q_h`, 3],
    ['params', `${G}/G1_fast_elevation/o_h`, 4],
    ['params', `${G}/G2_fast_elevation/o_h`, 4],
    ['params', `${F}/fast_elevation/o_h`, 4],
  ],
  [
    'rule-quorum-reachable',
    `${G}/G2_fast_elevation/q_h`,
    [],
    ['params', `${G}/G2_fast_elevation/q_h`, 501],
    ['params', `${F}/fast_elevation/q_h`, 502],
  ],
  ['rule-geography-tightens', `${G}/G2_geo/R_min`, ['I-15'], ['params', `${G}/G2_geo/R_min`, 3]],
  ['rule-geography-tightens', `${G}/G2_geo/c_max`, ['I-15'], ['params', `${G}/G2_geo/c_max`, 0.4]],
  [
    'rule-geography-tightens',
    `${F}/geo/R_min`,
    [],
    ['params', `${F}/geo/R_min`, 5],
    ['policy', `${R}/R3/min_regions`, 5],
  ],
  ['rule-geography-tightens', `${F}/geo/c_max`, [], ['params', `${F}/geo/c_max`, 0.25]],
  ['rule-organizations-tighten', `${G}/G2_geo/O_min`, [], ['params', `${G}/G2_geo/O_min`, 2]],
  [
    'rule-chambers-grow',
    `${G}/G2_chambers/proposal/size`,
    [],
    ['params', `${G}/G1_chambers/proposal/size`, 21],
    ['params', `${G}/G1_chambers/proposal/pass_threshold`, 14],
  ],
  ['rule-quorum-grows', `${F}/fast_elevation/q_h`, [], ['params', `${F}/fast_elevation/q_h`, 15]],
  ['rule-quorum-spreads', `${F}/fast_elevation/r_h`, [], ['params', `${F}/fast_elevation/r_h`, 2]],
  ['rule-quorum-spreads', `${F}/fast_elevation/o_h`, [], ['params', `${F}/fast_elevation/o_h`, 2]],
  [
    'rule-phase-thresholds-rise',
    `${G}/phase_thresholds/G1_max_humans`,
    ['I-14'],
    ['params', `${G}/phase_thresholds/G0_max_humans`, 500],
  ],
  [
    'rule-phase-thresholds-rise',
    `${G}/phase_thresholds/G2_max_humans`,
    ['I-14'],
    ['params', `${G}/phase_thresholds/G2_max_humans`, 500],
  ],
  ['rule-extension-not-longer', `${G}/G0_EXTENSION_DAYS`, ['I-10'], ['params', `${G}/G0_MAX_DAYS`, 179]],
  ['rule-g1-outlasts-g0', `${G}/G1_MAX_DAYS`, ['I-10'], ['params', `${G}/G1_MAX_DAYS`, 545]],
  ['rule-sponsors-hold-organizations', '/chambers/MIN_SPONSOR_ORGS', [], ['params', '/chambers/MIN_SPONSOR_ORGS', 4]],
  [
    'rule-vouchers-hold-organizations',
    '/identity/VERIFIER_VOUCH_ORGS',
    [],
    ['params', '/identity/VERIFIER_VOUCH_ORGS', 4],
  ],
  ['rule-recovery-not-easier', '/identity/RECOVERY_VOUCHES', ['I-08'], ['params', '/identity/RECOVERY_VOUCHES', 2]],
  ['rule-appeal-majority', '/appeals/PANEL_MAJORITY', ['I-22'], ['params', '/appeals/PANEL_SIZE', 6]],
  ['rule-appeal-majority', '/appeals/PANEL_MAJORITY', ['I-22'], ['params', '/appeals/PANEL_MAJORITY', 2]],
  ['rule-appeal-majority', '/appeals/PANEL_MAJORITY', ['I-22'], ['params', '/appeals/PANEL_MAJORITY', 6]],
  ['rule-appeal-panel-holds-regions', '/appeals/PANEL_REGIONS', [], ['params', '/appeals/PANEL_REGIONS', 6]],
  ['rule-appeal-panel-holds-organizations', '/appeals/PANEL_ORGS', [], ['params', '/appeals/PANEL_ORGS', 6]],
  [
    'rule-panel-holds-regions',
    '/normative_resolution/NORMATIVE_PANEL_REGIONS',
    [],
    ['params', '/normative_resolution/NORMATIVE_PANEL_REGIONS', 4],
    ['policy', '/normative_resolution/panel_min_regions', 4],
  ],
  [
    'rule-panel-holds-organizations',
    '/normative_resolution/NORMATIVE_PANEL_ORGS',
    [],
    ['params', '/normative_resolution/NORMATIVE_PANEL_ORGS', 4],
    ['policy', '/normative_resolution/panel_min_organizations', 4],
  ],
  [
    'rule-panel-decides',
    '/normative_resolution/NORMATIVE_PANEL_SIZE',
    ['I-21'],
    ['params', '/normative_resolution/NORMATIVE_PANEL_SIZE', 4],
    ['policy', '/normative_resolution/panel_size', 4],
  ],
  [
    'rule-entrenched-not-easier',
    '/entrenched/chamber_share',
    ['I-06'],
    ['params', `${F}/chambers/proposal/pass_threshold`, 33],
    ['policy', `${R}/R3/chambers/proposal/pass_threshold`, 33],
  ],
  [
    'rule-council-conditional-under-approve',
    '/council/CONDITIONAL_MIN',
    [],
    ['params', '/council/CONDITIONAL_MIN', 0.75],
  ],

  [
    'rule-anchors-tighten',
    '/commitment_tiers/C1_L1_anchor_interval_hours',
    ['I-27'],
    ['params', '/commitment_tiers/C1_L1_anchor_interval_hours', 24],
  ],
  [
    'rule-epoch-within-anchor',
    '/commitment_tiers/EPOCH_HOURS',
    ['I-25'],
    ['params', '/commitment_tiers/EPOCH_HOURS', 6],
    ['params', '/commitment_tiers/C1_L1_anchor_interval_hours', 5],
  ],
  [
    'rule-tier-thresholds-rise',
    '/commitment_tiers/C1_max_humans',
    ['I-28'],
    ['params', '/commitment_tiers/C1_max_humans', 500],
  ],
  ['rule-committee-two-thirds', '/commitment_committee/t', ['I-07'], ['params', '/commitment_committee/t', 9]],
  ['rule-committee-two-thirds', '/commitment_committee/t', ['I-07'], ['params', '/commitment_committee/n', 16]],
  [
    'rule-committee-threshold-within-size',
    '/commitment_committee/t',
    ['I-07'],
    ['params', '/commitment_committee/t', 16],
  ],
  [
    'rule-committee-holds-regions',
    '/commitment_committee/min_regions',
    [],
    ['params', '/commitment_committee/n', 4],
    ['params', '/commitment_committee/t', 3],
    ['params', '/commitment_committee/min_regions', 5],
  ],
  [
    'rule-terms-overlap-within-key',
    '/commitment_committee/TERM_OVERLAP_DAYS',
    [],
    ['params', '/key_management/KEY_ROTATION_DAYS', 30],
  ],

  ['rule-approvals-within-reviewers', `${R}/R1/approvals_required`, [], ['policy', `${R}/R1/approvals_required`, 3]],
  ['rule-approval-share', `${R}/R0/approvals_required`, [], ['policy', `${R}/R0/reviewers_required`, 2]],
  ['rule-approval-share', `${R}/R1/approvals_required`, [], ['policy', `${R}/R1/reviewers_required`, 3]],
  ['rule-approval-share', `${R}/R2/approvals_required`, [], ['policy', `${R}/R2/reviewers_required`, 6]],
  [
    'rule-review-holds-spread',
    `${R}/R0/min_regions`,
    [],
    ['policy', `${R}/R0/min_regions`, 2],
    ['policy', `${R}/R1/min_regions`, 2],
  ],
  ['rule-review-holds-spread', `${R}/R2/min_organizations`, [], ['policy', `${R}/R2/min_organizations`, 5]],
  [
    'rule-tiers-tighten',
    `${R}/R1/min_method_types`,
    [],
    ['policy', `${R}/R0/reviewers_required`, 2],
    ['policy', `${R}/R0/approvals_required`, 2],
    ['policy', `${R}/R0/min_method_types`, 2],
  ],
  [
    'rule-tiers-tighten',
    `${R}/R2/approvals_required`,
    [],
    ['policy', `${R}/R1/reviewers_required`, 5],
    ['policy', `${R}/R1/approvals_required`, 5],
  ],

  ['rule-genome-weights-sum', `${Λ}/modes/0/weights/Λ`, [], ['genome', `${Λ}/modes/0/weights/R`, 0.41]],
  ['rule-genome-weights-sum', `${Λ}/modes/4/weights/Λ`, [], ['genome', `${Λ}/modes/4/weights/Λ`, 0.100001]],
  [
    'rule-genome-mode-forward',
    `${Λ}/modes/1/theta/1`,
    [],
    ['genome', `${Λ}/modes/1/theta/1`, 0.3],
    ['genome', `${Λ}/modes/2/theta/0`, 0.3],
  ],
  ['rule-genome-modes-cover', `${Λ}/modes/0/theta/0`, [], ['genome', `${Λ}/modes/0/theta/0`, 0.1]],
  ['rule-genome-modes-cover', `${Λ}/modes/3/theta/0`, [], ['genome', `${Λ}/modes/3/theta/0`, 0.699999]],
  ['rule-genome-modes-cover', `${Λ}/modes/4/theta/1`, [], ['genome', `${Λ}/modes/4/theta/1`, 0.99]],
  [
    'rule-genome-transition-default',
    `${Λ}/modes/1/weights/R`,
    [],
    ['genome', `${Λ}/modes/1/weights/R`, 0.25],
    ['genome', `${Λ}/modes/1/weights/B`, 0.25],
  ],

  [
    'rule-pointer-dangles',
    '/flagged_for_human_review/0',
    [],
    ['params', '/flagged_for_human_review/0', '/full_constitution/fast_elevation/q'],
  ],
  [
    'rule-pointer-dangles',
    '/entrenched/not_amendable/1',
    [],
    ['params', '/entrenched/not_amendable/-', '/constitutional_voting/w_X', 'add'],
  ],
]

/** The other side of each edge: the last value that still holds. */
const EDGES: readonly (readonly Change[])[] = [
  [
    ['params', `${G}/G1_geo/O_min`, 11],
    ['params', `${G}/G2_geo/O_min`, 11],
    ['params', `${F}/geo/O_min`, 11],
    ['policy', `${R}/R3/min_organizations`, 11],
  ],
  [
    ['params', `${F}/chambers/ratification/size`, 60],
    ['policy', `${R}/R3/chambers/ratification/size`, 60],
    ['params', `${F}/chambers/ratification/pass_threshold`, 48],
    ['policy', `${R}/R3/chambers/ratification/pass_threshold`, 48],
  ],
  [
    ['params', `${F}/chambers/challenge/size`, 100],
    ['policy', `${R}/R3/chambers/challenge/size`, 100],
    ['params', `${F}/chambers/challenge/pass_threshold`, 80],
    ['policy', `${R}/R3/chambers/challenge/pass_threshold`, 80],
  ],
  [
    ['params', '/trust_weights/w_Q', 0.7],
    ['params', '/trust_weights/w_R', 0.25],
  ],
  [['params', '/quality_gates/Q_min_M', 0.7]],
  [
    ['params', `${D}/beta_H`, 0.1],
    ['params', `${D}/alpha_H`, 0.05],
  ],
  [
    ['params', `${D}/beta_M`, 0.1],
    ['params', `${D}/alpha_M`, 0.05],
  ],
  [['params', `${D}/gamma_H`, 0.2]],
  [['params', `${D}/gamma_M`, 0.5]],
  [['params', `${D}/u_max_H`, 0.05]],
  [['params', `${D}/u_max_M`, 0.05]],
  [['params', `${D}/delta_max_H`, 0.020001]],
  [['params', `${D}/delta_max_M`, 0.020001]],
  [['params', `${D}/T0_M`, 0.95]],
  [['params', '/trust_floors/T_floor_H', 0.5]],
  [['params', `${D}/T0_H`, 0.699999]],
  [['params', `${E}/tau_prop`, 0.7]],
  [['params', `${E}/tau_prop`, 0.95]],
  [['params', `${E}/tau_review/R0`, 0.3]],
  [['params', `${E}/tau_review/R2`, 0.3]],
  [['params', `${E}/tau_review/R2`, 0.95]],
  [['params', `${D}/tier_gain/R0`, 0.5]],
  [['params', `${D}/tier_gain/R2`, 0.5]],
  [['params', '/machine_recertification/T_M_after_recert', 0.5]],
  [['params', `${G}/G1_chambers/proposal/pass_threshold`, 11]],
  [['params', `${G}/G1_chambers/challenge/pass_threshold`, 15]],
  [['params', `${F}/geo/c_max`, 0.09901]],
  [
    ['params', `${G}/G2_fast_elevation/q_h`, 500],
    ['params', `${F}/fast_elevation/q_h`, 501],
  ],
  [['params', `${G}/G1_geo/R_min`, 4]],
  [['params', `${G}/G2_geo/c_max`, 0.399999]],
  [['params', `${G}/G2_geo/O_min`, 3]],
  [
    ['params', `${G}/G1_chambers/proposal/size`, 20],
    ['params', `${G}/G1_chambers/proposal/pass_threshold`, 14],
  ],
  [['params', `${F}/fast_elevation/q_h`, 16]],
  [
    ['params', `${G}/G1_fast_elevation/r_h`, 3],
    ['params', `${G}/G1_fast_elevation/o_h`, 3],
    ['params', `${G}/G1_fast_elevation/q_h`, 3],
  ],
  [['params', `${G}/phase_thresholds/G0_max_humans`, 499]],
  [['params', `${G}/phase_thresholds/G2_max_humans`, 501]],
  [['params', `${G}/G0_MAX_DAYS`, 180]],
  [['params', `${G}/G1_MAX_DAYS`, 546]],
  [['params', '/chambers/MIN_SPONSOR_ORGS', 3]],
  [['params', '/identity/VERIFIER_VOUCH_ORGS', 3]],
  [['params', '/identity/RECOVERY_VOUCHES', 3]],
  [['params', '/appeals/PANEL_MAJORITY', 5]],
  [['params', '/appeals/PANEL_REGIONS', 5]],
  [['params', '/appeals/PANEL_ORGS', 5]],
  [
    ['params', '/normative_resolution/NORMATIVE_PANEL_REGIONS', 3],
    ['policy', '/normative_resolution/panel_min_regions', 3],
  ],
  [
    ['params', '/normative_resolution/NORMATIVE_PANEL_ORGS', 3],
    ['policy', '/normative_resolution/panel_min_organizations', 3],
  ],
  [
    ['params', `${F}/chambers/proposal/size`, 40],
    ['policy', `${R}/R3/chambers/proposal/size`, 40],
    ['params', `${F}/chambers/proposal/pass_threshold`, 32],
    ['policy', `${R}/R3/chambers/proposal/pass_threshold`, 32],
  ],
  [['params', '/council/CONDITIONAL_MIN', 0.749]],
  [['params', '/commitment_tiers/C1_L1_anchor_interval_hours', 23]],
  [['params', '/commitment_tiers/EPOCH_HOURS', 6]],
  [['params', '/commitment_tiers/C1_max_humans', 501]],
  [['params', '/commitment_committee/t', 15]],
  [
    ['params', '/commitment_committee/n', 10],
    ['params', '/commitment_committee/min_regions', 10],
  ],
  [['params', '/key_management/KEY_ROTATION_DAYS', 31]],
  [
    ['policy', `${R}/R2/reviewers_required`, 10],
    ['policy', `${R}/R2/approvals_required`, 8],
  ],
  [['policy', `${R}/R2/min_organizations`, 4]],
  [
    ['policy', `${R}/R1/reviewers_required`, 4],
    ['policy', `${R}/R1/approvals_required`, 4],
  ],
  [
    ['genome', `${Λ}/modes/1/theta/1`, 0.300001],
    ['genome', `${Λ}/modes/2/theta/0`, 0.300001],
  ],
]

describe('rules between parameters', () => {
  for (const [code, path, invariants, ...changes] of ROWS) {
    test(`${code} is the one finding, at ${path}, for ${changes.map(([, at, value]) => `${at} = ${JSON.stringify(value)}`).join(', ')}`, () => {
      const loaded = loadConstitution(changedTexts(...changes))
      assert.ok(!loaded.ok)
      const [first, ...others] = loaded.error
      assert.deepEqual([first?.code, first?.path, first?.invariants], [code, path, invariants])
      // Weights that sum to one cannot differ in one place alone.
      assert.deepEqual(
        others.map((other) => other.code),
        code === 'rule-genome-transition-default' ? [code] : [],
      )
    })
  }

  for (const changes of EDGES) {
    test(`nothing is found for ${changes.map(([, at, value]) => `${at} = ${JSON.stringify(value)}`).join(', ')}`, () => {
      const loaded = loadConstitution(changedTexts(...changes))
      assert.deepEqual(loaded.ok ? [] : loaded.error, [])
    })
  }

  test('every rule has a row', () => {
    const tried = new Set(ROWS.map(([code]) => code))
    assert.deepEqual(
      [...new Set(RULES.map(({ code }) => code))].filter((code) => !tried.has(code)),
      [],
    )
  })

  test('a rule is silent where one of its places has a finding of its own', () => {
    const loaded = loadConstitution(changedTexts(['params', '/commitment_committee/n', '15']))
    assert.ok(!loaded.ok)
    assert.deepEqual(loaded.error, [
      {
        code: 'parameter-wrong-type',
        document: 'params',
        path: '/commitment_committee/n',
        given: '15',
        required: 'integer >= 4, <= 64',
        invariants: ['I-07'],
      },
    ])
  })
})
