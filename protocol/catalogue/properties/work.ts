/** What must be true of missions, their tasks and their reviews. */
import { isBlank } from '../../wire/visible-text.ts'
import { mostNormative, needsHuman } from '../../law/mission/final-gate.ts'
import { faultOfGraph } from '../../law/mission/graph.ts'
import { involvement } from '../../law/mission/independence.ts'
import { isPlanned, isScoped, type Mission, type PlannedMission, type Task } from '../../law/mission/state.ts'
import { isSeated, reviewKey, type SeatedReview } from '../../law/review/state.ts'
import type { State } from '../../law/state.ts'
import { worldOf } from '../../law/world.ts'
import { among, type Broken, type Property } from './property.ts'

type Changed = ReadonlySet<string> | undefined
type Finds<T> = (subject: T, state: State) => { readonly [name: string]: string | number | boolean } | undefined

function ofMissions(id: string, says: string, finds: Finds<Mission>): Property {
  return {
    id,
    says,
    ofState: (state, changed) =>
      among(state.missions, changed).flatMap((mission): readonly Broken[] => {
        const figures = finds(mission, state)
        return figures === undefined ? [] : [{ property: id, subject: mission.id, figures }]
      }),
  }
}

function ofTasks(
  id: string,
  says: string,
  finds: (task: Task, mission: PlannedMission, state: State) => ReturnType<Finds<Task>>,
): Property {
  return {
    id,
    says,
    ofState: (state, changed) =>
      among(state.missions, changed)
        .filter(isPlanned)
        .flatMap((mission) =>
          [...mission.plan.tasks.values()].flatMap((task): readonly Broken[] => {
            const figures = finds(task, mission, state)
            return figures === undefined
              ? []
              : [{ property: id, subject: mission.id, figures: { task: task.id, ...figures } }]
          }),
        ),
  }
}

function ofReviews(id: string, says: string, finds: Finds<SeatedReview>): Property {
  return {
    id,
    says,
    ofState: (state, changed) =>
      reviewsOf(state, changed).flatMap((review): readonly Broken[] => {
        const figures = finds(review, state)
        return figures === undefined
          ? []
          : [{ property: id, subject: review.mission, figures: { task: review.task, ...figures } }]
      }),
  }
}

function reviewsOf(state: State, changed: Changed): readonly SeatedReview[] {
  return among(state.missions, changed)
    .filter(isPlanned)
    .flatMap((mission) =>
      [...mission.plan.tasks.keys()].map((task) => state.reviews.byTask.get(reviewKey(mission.id, task))),
    )
    .filter(isSeated)
}

const WITH_EVIDENCE = ['EvidenceAttached', 'UnderReview', 'Integrated']

const distinct = (values: readonly string[]): number => new Set(values).size

export const WORK: readonly Property[] = [
  ofMissions(
    'a-human-completes-what-is-critical',
    'A mission of tier R2 or above is completed by an independent verified human’s signed decision and by nothing else.',
    (mission, state) => {
      if (mission.status !== 'Completed' || !needsHuman(mission.tier)) return undefined
      const { decision } = mission
      if (decision === undefined) return { tier: mission.tier, decision: 'none' }
      const part = involvement(mission, decision.approver, worldOf(state))
      const human = state.identities.humans.get(decision.approver)
      if (human?.wallet !== decision.wallet) return { approver: decision.approver, wallet: decision.wallet }
      if (part !== undefined) return { approver: decision.approver, part }
      return decision.mission_digest === mission.gate.digest ? undefined : { signed: decision.mission_digest }
    },
  ),
  ofMissions(
    'amendments-wait-for-chambers',
    'No mission of tier R3 is completed while there are no chambers.',
    (mission) => (mission.status === 'Completed' && mission.tier === 'R3' ? { tier: mission.tier } : undefined),
  ),
  ofMissions('tier-is-the-mapped-one', 'A mission’s tier is the one that its class maps to.', (mission, state) => {
    if (!isScoped(mission)) return undefined
    const mapped = state.founded?.constitution.tierOfClass(mission.scope.mission_class)
    return mapped === mission.tier ? undefined : { tier: mission.tier, mapped: mapped ?? 'none' }
  }),
  ofMissions(
    'mission-says-what-is-asked',
    'A scoped mission has a scope, criteria, an acknowledged risk and a domain type.',
    (mission, state) => {
      if (!isScoped(mission)) return undefined
      const { scope } = mission
      const known = state.founded?.constitution.domainTypes.includes(scope.domain_type) === true
      if (!known) return { domain_type: scope.domain_type }
      const complete = [mission.title, scope.scope, scope.risk_acknowledgement, ...scope.acceptance_criteria].every(
        (text) => text !== '',
      )
      return complete && scope.acceptance_criteria.length > 0 ? undefined : { complete }
    },
  ),
  ofMissions(
    'task-graph-has-no-circle',
    'A mission’s tasks form a directed graph without circles or loose ends.',
    (mission) => {
      if (!isPlanned(mission)) return undefined
      const fault = faultOfGraph([...mission.plan.tasks.values()])
      return fault === undefined ? undefined : { fault: fault.fault }
    },
  ),
  ofTasks('task-has-a-domain', 'Every task has one of the canonical domain types.', (task, _mission, state) =>
    state.founded?.constitution.domainTypes.includes(task.domain_type) === true
      ? undefined
      : { domain_type: task.domain_type },
  ),
  ofTasks(
    'reviewed-work-has-evidence',
    'What was handed in, is reviewed or was integrated has evidence with digests.',
    (task) => {
      if (!WITH_EVIDENCE.includes(task.status)) return undefined
      const { evidence } = task
      return evidence !== undefined && evidence.artifacts.length > 0 ? undefined : { status: task.status }
    },
  ),
  ofTasks(
    'integration-follows-approval',
    'A task is integrated after enough approving reviews of its tier.',
    (task, mission, state) => {
      if (task.status !== 'Integrated') return undefined
      const topology = state.founded?.constitution.topologyOf(mission.tier)
      if (topology === undefined || topology.reviewers === 0 || task.adjudication !== undefined) return undefined
      const approvals = task.reviews.filter(({ verdict, counted }) => verdict === 'approve' && counted).length
      return approvals >= topology.approvals ? undefined : { approvals, needed: topology.approvals }
    },
  ),
  ofReviews(
    'reviewers-are-independent',
    'Nobody reviews what they, or a machine of theirs, had a hand in.',
    ({ seats, mission }, state) => {
      const found = state.missions.get(mission)
      if (!isScoped(found)) return undefined
      const parts = new Set([found.owner, found.scope.planner, found.scope.integrator, ...found.everWorked])
      const operators = new Set([...parts].map((id) => state.machines.get(id)?.operator ?? id))
      for (const { member } of seats.values()) {
        if (parts.has(member.id) || operators.has(member.operator))
          return { reviewer: member.id, operator: member.operator }
      }
      return undefined
    },
  ),
  ofReviews(
    'reviewers-are-different',
    'The seats of a review show the families, methods, regions and organizations that its tier asks for, each of another operator.',
    ({ seats, tier }, state) => {
      const topology = state.founded?.constitution.topologyOf(tier)
      if (topology === undefined) return { tier }
      const members = [...seats.values()].map(({ member }) => member)
      const figures = {
        seats: members.length,
        model_families: distinct(members.map(({ model_family }) => model_family)),
        method_types: distinct(members.map(({ method_type }) => method_type)),
        regions: distinct(members.map(({ region }) => region)),
        organizations: distinct(members.map(({ organization }) => organization)),
      }
      const enough =
        figures.seats >= topology.reviewers &&
        figures.model_families >= topology.minModelFamilies &&
        figures.method_types >= topology.minMethodTypes &&
        figures.regions >= topology.minRegions &&
        figures.organizations >= topology.minOrganizations &&
        distinct(members.map(({ operator }) => operator)) === members.length
      return enough ? undefined : figures
    },
  ),
  ofReviews(
    'reviewers-say-what-they-are',
    'Every reviewer has a model family and one of the canonical methods.',
    ({ seats }, state) => {
      const methods: readonly string[] = state.founded?.constitution.methodTypes ?? []
      for (const { member } of seats.values()) {
        if (member.model_family === '' || !methods.includes(member.method_type)) {
          return { reviewer: member.id, model_family: member.model_family, method_type: member.method_type }
        }
      }
      return undefined
    },
  ),
  ofReviews(
    'draws-rest-on-public-chance',
    'Every seating names a beacon round that the ledger holds, and a commitment from before it.',
    ({ frozen, randomness }, state) => {
      const known = state.beacons.get(frozen.round)
      return known === randomness ? undefined : { round: frozen.round, known: known ?? 'none' }
    },
  ),
  ofTasks(
    'normative-work-is-adjudicated',
    'A reviewed task that is not purely objective is integrated by a panel of humans and by nothing else.',
    (task, mission, state) => {
      const reviewed = (state.founded?.constitution.topologyOf(mission.tier)?.reviewers ?? 0) > 0
      const domain = mostNormative([task.domain_type, mission.scope.domain_type])
      if (task.status !== 'Integrated' || !reviewed || domain === 'objective') return undefined
      return task.adjudication === undefined ? { domain_type: domain } : undefined
    },
  ),
  {
    id: 'panels-are-wide-and-say-why',
    says: 'A panel has the humans, regions and organizations that the constitution asks for, and each of its votes has reasons.',
    ofState: (state, changed) =>
      among(state.panels.byId, changed).flatMap((panel): readonly Broken[] => {
        if (panel.status !== 'voting' && panel.status !== 'concluded') return []
        const least = state.founded?.constitution.normative.panel
        const { members, rules, votes } = panel
        const figures = {
          members: members.length,
          regions: distinct(members.map(({ region }) => region)),
          organizations: distinct(members.map(({ organization }) => organization)),
          reasons: [...votes.values()].filter(({ reasons }) => !isBlank(reasons)).length,
        }
        const wide =
          figures.members >= Math.max(rules.size, least?.size ?? 0) &&
          figures.regions >= Math.max(rules.minRegions, least?.regions ?? 0) &&
          figures.organizations >= Math.max(rules.minOrganizations, least?.organizations ?? 0) &&
          members.every(({ id }) => state.identities.humans.has(id))
        return wide && figures.reasons === votes.size
          ? []
          : [{ property: 'panels-are-wide-and-say-why', subject: panel.id, figures }]
      }),
  },
]
