/** Rules within and between the genesis phases. Source: spec 5.1; I-06, I-09, I-10, I-14, I-15; D-08, D-09. */
import { floorOfShare, ratioOfMillionths } from '../decimal.ts'
import type { InvariantId } from '../finding.ts'
import { ELIGIBLE_REGIONS } from '../schema/phases.ts'
import { CHAMBERS } from '../schema/policy.ts'
import { above, below, notAbove, notBelow, rule, type Rule } from './rule.ts'

/** Where each phase's rules stand, from the loosest to the strictest. */
const PHASES = [
  { name: 'G1', prefix: 'params/genesis/G1_', from: 'params/genesis/phase_thresholds/G0_max_humans' },
  { name: 'G2', prefix: 'params/genesis/G2_', from: 'params/genesis/phase_thresholds/G1_max_humans' },
  { name: 'G3', prefix: 'params/full_constitution/', from: 'params/genesis/phase_thresholds/G2_max_humans' },
] as const

type Phase = (typeof PHASES)[number]

/** Share of the seats that carries: two thirds, and three fifths in the challenge chamber, whose pass lets an amendment stand. */
const SHARES = { proposal: [2, 3], ratification: [2, 3], challenge: [3, 5] } as const

function within({ prefix, from }: Phase): readonly Rule[] {
  const geo = (key: string) => `${prefix}geo/${key}`
  const quorum = (key: string) => `${prefix}fast_elevation/${key}`
  return [
    ...CHAMBERS.flatMap((chamber): readonly Rule[] => {
      const size = `${prefix}chambers/${chamber}/size`
      const pass = `${prefix}chambers/${chamber}/pass_threshold`
      const [numerator, denominator] = SHARES[chamber]
      return [
        rule('rule-threshold-within-size', 'pass_threshold <= size', [size, pass], notBelow, 'I-06'),
        rule(
          'rule-chamber-supermajority',
          `pass_threshold >= ceil(${numerator}*size/${denominator})`,
          [size, pass],
          (n = NaN, k = NaN) => denominator * k >= numerator * n,
          'I-06',
        ),
        rule(
          'rule-chamber-fillable',
          `${ELIGIBLE_REGIONS} * floor(c_max*size) >= size`,
          [size, geo('c_max')],
          (n = NaN, cap = NaN) => ELIGIBLE_REGIONS * floorOfShare(ratioOfMillionths(cap), n) >= n,
        ),
        rule('rule-organizations-fit', 'O_min <= size', [size, geo('O_min')], notBelow),
      ]
    }),
    rule('rule-quorum-holds-regions', 'r_h <= q_h', [quorum('q_h'), quorum('r_h')], notBelow),
    rule('rule-quorum-holds-organizations', 'o_h <= q_h', [quorum('q_h'), quorum('o_h')], notBelow),
    rule('rule-quorum-reachable', 'q_h <= humans at which the phase begins', [from, quorum('q_h')], notBelow),
  ]
}

function between(looser: Phase, stricter: Phase): readonly Rule[] {
  const both = (key: string) => [looser.prefix + key, stricter.prefix + key]
  const order = `${looser.name}, ${stricter.name}`
  const geography: readonly InvariantId[] = stricter.name === 'G2' ? ['I-15'] : []
  return [
    rule('rule-geography-tightens', `R_min rises: ${order}`, both('geo/R_min'), below, ...geography),
    rule('rule-geography-tightens', `c_max falls: ${order}`, both('geo/c_max'), above, ...geography),
    rule('rule-organizations-tighten', `O_min does not fall: ${order}`, both('geo/O_min'), notAbove),
    ...CHAMBERS.map((chamber) =>
      rule('rule-chambers-grow', `${chamber} size rises: ${order}`, both(`chambers/${chamber}/size`), below),
    ),
    rule('rule-quorum-grows', `q_h rises: ${order}`, both('fast_elevation/q_h'), below),
    rule('rule-quorum-spreads', `r_h does not fall: ${order}`, both('fast_elevation/r_h'), notAbove),
    rule('rule-quorum-spreads', `o_h does not fall: ${order}`, both('fast_elevation/o_h'), notAbove),
  ]
}

const genesis = (key: string) => `params/genesis/${key}`
export const PHASE_RULES: readonly Rule[] = [
  ...PHASES.flatMap(within),
  ...between(PHASES[0], PHASES[1]),
  ...between(PHASES[1], PHASES[2]),
  rule(
    'rule-phase-thresholds-rise',
    'G0_max_humans < G1_max_humans',
    [genesis('phase_thresholds/G0_max_humans'), genesis('phase_thresholds/G1_max_humans')],
    below,
    'I-14',
  ),
  rule(
    'rule-phase-thresholds-rise',
    'G1_max_humans < G2_max_humans',
    [genesis('phase_thresholds/G1_max_humans'), genesis('phase_thresholds/G2_max_humans')],
    below,
    'I-14',
  ),
  rule(
    'rule-extension-not-longer',
    'G0_EXTENSION_DAYS <= G0_MAX_DAYS',
    [genesis('G0_MAX_DAYS'), genesis('G0_EXTENSION_DAYS')],
    notBelow,
    'I-10',
  ),
  rule(
    'rule-g1-outlasts-g0',
    'G1_MAX_DAYS > G0_MAX_DAYS + G0_EXTENSION_DAYS',
    [genesis('G0_MAX_DAYS'), genesis('G0_EXTENSION_DAYS'), genesis('G1_MAX_DAYS')],
    (g0 = NaN, extension = NaN, g1 = NaN) => g1 > g0 + extension,
    'I-10',
  ),
]
