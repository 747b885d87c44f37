/**
 * From accepted figures to the value that the law reads: the one place where a parameter's name meets its use.
 *
 * Every path read here exists in the schema; a wrong one is a Fault `figure-absent`, met by every test that
 * loads a constitution.
 */
import type { Digest } from '../../../wire/sha256.ts'
import type { Constitution, ConstitutionDocuments, MethodType } from '../constitution.ts'
import { freeze } from '../freeze.ts'
import type { Figures } from '../schema/tree.ts'
import { commitmentTiersOf } from './commitment-tiers.ts'
import { genomeOf } from './genome.ts'
import { phasesOf } from './phases.ts'
import { readerOf } from './reader.ts'
import { classesOf, topologiesOf } from './topologies.ts'

export function derive(figures: Figures, documents: ConstitutionDocuments, hash: Digest): Constitution {
  const read = readerOf(figures)
  const { number, days, hours, ratio, names } = read
  const both = (section: string, key: string) => ({
    human: number(`params/${section}/${key}_H`),
    machine: number(`params/${section}/${key}_M`),
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

/** A lookup by a key from outside: own keys only, so that `constructor` and `__proto__` are as unknown as any word. */
function own<T>(table: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
