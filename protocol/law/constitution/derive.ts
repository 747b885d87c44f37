/**
 * From accepted figures to the value that the law reads: the one place where a parameter's name meets its use.
 *
 * Every path read here exists in the schema; a wrong one is a Fault `figure-absent`, met by every test that
 * loads a constitution.
 */
import { Fault } from '../../wire/fault.ts'
import type { Digest } from '../../wire/sha256.ts'
import type {
  CommitmentTierId,
  CommitmentTierRules,
  Constitution,
  ConstitutionDocuments,
  MethodType,
  PhaseId,
  PhaseRules,
  Weights,
} from './constitution.ts'
import { ratioOfMillionths, type Ratio } from './decimal.ts'
import { freeze } from './freeze.ts'
import type { Exact } from './schema/kind.ts'
import { MODES } from './schema/genome.ts'
import { TIERS, type TierId } from './schema/policy.ts'
import type { Figures } from './schema/tree.ts'
import type { Chambers, ElevationQuorum, Geography, Topology } from './topology.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Reader = ReturnType<typeof readerOf>

export function derive(figures: Figures, documents: ConstitutionDocuments, hash: Digest): Constitution {
  const read = readerOf(figures)
  const { number, days, hours, ratio, names } = read
  const both = (section: string, human: string, machine = human) => ({
    human: number(`params/${section}/${human}_H`),
    machine: number(`params/${section}/${machine}_M`),
  })
  const dynamics = (key: string) => both('trust_dynamics', key)
  const perTier = (section: string) => ({
    R0: number(`params/${section}/R0`),
    R1: number(`params/${section}/R1`),
    R2: number(`params/${section}/R2`),
  })
  const topologies = topologiesOf(read)
  const classes = classesOf(figures)
  const phases = phasesOf(read)
  const review = perTier('eligibility/tau_review')

  return freeze({
    hash,
    documents,
    initialTrust: dynamics('T0'),
    eligibility: {
      vote: number('params/eligibility/tau_vote'),
      propose: number('params/eligibility/tau_prop'),
      review,
    },
    trust: {
      weights: {
        quality: number('params/trust_weights/w_Q'),
        reliability: number('params/trust_weights/w_R'),
        volume: number('params/trust_weights/w_V'),
      },
      qualityGate: both('quality_gates', 'Q_min'),
      floor: both('trust_floors', 'T_floor'),
      max: dynamics('T_abs_max'),
      capDeviations: ratio('params/trust_dynamics/k_H'),
      capMinSpread: number('params/trust_dynamics/sigma_min_H'),
      alpha: dynamics('alpha'),
      gainPerProofMax: dynamics('u_max'),
      severeFailure: dynamics('beta'),
      minorFailure: dynamics('gamma'),
      gainPerEpochMax: dynamics('delta_max'),
      dormancyGraceMs: days('params/trust_dynamics/dormancy_grace_days_H'),
      dormancyPerDay: number('params/trust_dynamics/dormancy_decay_per_day_H'),
      agePerDay: number('params/trust_dynamics/lambda_age_per_day'),
      drift: number('params/trust_dynamics/lambda_drift'),
      slowGainMax: number('params/trust_dynamics/delta_slow'),
      slowWindowMs: days('params/trust_dynamics/delta_slow_window_days'),
      tierGain: perTier('trust_dynamics/tier_gain'),
      fastElevation: number('params/fast_elevation/delta_fast'),
    },
    machines: {
      recertification: {
        correctnessMin: number('params/machine_recertification/RECERT_CORRECTNESS_MIN'),
        severeErrorsMax: number('params/machine_recertification/RECERT_SEVERE_ERR_MAX'),
        reproducibilityMin: number('params/machine_recertification/RECERT_REPRO_MIN'),
        signatures: number('params/machine_recertification/RECERT_REVIEW_SIGS'),
        probationTasks: number('params/machine_recertification/RECERT_PROBATION_TASKS'),
        trustAfter: number('params/machine_recertification/T_M_after_recert'),
        extendedProbationFactor: number('params/machine_recertification/extended_probation_factor'),
      },
      decommission: {
        zeroTrustMs: days('params/machine_decommission/M_ZERO_DECOMMISSION_DAYS'),
        failures: number('params/machine_decommission/M_RECERT_FAIL_MAX'),
        failureWindowMs: days('params/machine_decommission/M_RECERT_FAIL_WINDOW_DAYS'),
      },
    },
    phases,
    chambers: {
      votingMs: days('params/chambers/VOTING_WINDOW_DAYS'),
      challengeMs: days('params/chambers/CHALLENGE_WINDOW_DAYS'),
      seatingDisputeMs: hours('params/chambers/SEATING_DISPUTE_WINDOW_HOURS'),
      ballotDemandMs: hours('params/chambers/BALLOT_DEMAND_HOURS'),
      sponsors: number('params/chambers/MIN_SPONSORS'),
      sponsorOrganizations: number('params/chambers/MIN_SPONSOR_ORGS'),
      beaconDelayRounds: number('params/chambers/BEACON_DELAY_ROUNDS'),
      captureShare: ratio('params/chambers/CAPTURE_SHARE'),
      captureMax: number('params/chambers/CAPTURE_MAX'),
      regionMinMembers: number('params/chambers/REGION_MIN_MEMBERS'),
      regionShareFactor: ratio('params/chambers/REGION_SHARE_FACTOR'),
      lapseParticipation: ratio('params/chambers/LAPSE_PARTICIPATION'),
    },
    identity: {
      vouches: number('params/identity/VERIFIER_VOUCHES'),
      vouchOrganizations: number('params/identity/VERIFIER_VOUCH_ORGS'),
      vouchesPer90Days: number('params/identity/VOUCHES_PER_90_DAYS'),
      ageMs: days('params/identity/IDENTITY_AGE_DAYS'),
      recoveryVouches: number('params/identity/RECOVERY_VOUCHES'),
      recoveryMs: days('params/identity/RECOVERY_DAYS'),
      recoveryDrawBanMs: days('params/identity/RECOVERY_DRAW_BAN_DAYS'),
    },
    appeals: {
      windowMs: days('params/appeals/APPEAL_WINDOW_DAYS'),
      responseMs: hours('params/appeals/RESPONSE_HOURS'),
      panel: {
        size: number('params/appeals/PANEL_SIZE'),
        majority: number('params/appeals/PANEL_MAJORITY'),
        regions: number('params/appeals/PANEL_REGIONS'),
        organizations: number('params/appeals/PANEL_ORGS'),
      },
    },
    entrenched: {
      provisions: names('params/entrenched/provisions'),
      notAmendable: names('params/entrenched/not_amendable'),
      chamberShare: ratio('params/entrenched/chamber_share'),
      coolingOffMs: days('params/entrenched/cooling_off_days'),
    },
    epochMs: hours('params/commitment_tiers/EPOCH_HOURS'),
    commitmentTiers: commitmentTiersOf(read),
    committee: {
      members: number('params/commitment_committee/n'),
      threshold: number('params/commitment_committee/t'),
      minRegions: number('params/commitment_committee/min_regions'),
      stallMs: days('params/commitment_committee/COMMITTEE_STALL_DAYS'),
      termOverlapMs: days('params/commitment_committee/TERM_OVERLAP_DAYS'),
    },
    keyRotationMs: days('params/key_management/KEY_ROTATION_DAYS'),
    inclusionMs: hours('params/ledger/INCLUSION_HOURS'),
    methodTypes: names('params/reviewer_heterogeneity/valid_method_types') as readonly MethodType[],
    domainTypes: names('params/normative_resolution/valid_domain_types'),
    normative: {
      agreementPermille: number('params/normative_resolution/NORMATIVE_AGREEMENT_THRESHOLD'),
      panel: {
        size: number('params/normative_resolution/NORMATIVE_PANEL_SIZE'),
        regions: number('params/normative_resolution/NORMATIVE_PANEL_REGIONS'),
        organizations: number('params/normative_resolution/NORMATIVE_PANEL_ORGS'),
      },
    },
    reviews: {
      beaconRounds: number('params/reviews/REVIEW_BEACON_ROUNDS'),
      windowMs: hours('params/reviews/REVIEW_WINDOW_HOURS'),
      revealMs: hours('params/reviews/REVEAL_WINDOW_HOURS'),
      revalidationMs: days('params/reviews/REVALIDATION_WINDOW_DAYS'),
      adjudicationMs: days('params/reviews/ADJUDICATION_WINDOW_DAYS'),
    },
    finalGate: {
      approvalsPerDay: number('params/final_gate/APPROVALS_PER_DAY_MAX'),
      approvalDeadlineMs: days('params/final_gate/APPROVAL_DEADLINE_DAYS'),
    },
    council: {
      minGapSessions: number('params/council/MIN_GAP_SESSIONS'),
      maxPending: number('params/council/MAX_PENDING'),
      ttlSessions: number('params/council/TTL_SESSIONS'),
      approvePermille: number('params/council/APPROVE_MIN'),
      conditionalPermille: number('params/council/CONDITIONAL_MIN'),
      quorum: number('params/council/QUORUM'),
    },
    genome: genomeOf(read),
    topologies,
    classes,
    flagged: names('params/flagged_for_human_review'),

    tierOfClass: (missionClass) => own(classes, missionClass),
    topologyOf: (tier) => own(topologies, tier),
    reviewThreshold: (tier) => own(review, tier),
    phaseRules: (phase) => own(phases.rules, phase),
  })
}

function readerOf(figures: Figures) {
  const get = (path: string): Exact => {
    const figure = figures.get(path)
    if (figure === undefined) throw new Fault('figure-absent', { path })
    return figure.exact
  }
  const number = (path: string): number => {
    const value = get(path)
    if (typeof value !== 'number') throw new Fault('figure-not-a-number', { path })
    return value
  }
  return {
    number,
    days: (path: string): number => number(path) * DAY_MS,
    hours: (path: string): number => number(path) * HOUR_MS,
    ratio: (path: string): Ratio => ratioOfMillionths(number(path)),
    flag: (path: string): boolean => get(path) === true,
    names: (path: string): readonly string[] => {
      const value = get(path)
      if (!Array.isArray(value)) throw new Fault('figure-not-a-list', { path })
      return value as readonly string[]
    },
  }
}

function topologiesOf({ number, flag }: Reader): { readonly [tier in TierId]: Topology } {
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

function classesOf(figures: Figures): { readonly [missionClass: string]: TierId } {
  const section = 'policy/mission_class_to_tier/'
  const mapped = [...figures].filter(([path]) => path.startsWith(section))
  return Object.fromEntries(mapped.map(([path, { exact }]) => [path.slice(section.length), exact as TierId]))
}

function phasesOf({ number, days, ratio }: Reader): Constitution['phases'] {
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

function commitmentTiersOf({ number, hours }: Reader): { readonly [tier in CommitmentTierId]: CommitmentTierRules } {
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

function genomeOf({ number }: Reader): Constitution['genome'] {
  const root = 'genome/Λ-genome'
  const weights = (path: string): Weights => ({
    R: number(`${path}/R`),
    B: number(`${path}/B`),
    E: number(`${path}/E`),
    O: number(`${path}/O`),
    Λ: number(`${path}/Λ`),
  })
  return {
    weights: weights(`${root}/weights`),
    modes: MODES.map((name, i) => ({
      name,
      from: number(`${root}/modes/${i}/theta/0`),
      to: number(`${root}/modes/${i}/theta/1`),
      weights: weights(`${root}/modes/${i}/weights`),
    })),
  }
}

/** A lookup by a key from outside: own keys only, so that `constructor` and `__proto__` are as unknown as any word. */
function own<T>(table: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
