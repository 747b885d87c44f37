/** The rules of each genesis phase, the full constitution being the last of them. Source: spec 5.1. */
import type { Constitution, PhaseId, PhaseRules } from '../constitution.ts'
import { TIERS } from '../schema/policy.ts'
import type { Chambers, ElevationQuorum, Geography } from '../topology.ts'
import type { Reader } from './reader.ts'

export function phasesOf({ number, days, ratio }: Reader): Constitution['phases'] {
  const chambers = (section: string): Chambers => {
    const chamber = (id: string) => ({
      size: number(`params/${section}/${id}/size`),
      passThreshold: number(`params/${section}/${id}/pass_threshold`),
    })
    return { proposal: chamber('proposal'), ratification: chamber('ratification'), challenge: chamber('challenge') }
  }
  const geography = (section: string): Geography => ({
    minRegions: number(`params/${section}/R_min`),
    regionCap: ratio(`params/${section}/c_max`),
    minOrganizations: number(`params/${section}/O_min`),
  })
  const elevation = (section: string): ElevationQuorum => ({
    humans: number(`params/${section}/q_h`),
    regions: number(`params/${section}/r_h`),
    organizations: number(`params/${section}/o_h`),
  })
  const start: { readonly [phase in PhaseId]: number } = {
    G0: 0,
    G1: number('params/genesis/phase_thresholds/G0_max_humans'),
    G2: number('params/genesis/phase_thresholds/G1_max_humans'),
    G3: number('params/genesis/phase_thresholds/G2_max_humans'),
  }
  const g0MaxMs = days('params/genesis/G0_MAX_DAYS')
  const g1MaxMs = days('params/genesis/G1_MAX_DAYS')
  const chambered = (
    phase: 'G1' | 'G2' | 'G3',
    prefix: string,
    next: PhaseId | undefined,
    limitMs?: number,
  ): PhaseRules => ({
    phase,
    fromHumans: start[phase],
    untilHumans: next === undefined ? undefined : start[next],
    limitMs,
    chambers: chambers(`${prefix}chambers`),
    geography: geography(`${prefix}geo`),
    elevation: elevation(`${prefix}fast_elevation`),
    amendments: true,
    founderVeto: false,
    openTiers: TIERS,
  })
  const founding: PhaseRules = {
    phase: 'G0',
    fromHumans: start.G0,
    untilHumans: start.G1,
    limitMs: g0MaxMs,
    chambers: undefined,
    geography: undefined,
    elevation: undefined,
    amendments: false,
    founderVeto: true,
    openTiers: TIERS.filter((tier) => tier !== 'R3'),
  }
  return {
    g0MaxMs,
    g0ExtensionMs: days('params/genesis/G0_EXTENSION_DAYS'),
    g1MaxMs,
    ratificationMs: days('params/genesis/G0_RATIFICATION_WINDOW_DAYS'),
    rules: {
      G0: founding,
      G1: chambered('G1', 'genesis/G1_', 'G2', g1MaxMs),
      G2: chambered('G2', 'genesis/G2_', 'G3'),
      G3: chambered('G3', 'full_constitution/', undefined),
    },
  }
}
