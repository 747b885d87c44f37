/** The cadence of each commitment tier. Source: spec 2.4; readings C1, C3. */
import type { CommitmentTierId, CommitmentTierRules } from '../constitution.ts'
import type { Reader } from './reader.ts'

export function commitmentTiersOf({ number, hours }: Reader): {
  readonly [tier in CommitmentTierId]: CommitmentTierRules
} {
  const at = (key: string) => `params/commitment_tiers/${key}`
  return {
    C0: { tier: 'C0', fromHumans: 0, anchorEveryMs: hours(at('C0_L1_anchor_interval_hours')) },
    C1: {
      tier: 'C1',
      fromHumans: number(at('C0_max_humans')),
      anchorEveryMs: hours(at('C1_L1_anchor_interval_hours')),
    },
    C2: { tier: 'C2', fromHumans: number(at('C1_max_humans')), anchorEveryMs: hours(at('EPOCH_HOURS')) },
  }
}
