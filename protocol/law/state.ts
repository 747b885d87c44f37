/**
 * The whole state: what the fold of the ledger knows, subject by subject.
 *
 * `books` is the ledger's own bookkeeping (what was answered, how far it has come). A withheld command writes there
 * and nowhere else: every subject is left bit for bit as it was.
 */
import type { Digest } from '../wire/sha256.ts'
import { ZERO_DIGEST } from '../wire/sha256.ts'
import type { Millis } from '../wire/time.ts'
import { noneAnswered, type Answered } from './answers.ts'
import { emptyAppeals, type Appeals } from './appeal/state.ts'
import type { Beacons } from './beacon/beacon.ts'
import { emptyChainFacts, type ChainFactsSeen } from './chain/state.ts'
import type { Constitution } from './constitution/constitution.ts'
import type { DeploymentFacts } from './constraints/deployment.ts'
import type { PoolMember } from './constraints/pool.ts'
import type { MachineStatus } from './constraints/world.ts'
import { emptyOpenEpoch, type OpenEpoch } from './epoch/accumulator.ts'
import type { Epochs } from './epoch/state.ts'
import { emptyIdentities, type Identities } from './identity/state.ts'
import { emptyIncidents, type Incidents } from './incident/state.ts'
import type { Keyring } from './keyring/keyring.ts'
import { emptyKinship, type Kinship } from './machine/kinship.ts'
import type { Machines } from './machine/state.ts'
import { emptyPanels, type Panels } from './panel/state.ts'
import type { Missions } from './mission/state.ts'
import { emptyReviews, type Reviews } from './review/state.ts'
import { emptyTrust, type Trust } from './trust/state.ts'

export type Books = {
  /** The seq of the next entry. */
  next: number
  head: Digest
  lastRecordedAt: Millis
  readonly answered: Answered
  /** How many event records each entry has. */
  readonly eventCounts: number[]
  /** How often each subject has changed. */
  readonly revisions: Map<string, number>
  /** The records of the open epoch, withheld ones too. */
  readonly open: OpenEpoch
}

/** The members in order of id, and for each their index in the cohort of humans, or for machines that index as `~index`. */
export type ReviewerPool = { readonly members: readonly PoolMember[]; readonly places: Int32Array }

export type State = {
  founded: { readonly deployment: DeploymentFacts; readonly constitution: Constitution } | undefined
  readonly books: Books
  readonly keyring: Keyring
  readonly identities: Identities
  readonly machines: Machines
  /** Which of them are one system. */
  readonly kinship: Kinship
  /** The machines that are on probation or out of service, by id. */
  readonly notActive: Map<string, Exclude<MachineStatus, 'active'>>
  readonly missions: Missions
  /** Every mission digest that ever stood at a gate, and whose it is. */
  readonly missionByDigest: Map<string, string>
  /** When each human approved at a final gate, the latest last. */
  readonly approvals: Map<string, readonly Millis[]>
  readonly reviews: Reviews
  readonly panels: Panels
  readonly incidents: Incidents
  readonly appeals: Appeals
  /** Everybody's trust, and nowhere else: identities and machines have none of their own. */
  readonly trust: Trust
  readonly beacons: Beacons
  readonly chain: ChainFactsSeen
  readonly epochs: Epochs
  /** The reviewers' registry as one immutable list in order of id, made anew when somebody enters it. */
  pool: ReviewerPool | undefined
}

export function emptyState(): State {
  return {
    founded: undefined,
    books: {
      next: 0,
      head: ZERO_DIGEST,
      lastRecordedAt: 0 as Millis,
      answered: noneAnswered(),
      eventCounts: [],
      revisions: new Map(),
      open: emptyOpenEpoch(),
    },
    keyring: new Map(),
    identities: emptyIdentities(),
    machines: new Map(),
    kinship: emptyKinship(),
    notActive: new Map(),
    missions: new Map(),
    missionByDigest: new Map(),
    approvals: new Map(),
    reviews: emptyReviews(),
    panels: emptyPanels(),
    incidents: emptyIncidents(),
    appeals: emptyAppeals(),
    trust: emptyTrust(),
    beacons: new Map(),
    chain: emptyChainFacts(),
    epochs: { current: 0, lastEnd: 0 as Millis, lastCommitment: ZERO_DIGEST, firstSeq: 0, closed: [] },
    pool: undefined,
  }
}
