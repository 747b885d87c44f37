/**
 * What a full set of revealed reviews amounts to.
 *
 * Approved needs all of: approvals ≥ the minimum, their share ≥ the tier's share, and the tier's diversity among those
 * who approved. A dispute goes to human adjudication whatever the quorum; so does low agreement on a question that is
 * not purely objective. There reviews are advice: what they approve is for humans to decide, at every tier.
 *
 * Source: spec 3.2, 3.5; readings R1–R5.
 */
import type { Topology } from '../constitution/topology.ts'
import { escalation } from './escalation.ts'
import type { Conclusion, ReviewRecord, SeatFacts } from './event.ts'

export type Reviewed = { readonly member: SeatFacts; readonly record: ReviewRecord; readonly dispute: boolean }

export type Tally = {
  readonly outcome: Conclusion
  readonly reason: string
  readonly approvals: number
  readonly seats: number
  /** Largest share of equal verdicts, in thousandths, rounded down. No review, no agreement. */
  readonly agreementPermille: number
}

export function tally(
  reviewed: readonly Reviewed[],
  topology: Topology,
  domainType: string,
  normativeThresholdPermille: number,
  /** Whose share of approvals must be reached: the tier's own, where the topology is a stronger one. */
  share: Pick<Topology, 'approvals' | 'reviewers'> = topology,
): Tally {
  const approving = reviewed.filter(({ record }) => record.verdict === 'approve' && record.counted)
  const agreementPermille = agreement(reviewed.map(({ record }) => record.verdict))
  const figures = { approvals: approving.length, seats: reviewed.length, agreementPermille }
  const disputed = reviewed.some(({ dispute }) => dispute)
  const escalated = escalation({ domainType, agreementPermille, disputed }, normativeThresholdPermille)
  if (escalated !== undefined) return { outcome: 'adjudication', reason: escalated, ...figures }
  const missing = missingForApproval(approving, reviewed.length, topology, share)
  if (missing !== undefined) return { outcome: 'rework', reason: missing, ...figures }
  if (domainType !== 'objective') return { outcome: 'adjudication', reason: 'normative', ...figures }
  return { outcome: 'approved', reason: 'quorum', ...figures }
}

function missingForApproval(
  approving: readonly Reviewed[],
  seats: number,
  topology: Topology,
  share: Pick<Topology, 'approvals' | 'reviewers'>,
): string | undefined {
  if (seats < topology.reviewers) return 'reviewers'
  if (approving.length < topology.approvals) return 'quorum'
  // Cross-multiplied, so that the share is exact: approvals / seats ≥ required / reviewers.
  if (approving.length * share.reviewers < share.approvals * seats) return 'share'
  const spread = diversity(approving.map(({ member }) => member))
  const short =
    spread.modelFamilies < topology.minModelFamilies ||
    spread.methodTypes < topology.minMethodTypes ||
    spread.regions < topology.minRegions ||
    spread.organizations < topology.minOrganizations
  return short ? 'diversity' : undefined
}

export function diversity(members: readonly SeatFacts[]) {
  return {
    modelFamilies: new Set(members.map((member) => member.model_family)).size,
    methodTypes: new Set(members.map((member) => member.method_type)).size,
    regions: new Set(members.map((member) => member.region)).size,
    organizations: new Set(members.map((member) => member.organization)).size,
  }
}

/** Largest share of equal verdicts, in thousandths, rounded down. */
export function agreement(verdicts: readonly string[]): number {
  if (verdicts.length === 0) return 0
  const counts = new Map<string, number>()
  for (const verdict of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return Math.floor((Math.max(...counts.values()) * 1000) / verdicts.length)
}
