/** Rules between the parameters of proposals, identities, appeals and entrenchment. Source: spec 3.5, 3.6, 5.2 to 5.6, 9; I-06, I-08, I-21, I-22. */
import { ONE } from '../decimal.ts'
import { CHAMBERS } from '../schema/policy.ts'
import { above, notAbove, notBelow, rule, type Rule } from './rule.ts'

const chambers = (key: string) => `params/chambers/${key}`
const identity = (key: string) => `params/identity/${key}`
const appeals = (key: string) => `params/appeals/${key}`
const normative = (key: string) => `params/normative_resolution/${key}`
const council = (key: string) => `params/council/${key}`

export const GOVERNMENT_RULES: readonly Rule[] = [
  rule(
    'rule-sponsors-hold-organizations',
    'MIN_SPONSOR_ORGS <= MIN_SPONSORS',
    [chambers('MIN_SPONSORS'), chambers('MIN_SPONSOR_ORGS')],
    notBelow,
  ),
  rule(
    'rule-vouchers-hold-organizations',
    'VERIFIER_VOUCH_ORGS <= VERIFIER_VOUCHES',
    [identity('VERIFIER_VOUCHES'), identity('VERIFIER_VOUCH_ORGS')],
    notBelow,
  ),
  rule(
    'rule-recovery-not-easier',
    'RECOVERY_VOUCHES >= VERIFIER_VOUCHES',
    [identity('VERIFIER_VOUCHES'), identity('RECOVERY_VOUCHES')],
    notAbove,
    'I-08',
  ),
  rule(
    'rule-appeal-majority',
    'PANEL_SIZE/2 < PANEL_MAJORITY <= PANEL_SIZE',
    [appeals('PANEL_SIZE'), appeals('PANEL_MAJORITY')],
    (size = NaN, majority = NaN) => 2 * majority > size && majority <= size,
    'I-22',
  ),
  rule(
    'rule-appeal-panel-holds-regions',
    'PANEL_REGIONS <= PANEL_SIZE',
    [appeals('PANEL_SIZE'), appeals('PANEL_REGIONS')],
    notBelow,
  ),
  rule(
    'rule-appeal-panel-holds-organizations',
    'PANEL_ORGS <= PANEL_SIZE',
    [appeals('PANEL_SIZE'), appeals('PANEL_ORGS')],
    notBelow,
  ),
  rule(
    'rule-panel-holds-regions',
    'NORMATIVE_PANEL_REGIONS <= NORMATIVE_PANEL_SIZE',
    [normative('NORMATIVE_PANEL_SIZE'), normative('NORMATIVE_PANEL_REGIONS')],
    notBelow,
  ),
  rule(
    'rule-panel-holds-organizations',
    'NORMATIVE_PANEL_ORGS <= NORMATIVE_PANEL_SIZE',
    [normative('NORMATIVE_PANEL_SIZE'), normative('NORMATIVE_PANEL_ORGS')],
    notBelow,
  ),
  rule(
    'rule-panel-decides',
    'NORMATIVE_PANEL_SIZE is odd',
    [normative('NORMATIVE_PANEL_SIZE')],
    (size = NaN) => size % 2 === 1,
    'I-21',
  ),
  rule(
    'rule-entrenched-not-easier',
    'chamber_share >= pass_threshold/size of every chamber of G3',
    [
      ...CHAMBERS.flatMap((id) => [
        `params/full_constitution/chambers/${id}/size`,
        `params/full_constitution/chambers/${id}/pass_threshold`,
      ]),
      'params/entrenched/chamber_share',
    ],
    (nP = NaN, kP = NaN, nR = NaN, kR = NaN, nC = NaN, kC = NaN, share = NaN) =>
      kP * ONE <= share * nP && kR * ONE <= share * nR && kC * ONE <= share * nC,
    'I-06',
  ),
  rule(
    'rule-council-conditional-under-approve',
    'CONDITIONAL_MIN < APPROVE_MIN',
    [council('APPROVE_MIN'), council('CONDITIONAL_MIN')],
    above,
  ),
]
