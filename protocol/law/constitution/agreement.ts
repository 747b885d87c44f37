/**
 * Where two documents say the same thing, they say it with the same value (K2).
 *
 * Source: spec 12 K2; the pairs are those of spec 3.2, 3.5 and 5.1.
 */
import type { DocumentName, Finding, InvariantId } from './finding.ts'
import type { Exact } from './schema/kind.ts'
import { CHAMBERS } from './schema/policy.ts'
import type { Figures } from './schema/tree.ts'

/** The policy's place, the parameters' place, and the invariants at stake. */
type Pair = readonly [policy: string, params: string, ...invariants: InvariantId[]]

export const PAIRS: readonly Pair[] = [
  ...CHAMBERS.flatMap((chamber) =>
    ['size', 'pass_threshold'].map((key): Pair => [
      `/risk_tiers/R3/chambers/${chamber}/${key}`,
      `/full_constitution/chambers/${chamber}/${key}`,
      'I-06',
    ]),
  ),
  ['/risk_tiers/R3/min_regions', '/full_constitution/geo/R_min', 'I-06'],
  ['/risk_tiers/R3/min_organizations', '/full_constitution/geo/O_min', 'I-06'],
  ['/risk_tiers/R2/min_model_families', '/reviewer_heterogeneity/H_R2_MODEL_FAMILIES', 'I-16'],
  ['/risk_tiers/R2/min_method_types', '/reviewer_heterogeneity/H_R2_METHOD_TYPES', 'I-17'],
  ['/valid_domain_types', '/normative_resolution/valid_domain_types', 'I-24'],
  ['/normative_resolution/agreement_threshold', '/normative_resolution/NORMATIVE_AGREEMENT_THRESHOLD', 'I-21'],
  ['/normative_resolution/panel_size', '/normative_resolution/NORMATIVE_PANEL_SIZE', 'I-22'],
  ['/normative_resolution/panel_min_regions', '/normative_resolution/NORMATIVE_PANEL_REGIONS', 'I-22'],
  ['/normative_resolution/panel_min_organizations', '/normative_resolution/NORMATIVE_PANEL_ORGS', 'I-22'],
]

const POLICY: DocumentName = 'policy'

/** Pairs of which one side has no figure are silent: that side has a finding of its own. */
export function disagreements(figures: Figures): readonly Finding[] {
  return PAIRS.flatMap(([policy, params, ...invariants]): readonly Finding[] => {
    const here = figures.get(`policy${policy}`)
    const there = figures.get(`params${params}`)
    if (here === undefined || there === undefined || same(here.exact, there.exact)) return []
    return [
      {
        code: 'documents-disagree',
        document: POLICY,
        path: policy,
        given: here.written,
        required: `= params ${params} (${JSON.stringify(there.written)})`,
        invariants,
      },
    ]
  })
}

function same(a: Exact, b: Exact): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
