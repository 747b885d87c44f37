/**
 * Commitment tiers as pure functions: how often what happened is fixed on the settlement chain.
 *
 *     C0 (every 24 h) ──N ≥ 500──▶ C1 (every 6 h) ──N ≥ 5000──▶ C2 (every epoch)        never back, may jump
 *
 * Cryptographic strength is the same in all of them.
 * Later: due and overdue anchors and the events that are anchored at once stand with the anchors' law.
 * Source: spec 2.4; readings C1, C3, C6. Invariants: I-25, I-27, I-28.
 */
import type { CommitmentTierId, Constitution } from './constitution.ts'

export const COMMITMENT_TIER_ORDER = ['C0', 'C1', 'C2'] as const satisfies readonly CommitmentTierId[]

export function commitmentTierOf(constitution: Constitution, humans: number): CommitmentTierId {
  return COMMITMENT_TIER_ORDER.findLast((tier) => humans >= constitution.commitmentTiers[tier].fromHumans) ?? 'C0'
}

/** The tier in force after a count of humans: the stricter of the present one and the one that the count stands for. */
export function commitmentTierAfter(
  constitution: Constitution,
  tier: CommitmentTierId,
  humans: number,
): CommitmentTierId {
  const counted = commitmentTierOf(constitution, humans)
  return COMMITMENT_TIER_ORDER.indexOf(counted) > COMMITMENT_TIER_ORDER.indexOf(tier) ? counted : tier
}
