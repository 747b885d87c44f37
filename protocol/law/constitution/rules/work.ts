/** Rules between the demands of the risk tiers. Source: spec 3.2; I-16 … I-18. */
import { notAbove, notBelow, rule, type Rule } from './rule.ts'

const tier = (id: string, key: string) => `policy/risk_tiers/${id}/${key}`

/** What a stronger tier never demands less of. */
const RISING = [
  'reviewers_required',
  'approvals_required',
  'min_regions',
  'min_organizations',
  'min_model_families',
  'min_method_types',
]

/** What the reviewers of one task must have room for. */
const SPREADS = ['min_regions', 'min_organizations', 'min_model_families', 'min_method_types']

function within(id: 'R0' | 'R1' | 'R2', numerator: number, denominator: number): readonly Rule[] {
  const reviewers = tier(id, 'reviewers_required')
  const approvals = tier(id, 'approvals_required')
  return [
    rule(
      'rule-approvals-within-reviewers',
      'approvals_required <= reviewers_required',
      [reviewers, approvals],
      notBelow,
    ),
    rule(
      'rule-approval-share',
      `approvals_required/reviewers_required >= ${numerator}/${denominator}`,
      [reviewers, approvals],
      (n = NaN, k = NaN) => denominator * k >= numerator * n,
    ),
    // Diversity holds over the approving reviewers too, so it is they who must have room for it.
    ...SPREADS.map((key) =>
      rule('rule-review-holds-spread', `${key} <= approvals_required`, [approvals, tier(id, key)], notBelow),
    ),
  ]
}

export const WORK_RULES: readonly Rule[] = [
  ...within('R0', 1, 1),
  ...within('R1', 1, 1),
  ...within('R2', 4, 5),
  ...RISING.flatMap((key) => [
    rule('rule-tiers-tighten', `${key}: R0 <= R1`, [tier('R0', key), tier('R1', key)], notAbove),
    rule('rule-tiers-tighten', `${key}: R1 <= R2`, [tier('R1', key), tier('R2', key)], notAbove),
  ]),
]
