/**
 * What a decider may know about other subjects: narrow, read-only lookups over the state.
 *
 * A subject's law never imports another subject's. What crosses is named here, and `genesis.ts` answers it from
 * the fold, so that every dependency between subjects can be read off one page.
 */
import type { Millis } from '../../wire/time.ts'
import type { Topology } from '../constitution/topology.ts'
import type { Constitution, PhaseId } from '../constitution/constitution.ts'
import type { AgentLink } from './agent-link.ts'
import type { DeploymentFacts } from './deployment.ts'
import type { FrozenPool, PoolMember } from './pool.ts'

export type { FrozenPool, PoolMember }

export type Human = {
  readonly kind: 'human'
  readonly id: string
  readonly wallet: string
  readonly region: string
  readonly organization: string
  readonly reviews: boolean
  readonly trust: number
}

export type Machine = {
  readonly kind: 'machine'
  readonly id: string
  readonly operator: string
  readonly region: string
  readonly organization: string
  readonly modelFamily: string
  readonly methodType: string
  readonly reviews: boolean
  readonly trust: number
  readonly status: MachineStatus
}

/** Work that a machine on probation may take and review (spec 4.5). */
export function isLowRisk(tier: string): boolean {
  return tier === 'R0' || tier === 'R1'
}

/** Where a machine stands in its life (spec 4.5). */
export type MachineStatus = 'active' | 'probation' | 'quarantined' | 'decommissioned'

export type Runtime = { readonly kind: 'runtime'; readonly id: string }

/** A wallet that belongs to no verified human: it may sign what it likes, and nothing follows. */
export type Stranger = { readonly kind: 'stranger'; readonly id: string }

export type Actor = Human | Machine | Runtime | Stranger

/** The people and machines who took part in a mission, by what they did in it. */
export type Participants = {
  readonly owner: string
  readonly planner: string
  readonly integrator: string
  readonly workers: readonly string[]
  readonly reviewers: readonly string[]
}

/** What review law must know of the task it reviews. */
export type TaskUnderReview = {
  readonly status: string
  readonly attempt: number
  readonly tier: string
  readonly domainType: string
  readonly evidence: readonly string[]
  readonly held: boolean
}

/** What other law must know of an incident. */
export type IncidentFacts = {
  readonly kind: string
  readonly severity: 'minor' | 'severe'
  readonly accused: string | undefined
  /** The human who answers for the report; undefined where the law itself opened it. */
  readonly responsible: string | undefined
  readonly status: 'open' | 'upheld' | 'dismissed' | 'settled'
  /** Who resolved it last; undefined while nobody has, or where the law itself did. */
  readonly resolver: string | undefined
}

/** What is judged by people who were drawn for it: a task of a mission in one attempt, or an appeal. */
export type Matter =
  | { readonly kind: 'task'; readonly mission: string; readonly task: string; readonly attempt: number }
  | { readonly kind: 'appeal'; readonly appeal: string }

/** Who may not judge a matter: themselves, and all of these houses. */
export type KeptOut = { readonly actors: readonly string[]; readonly organizations: readonly string[] }

/** Humans by what a decision was to them. */
export type Concerned = {
  readonly affected: readonly string[]
  /** Who decided alone and may speak for it. */
  readonly answerable: readonly string[]
  /** Everybody who decided: nobody of them hears the appeal. */
  readonly deciders: readonly string[]
}

export type World = {
  readonly constitution: Constitution
  readonly deployment: DeploymentFacts
  actor(id: string): Actor | undefined
  humanByWallet(wallet: string): Human | undefined
  /** What is called by this name, or undefined where nothing is: one name, one subject, for ever. */
  kindOf(subject: string): string | undefined
  /** Whose key it is, whatever its state. */
  keyHolder(keyId: string): string | undefined
  /** Whether the key may sign at this time; undefined where nobody holds it. */
  keyState(keyId: string, at: Millis): 'active' | 'expired' | 'revoked' | undefined
  publicKey(keyId: string): Uint8Array | undefined
  humans(): number
  /** The phase in force, and since when a quorum for suspended gains exists: in G0 there is none. */
  phase(): { readonly id: PhaseId; readonly quorumSince: Millis | undefined }
  /** Everybody who is enrolled as a reviewer, in order of id. */
  reviewerPool(): readonly PoolMember[]
  /**
   * Who may not be seated for that tier now, whatever was frozen: machines out of service, those on probation where
   * the risk is not low, and whoever an open severe incident concerns, be it one from before a moment only.
   */
  unfit(tier: string, reportedBefore?: Millis): ReadonlySet<string>
  /** The registry with who of it might sit now: of at least that trust (µT), active, and not unfit for that tier (none named: for any). */
  freezePool(threshold: number, at: Millis, tier?: string): FrozenPool
  participants(mission: string): Participants | undefined
  taskUnderReview(mission: string, task: string): TaskUnderReview | undefined
  /** The hash of the last closed epoch's commitment record, or sixty-four zeros. */
  lastCommitment(): string
  /** Every human with who of them might sit on a panel now: of at least that trust (µT), active, of a region, in no open severe incident. */
  freezeHumans(threshold: number, at: Millis): FrozenPool
  /** Humans who declared a conflict with one of these actors or houses. */
  conflictedWith(actors: readonly string[], organizations: readonly string[]): readonly string[]
  /** Who is kept out of a panel about the matter, as things stand now. */
  keptOut(matter: Matter): KeptOut
  /** Whether the actor, or who operates it, has declared a conflict with one of those whom the matter is about. */
  inConflict(actor: string, matter: Matter): boolean
  /** What the reviews of a mission must meet: its tier's topology, or the stronger one that was asked for. */
  reviewTopology(mission: string): Topology | undefined
  /** Which of the four layers of a decision of high risk are not there (spec 3.1), by name. */
  missingLayers(mission: string): readonly string[]
  /** The humans whom an appeal concerns: who filed it, and the other side. */
  partiesOf(appeal: string): readonly string[]
  /** Whom a decision affected, by its event id: those who may appeal, who answers for it, who decided. */
  affectedBy(decision: string): Concerned | undefined
  /** A decision about the subject against which an appeal may still be filed, and until when. */
  contestable(subject: string, at: Millis): { readonly decision: string; readonly until: Millis } | undefined
  commitmentOf(epoch: number): string | undefined
  /** The epoch that holds, or will hold, the entry of that seq. */
  epochOfSeq(seq: number): number
  /** Whether the commitment of that epoch was observed in a finalized block. */
  epochCommitted(epoch: number): boolean
  /** The first closed epoch that is later on chain than its cadence allows, at this time. */
  overdueEpoch(at: Millis): number | undefined
  /** How often the human approved at a final gate at that moment or later. */
  approvalsSince(human: string, moment: Millis): number
  /** Machines that name this agent, with the link of each. */
  agentLinks(registry: string, agentId: string): readonly { readonly machine: string; readonly link: AgentLink }[]
  /** Open incidents that concern the subject, by id. */
  openIncidents(subject: string): readonly string[]
  incident(id: string): IncidentFacts | undefined
  /** Machines of that operator that ever stated that fingerprint. */
  twinsOf(operator: string, fingerprint: string): readonly string[]
  /** An open severe incident that concerns the subject, by id; one from before a moment where one is given. */
  severeIncident(subject: string, reportedBefore?: Millis): string | undefined
  /** Open appeals against a decision on the subject, by id. */
  openAppeals(subject: string): readonly string[]
  /** Whether a review of one of the mission's tasks is under way, so that its outcome is not known yet. */
  reviewUnderWay(mission: string): boolean
  /** Whether the actor signed an act within the time of grace (spec 4.2); registration counts as one. */
  isActive(id: string, at: Millis): boolean
  beaconRandomness(round: number): string | undefined
  eventExists(eventId: string): boolean
  revision(subject: string): number
}
