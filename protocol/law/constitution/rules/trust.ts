/** Rules between the parameters of trust. Source: spec 4; design tests D-03, D-04, D-21, D-22, D-25. */
import { ONE } from '../decimal.ts'
import { above, below, notAbove, notBelow, rule, type Rule } from './rule.ts'

const dynamics = (key: string) => `params/trust_dynamics/${key}`
const tau = (key: string) => `params/eligibility/${key}`

const perKind = (kind: 'H' | 'M'): readonly Rule[] => [
  rule(
    'rule-severe-outweighs-gain',
    'beta >= 2*alpha',
    [dynamics(`alpha_${kind}`), dynamics(`beta_${kind}`)],
    (alpha = NaN, beta = NaN) => beta >= 2 * alpha,
  ),
  rule('rule-severe-outweighs-minor', 'beta >= gamma', [dynamics(`gamma_${kind}`), dynamics(`beta_${kind}`)], notAbove),
  rule(
    'rule-proof-within-epoch',
    'u_max <= delta_max',
    [dynamics(`delta_max_${kind}`), dynamics(`u_max_${kind}`)],
    notBelow,
  ),
  rule(
    'rule-guard-before-limiter',
    'delta_fast < delta_max, or the limiter clips before the guard can speak',
    [dynamics(`delta_max_${kind}`), 'params/fast_elevation/delta_fast'],
    above,
  ),
  rule(
    'rule-start-under-maximum',
    'T0 <= T_abs_max',
    [dynamics(`T_abs_max_${kind}`), dynamics(`T0_${kind}`)],
    notBelow,
  ),
]

export const TRUST_RULES: readonly Rule[] = [
  rule(
    'rule-weights-sum',
    'w_Q + w_R + w_V = 1',
    ['params/trust_weights/w_Q', 'params/trust_weights/w_V', 'params/trust_weights/w_R'],
    (q = NaN, v = NaN, r = NaN) => q + v + r === ONE,
    'I-03',
  ),
  rule(
    'rule-machine-gate-not-lower',
    'Q_min_M >= Q_min_H',
    ['params/quality_gates/Q_min_H', 'params/quality_gates/Q_min_M'],
    notAbove,
    'I-02',
  ),
  ...perKind('H'),
  ...perKind('M'),
  rule('rule-floor-under-start', 'T_floor_H <= T0_H', [dynamics('T0_H'), 'params/trust_floors/T_floor_H'], notBelow),
  rule('rule-identity-alone-no-vote', 'T0_H < tau_vote', [dynamics('T0_H'), tau('tau_vote')], below, 'I-08'),
  rule('rule-proposer-not-under-voter', 'tau_prop >= tau_vote', [tau('tau_vote'), tau('tau_prop')], notAbove),
  rule('rule-proposer-reachable', 'tau_prop <= T_abs_max_H', [dynamics('T_abs_max_H'), tau('tau_prop')], notBelow),
  rule('rule-reviewer-trust-rises', 'tau_review R0 <= R1', [tau('tau_review/R0'), tau('tau_review/R1')], notAbove),
  rule('rule-reviewer-trust-rises', 'tau_review R1 <= R2', [tau('tau_review/R1'), tau('tau_review/R2')], notAbove),
  rule(
    'rule-reviewer-reachable',
    'tau_review R2 <= T_abs_max_M',
    [dynamics('T_abs_max_M'), tau('tau_review/R2')],
    notBelow,
  ),
  rule(
    'rule-tier-gain-rises',
    'tier_gain R0 <= R1',
    [dynamics('tier_gain/R0'), dynamics('tier_gain/R1')],
    notAbove,
    'I-02',
  ),
  rule(
    'rule-tier-gain-rises',
    'tier_gain R1 <= R2',
    [dynamics('tier_gain/R1'), dynamics('tier_gain/R2')],
    notAbove,
    'I-02',
  ),
  rule(
    'rule-return-not-above-start',
    'T_M_after_recert <= T0_M',
    [dynamics('T0_M'), 'params/machine_recertification/T_M_after_recert'],
    notBelow,
    'I-05',
  ),
]
