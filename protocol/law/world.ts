/** The answers to what deciders may ask about other subjects, read from the fold. */
import type { Millis } from '../wire/time.ts'
import { eventId } from '../wire/identifiers.ts'
import { fits } from '../wire/shape.ts'
import { affectedBy, contestable } from './contested.ts'
import { inConflict, keptOut } from './kept-out.ts'
import { nextRegularEnd } from './epoch/schedule.ts'
import { freeze, type PoolMember } from './constraints/pool.ts'
import { isLowRisk, type Actor, type Human, type Machine, type World } from './constraints/world.ts'
import { partyName, type HumanIdentity } from './identity/state.ts'
import { stateOfKey } from './keyring/keyring.ts'
import { PANEL_PREFIX, RESERVED_SUBJECTS, SUSPENSION_PREFIX } from './constraints/codes.ts'
import { LAYERS, layersOf } from './layers.ts'
import { twinsOf } from './machine/kinship.ts'
import type { RegisteredMachine } from './machine/state.ts'
import { domainOfTask } from './mission/domain.ts'
import { topologyOfMission } from './mission/topology.ts'
import { isPlanned, isScoped, taskOf } from './mission/state.ts'
import type { ReviewerPool, State } from './state.ts'
import { lastActOf, trustOf, type Trust } from './trust/state.ts'

const worlds = new WeakMap<State, World>()

/** One world per state: it looks into the state, it does not copy it. The state must be founded. */
export function worldOf(state: State): World {
  const known = worlds.get(state)
  if (known !== undefined) return known
  const world = look(state)
  worlds.set(state, world)
  return world
}

function look(state: State): World {
  const founded = () => {
    if (state.founded === undefined) throw new TypeError('a state without a genesis entry has no world')
    return state.founded
  }
  const actor = (id: string): Actor | undefined => {
    const human = state.identities.humans.get(id)
    if (human !== undefined) return asHuman(human, state.trust)
    const machine = state.machines.get(id)
    if (machine !== undefined) return asMachine(machine, state.trust)
    return id === founded().deployment.runtime.id ? { kind: 'runtime', id } : undefined
  }
  const world: World = {
    get constitution() {
      return founded().constitution
    },
    get deployment() {
      return founded().deployment
    },
    actor,
    humanByWallet: (wallet) => {
      const id = state.identities.byWallet.get(wallet)
      const human = id === undefined ? undefined : state.identities.humans.get(id)
      return human === undefined ? undefined : asHuman(human, state.trust)
    },
    kindOf: (subject) => kindOf(state, subject),
    keyHolder: (keyId) => state.keyring.get(keyId)?.actor,
    keyState: (keyId, at) => {
      const key = state.keyring.get(keyId)
      return key === undefined ? undefined : stateOfKey(key, at)
    },
    publicKey: (keyId) => state.keyring.get(keyId)?.publicKey,
    humans: () => state.identities.humans.size,
    phase: () => STEWARDSHIP,
    reviewerPool: () => (state.pool ??= makePool(state)).members,
    unfit: (tier, reportedBefore) => unfitFor(state, tier, reportedBefore),
    freezePool: (threshold, at, tier) => {
      const { members, places } = (state.pool ??= makePool(state))
      const { human, machine } = state.trust
      const { dormancyGraceMs } = founded().constitution.trust
      const unfit = unfitFor(state, tier ?? '')
      return freeze(members, (i) => {
        const place = places[i] ?? 0
        const { columns } = place >= 0 ? human : machine
        const index = place >= 0 ? place : ~place
        if ((columns.value[index] ?? 0) < threshold || at - (columns.lastAct[index] ?? 0) > dormancyGraceMs)
          return false
        return !unfit.has(members[i]?.id ?? '')
      })
    },
    participants: (id) => {
      const mission = state.missions.get(id)
      if (mission === undefined) return undefined
      return {
        owner: mission.owner,
        planner: isScoped(mission) ? mission.scope.planner : mission.owner,
        integrator: isScoped(mission) ? mission.scope.integrator : mission.owner,
        workers: mission.everWorked,
        reviewers: mission.everReviewed,
      }
    },
    taskUnderReview: (id, taskId) => {
      const mission = state.missions.get(id)
      const task = taskOf(mission, taskId)
      if (!isPlanned(mission) || task === undefined) return undefined
      return {
        status: task.status,
        attempt: task.attempt,
        tier: mission.tier,
        domainType: domainOfTask(mission, task.id),
        evidence: task.evidence?.references ?? [],
        held: mission.held !== undefined,
      }
    },
    freezeHumans: (threshold, at) => {
      const members = humansOf(state)
      const { index, columns } = state.trust.human
      const { dormancyGraceMs } = founded().constitution.trust
      return freeze(members, (i) => {
        const id = members[i]?.id ?? ''
        const place = index.get(id) ?? -1
        if ((columns.value[place] ?? -1) < threshold || at - (columns.lastAct[place] ?? 0) > dormancyGraceMs)
          return false
        return severeIncidentOn(state, id) === undefined
      })
    },
    conflictedWith: (actors, organizations) => {
      const names = new Set([
        ...actors.map((actor) => partyName({ with: 'actor', actor })),
        ...organizations.map((organization) => partyName({ with: 'organization', organization })),
      ])
      return [...state.identities.conflicts]
        .filter(([, declared]) => [...declared].some((name) => names.has(name)))
        .map(([human]) => human)
    },
    keptOut: (matter) => keptOut(state, matter, world),
    inConflict: (actor, matter) => inConflict(state, actor, matter, world),
    reviewTopology: (id) => topologyOfMission(state.missions.get(id), founded().constitution),
    missingLayers: (id) => layersOf(state, id, (seq) => epochOfSeq(state, seq))?.missing ?? LAYERS,
    partiesOf: (id) => {
      const appeal = state.appeals.byId.get(id)
      return appeal === undefined ? [] : [appeal.appellant, ...appeal.respondents]
    },
    affectedBy: (decision) => affectedBy(state, decision),
    contestable: (subject, at) => contestable(state, subject, at, founded().constitution.appeals.windowMs),
    lastCommitment: () => state.epochs.lastCommitment,
    commitmentOf: (epoch) => state.epochs.closed[epoch]?.commitment,
    epochOfSeq: (seq) => epochOfSeq(state, seq),
    epochCommitted: (epoch) => state.chain.committed.has(epoch),
    overdueEpoch: (at) => {
      // One epoch's length after an epoch should have ended or did end, its commitment is due in a final block.
      const { closed, lastEnd } = state.epochs
      const { epochMs } = founded().deployment
      const oldest = closed[state.chain.committedBelow]
      const due = oldest === undefined ? nextRegularEnd(lastEnd, epochMs) : oldest.end
      return at > due + epochMs ? (oldest?.epoch ?? state.epochs.current) : undefined
    },
    approvalsSince: (human, moment) => state.approvals.get(human)?.filter((at) => at >= moment).length ?? 0,
    agentLinks: (registry, agentId) =>
      [...state.machines.values()].flatMap(({ id: machine, agent: link }) =>
        link?.registry === registry && link.agentId === agentId ? [{ machine, link }] : [],
      ),
    openIncidents: (subject) => [...(state.incidents.openOn.get(subject) ?? [])],
    incident: (id) => {
      const found = state.incidents.byId.get(id)
      return found === undefined ? undefined : { ...found, resolver: found.resolved?.by }
    },
    twinsOf: (operator, fingerprint) => twinsOf(state.kinship, operator, fingerprint),
    severeIncident: (subject, reportedBefore) => severeIncidentOn(state, subject, reportedBefore),
    openAppeals: (subject) => [...(state.appeals.openOn.get(subject) ?? [])],
    reviewUnderWay: (id) => {
      const mission = state.missions.get(id)
      const waits = ['EvidenceAttached', 'UnderReview']
      return isPlanned(mission) && [...mission.plan.tasks.values()].some((task) => waits.includes(task.status))
    },
    isActive: (id, at) => {
      const last = lastActOf(state.trust, id)
      return last !== undefined && at - last <= founded().constitution.trust.dormancyGraceMs
    },
    beaconRandomness: (round) => state.beacons.get(round),
    eventExists: (id) => {
      if (!fits(eventId, id)) return false
      const [seq, place] = id.split('-').map(Number) as [number, number]
      const count = state.books.eventCounts[seq]
      return count !== undefined && place < count
    },
    revision: (subject) => state.books.revisions.get(subject) ?? 0,
  }
  return world
}

function severeIncidentOn({ incidents }: State, subject: string, reportedBefore = Infinity): string | undefined {
  const open = [...(incidents.severeOn.get(subject) ?? [])]
  return open.find((id) => (incidents.byId.get(id)?.openedAt ?? 0) < reportedBefore)
}

function unfitFor(state: State, tier: string, reportedBefore?: Millis): ReadonlySet<string> {
  const machines = [...state.notActive].filter(([, status]) => status !== 'probation' || !isLowRisk(tier))
  const held = [...state.incidents.severeOn.keys()].filter(
    (id) => severeIncidentOn(state, id, reportedBefore) !== undefined,
  )
  return new Set([...held, ...machines.map(([id]) => id)])
}

/** Phases begin with the chambers' law; until then every deployment is in founder stewardship. */
const STEWARDSHIP = { id: 'G0', quorumSince: undefined } as const

/** What a subject is, or undefined where it does not exist yet. */
export function kindOf(state: State, subject: string): string | undefined {
  if (state.missions.has(subject)) return 'mission'
  if (state.identities.humans.has(subject)) return 'human'
  if (state.machines.has(subject)) return 'machine'
  if (state.incidents.byId.has(subject)) return 'incident'
  if (subject === state.founded?.deployment.runtime.id) return 'runtime'
  if (subject.startsWith(SUSPENSION_PREFIX)) return state.trust.suspensions.has(subject) ? 'suspension' : 'reserved'
  if (subject.startsWith(PANEL_PREFIX)) return 'panel'
  if (state.appeals.byId.has(subject)) return 'appeal'
  return RESERVED_SUBJECTS.find((reserved) => reserved === subject)
}

/** The closed epochs lie end to end, so the one that holds a seq is found by halving. */
function epochOfSeq(state: State, seq: number): number {
  const { closed, current } = state.epochs
  let low = 0
  let high = closed.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const epoch = closed[middle]
    if (epoch !== undefined && epoch.lastSeq < seq) low = middle + 1
    else high = middle
  }
  return low < closed.length ? low : current
}

function asHuman(human: HumanIdentity, trust: Trust): Human {
  const { id, wallet, region, organization, reviews } = human
  return { kind: 'human', id, wallet, region, organization, reviews, trust: trustOf(trust, id) }
}

function asMachine(machine: RegisteredMachine, trust: Trust): Machine {
  const { id, operator, region, organization, modelFamily, methodType, reviews, life } = machine
  return {
    kind: 'machine',
    id,
    operator,
    region,
    organization,
    modelFamily,
    methodType,
    reviews,
    trust: trustOf(trust, id),
    status: life.status,
  }
}

/** Reviewers of every tier, ordered by id; an undeclared region is never eligible (spec 5.2). */
function makePool(state: State): ReviewerPool {
  const machines = [...state.machines.values()]
    .filter((machine) => machine.reviews)
    .map(({ id, region, organization, operator, modelFamily, methodType }) => ({
      id,
      region,
      organization,
      operator,
      modelFamily,
      methodType,
    }))
  const humans = [...state.identities.humans.values()]
    .filter((human) => human.reviews)
    .map(({ id, region, organization }) => ({
      id,
      region,
      organization,
      operator: id,
      modelFamily: 'human',
      methodType: 'human_reviewer',
    }))
  const members: readonly PoolMember[] = [...machines, ...humans]
    .filter((member) => member.region !== 'XX')
    .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const places = Int32Array.from(members, ({ id }) => {
    const human = state.trust.human.index.get(id)
    return human ?? ~(state.trust.machine.index.get(id) ?? 0)
  })
  return { members, places }
}

const HUMANS = new WeakMap<State['identities']['humans'], readonly PoolMember[]>()

/** Every human of a declared region in order of id: one list for all panels, made anew when somebody was attested. */
function humansOf(state: State): readonly PoolMember[] {
  const { humans } = state.identities
  const known = HUMANS.get(humans)
  const settled = [...humans.values()].filter((human) => human.region !== 'XX')
  if (known?.length === settled.length) return known
  const members = settled
    .map(({ id, region, organization }) => ({
      id,
      region,
      organization,
      operator: id,
      modelFamily: 'human',
      methodType: 'human_reviewer',
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  HUMANS.set(humans, members)
  return members
}
