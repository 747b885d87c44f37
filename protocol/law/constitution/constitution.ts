/**
 * The constitution in force: one immutable value, passed to whoever decides.
 *
 * Units: `…Ms` milliseconds; trust and everything named `micro…` in millionths; `…Permille` in thousandths;
 * shares that bound a count as exact ratios; the rest are counts. Nothing here is a float.
 *
 * Shape: `{ hash: 'sha256:…', keyRotationMs: 7776000000, initialTrust: { human: 500000, machine: 500000 }, … }`.
 *
 * The names follow what a rule asks; `derive/` says which parameter each comes from, `schema/` what it means.
 * Source: spec 2.2 (hash), 4.1 (units), 5.1 (phases), 12 K1–K3.
 */
import type { Json } from '../../wire/canonical-json.ts'
import type { Digest } from '../../wire/sha256.ts'
import type { Ratio } from './decimal.ts'
import type { ModeName } from './schema/genome.ts'
import type { DomainType, MethodType } from './schema/work.ts'
import type { ChamberId, Chambers, ElevationQuorum, Geography, TierId, Topology } from './topology.ts'

export type { ChamberId, DomainType, MethodType, TierId, Topology }

/** The documents as they stand in the genesis entry: JSON texts, and the prose that belongs to them by name. */
export type ConstitutionTexts = {
  readonly params: string
  readonly policy: string
  readonly genome: string
  readonly texts: { readonly [name: string]: string }
}

export type ConstitutionDocuments = {
  readonly params: Json
  readonly policy: Json
  readonly genome: Json
  readonly texts: { readonly [name: string]: string }
}

export type PhaseId = 'G0' | 'G1' | 'G2' | 'G3'
export type CommitmentTierId = 'C0' | 'C1' | 'C2'

/** What holds in one genesis phase (spec 5.1). */
export type PhaseRules = {
  readonly phase: PhaseId
  /** Verified humans from which on the phase can begin. */
  readonly fromHumans: number
  /** Verified humans at which the next phase can begin; the last phase has none. */
  readonly untilHumans: number | undefined
  /** Time limit from genesis, without the extension; undefined where the phase has none. */
  readonly limitMs: number | undefined
  /** Undefined in G0: the founder is steward and no chamber exists. */
  readonly chambers: Chambers | undefined
  readonly geography: Geography | undefined
  /** Undefined in G0: a suspended gain waits for G1. */
  readonly elevation: ElevationQuorum | undefined
  readonly amendments: boolean
  readonly founderVeto: boolean
  readonly openTiers: readonly TierId[]
}

/** What holds in one commitment tier (spec 2.4). */
export type CommitmentTierRules = {
  readonly tier: CommitmentTierId
  readonly fromHumans: number
  /** In C2 the epochs themselves are on the settlement chain. */
  readonly anchorEveryMs: number
}

type Both = { readonly human: number; readonly machine: number }

export type Constitution = {
  /** SHA-256(JCS({params, policy, genome, texts})). */
  readonly hash: Digest
  readonly documents: ConstitutionDocuments

  /** Microtrust. */
  readonly initialTrust: Both
  readonly eligibility: {
    readonly vote: number
    readonly propose: number
    readonly review: { readonly [tier in Exclude<TierId, 'R3'>]: number }
  }
  readonly trust: {
    readonly weights: { readonly quality: number; readonly reliability: number; readonly volume: number }
    readonly qualityGate: Both
    readonly floor: Both
    readonly max: Both
    readonly capDeviations: Ratio
    readonly capMinSpread: number
    readonly alpha: Both
    readonly gainPerProofMax: Both
    readonly severeFailure: Both
    readonly minorFailure: Both
    readonly gainPerEpochMax: Both
    readonly dormancyGraceMs: number
    readonly dormancyPerDay: number
    readonly agePerDay: number
    readonly drift: number
    readonly slowGainMax: number
    readonly slowWindowMs: number
    readonly tierGain: { readonly [tier in Exclude<TierId, 'R3'>]: number }
    /** Rise within one epoch beyond which gain is suspended; exactly this much is not more. */
    readonly fastElevation: number
  }
  readonly machines: {
    readonly recertification: {
      readonly correctnessMin: number
      readonly severeErrorsMax: number
      readonly reproducibilityMin: number
      readonly signatures: number
      readonly probationTasks: number
      readonly trustAfter: number
      readonly extendedProbationFactor: number
    }
    readonly decommission: { readonly zeroTrustMs: number; readonly failures: number; readonly failureWindowMs: number }
  }

  readonly phases: {
    readonly g0MaxMs: number
    readonly g0ExtensionMs: number
    readonly g1MaxMs: number
    readonly ratificationMs: number
    readonly rules: { readonly [phase in PhaseId]: PhaseRules }
  }
  readonly chambers: {
    readonly votingMs: number
    readonly challengeMs: number
    readonly seatingDisputeMs: number
    readonly ballotDemandMs: number
    readonly sponsors: number
    readonly sponsorOrganizations: number
    readonly beaconDelayRounds: number
    readonly captureShare: Ratio
    /** Millionths of a chance. */
    readonly captureMax: number
    readonly regionMinMembers: number
    readonly regionShareFactor: Ratio
    readonly lapseParticipation: Ratio
  }
  readonly identity: {
    readonly vouches: number
    readonly vouchOrganizations: number
    readonly vouchesPer90Days: number
    readonly ageMs: number
    readonly recoveryVouches: number
    readonly recoveryMs: number
    readonly recoveryDrawBanMs: number
  }
  readonly appeals: {
    readonly windowMs: number
    readonly responseMs: number
    readonly panel: {
      readonly size: number
      readonly majority: number
      readonly regions: number
      readonly organizations: number
    }
  }
  readonly entrenched: {
    readonly provisions: readonly string[]
    readonly notAmendable: readonly string[]
    readonly chamberShare: Ratio
    readonly coolingOffMs: number
  }

  readonly epochMs: number
  readonly commitmentTiers: { readonly [tier in CommitmentTierId]: CommitmentTierRules }
  readonly committee: {
    readonly members: number
    readonly threshold: number
    readonly minRegions: number
    readonly stallMs: number
    readonly termOverlapMs: number
  }
  readonly keyRotationMs: number
  readonly inclusionMs: number

  readonly methodTypes: readonly MethodType[]
  readonly domainTypes: readonly string[]
  readonly normative: {
    readonly agreementPermille: number
    readonly panel: { readonly size: number; readonly regions: number; readonly organizations: number }
  }
  readonly reviews: {
    readonly beaconRounds: number
    readonly windowMs: number
    readonly revealMs: number
    readonly revalidationMs: number
    readonly adjudicationMs: number
  }
  readonly finalGate: { readonly approvalsPerDay: number; readonly approvalDeadlineMs: number }
  readonly council: {
    readonly minGapSessions: number
    readonly maxPending: number
    readonly ttlSessions: number
    readonly approvePermille: number
    readonly conditionalPermille: number
    readonly quorum: number
  }
  readonly genome: {
    readonly weights: Weights
    readonly modes: readonly {
      readonly name: ModeName
      readonly from: number
      readonly to: number
      readonly weights: Weights
    }[]
  }

  readonly topologies: { readonly [tier in TierId]: Topology }
  readonly classes: { readonly [missionClass: string]: TierId }
  /** JSON Pointers of parameters and sections that humans have still to review. */
  readonly flagged: readonly string[]

  /** The tier of a class of mission; undefined where it is not mapped, letter by letter. */
  tierOfClass(missionClass: string): TierId | undefined
  topologyOf(tier: string): Topology | undefined
  /** Least trust to review work of this tier, in microtrust; undefined for R3, which nobody reviews. */
  reviewThreshold(tier: string): number | undefined
  phaseRules(phase: string): PhaseRules | undefined
}

/** Millionths by organ. */
export type Weights = {
  readonly R: number
  readonly B: number
  readonly E: number
  readonly O: number
  readonly Λ: number
}
