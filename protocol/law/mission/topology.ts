/**
 * The review topology of a mission: its tier's, or the stronger one that its owner asked for. More reviewers never
 * dilute the rule: the tier's share of approvals holds for them too (review/tally.ts).
 *
 * Source: spec 3.2; readings R3, R5.
 */
import type { Constitution } from '../constitution/constitution.ts'
import { weakerThan, type Topology, type TopologyDemand } from '../constitution/topology.ts'
import type { RequestedTopology } from './event.ts'
import { isScoped, type Mission } from './state.ts'

/** The demand in full: what it does not name is the tier's. */
function inFull(asked: RequestedTopology, tier: Topology): TopologyDemand {
  return {
    human_final_gate: tier.humanFinalGate,
    min_regions: tier.minRegions,
    min_organizations: tier.minOrganizations,
    min_model_families: tier.minModelFamilies,
    min_method_types: tier.minMethodTypes,
    ...asked,
  }
}

/** In what a requested topology is weaker than the tier's, or could never be met; undefined where it is neither. */
export function faultOfTopology(asked: RequestedTopology, tier: Topology): { field: string } | undefined {
  const demand = inFull(asked, tier)
  const weaker = weakerThan(demand, tier)
  if (weaker !== undefined) return { field: weaker }
  const { reviewers, approvals, min_regions, min_organizations, min_model_families, min_method_types } = demand
  const beyond = [approvals, min_regions, min_organizations, min_model_families, min_method_types]
  return tier.constitutionalFlow || beyond.some((seats) => seats > reviewers) ? { field: 'reviewers' } : undefined
}

/** What the mission's reviews must meet, or undefined before it has a scope. */
export function topologyOfMission(
  mission: Mission | undefined,
  constitution: Pick<Constitution, 'topologyOf'>,
): Topology | undefined {
  if (!isScoped(mission)) return undefined
  const tier = constitution.topologyOf(mission.tier)
  const asked = mission.scope.topology
  if (tier === undefined || asked === undefined) return tier
  const demand = inFull(asked, tier)
  return {
    ...tier,
    reviewers: demand.reviewers,
    approvals: demand.approvals,
    minRegions: demand.min_regions,
    minOrganizations: demand.min_organizations,
    minModelFamilies: demand.min_model_families,
    minMethodTypes: demand.min_method_types,
    humanFinalGate: demand.human_final_gate,
  }
}
