/** Risk tiers and the classes of mission that map to them. Source: spec 3.2. */
import type { TierId } from '../schema/policy.ts'
import type { Figures } from '../schema/tree.ts'
import type { Topology } from '../topology.ts'
import type { Reader } from './reader.ts'

export function topologiesOf({ number, flag }: Reader): { readonly [tier in TierId]: Topology } {
  const topology = (tier: TierId): Topology => {
    const at = (key: string) => `policy/risk_tiers/${tier}/${key}`
    return {
      tier,
      reviewers: number(at('reviewers_required')),
      approvals: number(at('approvals_required')),
      minModelFamilies: number(at('min_model_families')),
      minMethodTypes: number(at('min_method_types')),
      minRegions: number(at('min_regions')),
      minOrganizations: number(at('min_organizations')),
      humanFinalGate: flag(at('human_final_gate')),
      constitutionalFlow: flag(at('constitutional_flow')),
    }
  }
  return { R0: topology('R0'), R1: topology('R1'), R2: topology('R2'), R3: topology('R3') }
}

export function classesOf(figures: Figures): { readonly [missionClass: string]: TierId } {
  const section = 'policy/mission_class_to_tier/'
  const mapped = [...figures].filter(([path]) => path.startsWith(section))
  return Object.fromEntries(mapped.map(([path, { exact }]) => [path.slice(section.length), exact as TierId]))
}
