/** Rules between epochs, anchors, tiers, committee and keys. Source: spec 2.3 to 2.5, 5.6; I-07, I-25, I-27, I-28. */
import { above, below, notBelow, rule, type Rule } from './rule.ts'

const tiers = (key: string) => `params/commitment_tiers/${key}`
const committee = (key: string) => `params/commitment_committee/${key}`

export const COMMITMENT_RULES: readonly Rule[] = [
  rule(
    'rule-anchors-tighten',
    'C1 interval < C0 interval',
    [tiers('C0_L1_anchor_interval_hours'), tiers('C1_L1_anchor_interval_hours')],
    above,
    'I-27',
  ),
  rule(
    'rule-epoch-within-anchor',
    'EPOCH_HOURS <= C1 interval',
    [tiers('C1_L1_anchor_interval_hours'), tiers('EPOCH_HOURS')],
    notBelow,
    'I-25',
  ),
  rule(
    'rule-tier-thresholds-rise',
    'C0_max_humans < C1_max_humans',
    [tiers('C0_max_humans'), tiers('C1_max_humans')],
    below,
    'I-28',
  ),
  rule(
    'rule-committee-two-thirds',
    't >= ceil(2n/3)',
    [committee('n'), committee('t')],
    (n = NaN, t = NaN) => 3 * t >= 2 * n,
    'I-07',
  ),
  rule('rule-committee-threshold-within-size', 't <= n', [committee('n'), committee('t')], notBelow, 'I-07'),
  rule('rule-committee-holds-regions', 'min_regions <= n', [committee('n'), committee('min_regions')], notBelow),
  rule(
    'rule-terms-overlap-within-key',
    'TERM_OVERLAP_DAYS < KEY_ROTATION_DAYS',
    ['params/key_management/KEY_ROTATION_DAYS', committee('TERM_OVERLAP_DAYS')],
    above,
  ),
]
