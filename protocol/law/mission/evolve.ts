/** The fold of mission events. No default: a new event stops the build until it is answered here. */
import type { EventRecord } from '../constraints/event.ts'
import type { HumanDecision, MissionEvent, PlannedTask } from './event.ts'
import {
  isPlanned,
  isScoped,
  type Mission,
  type Missions,
  type Plan,
  type PlannedMission,
  type Reversal,
  type Task,
} from './state.ts'

/** The entry's seq, and the event's own id in it. */
type Entry = { readonly seq: number; readonly id: string }

export function evolveMission(missions: Missions, event: MissionEvent, { seq, id: place }: Entry): void {
  const id = event.subject
  if (event.event_type === 'mission.created') {
    const { owner, title, summary, successor_of } = event.data
    missions.set(id, {
      id,
      owner,
      title,
      summary,
      status: 'Draft',
      held: undefined,
      successorOf: successor_of,
      reversals: [],
      everWorked: [],
      everReviewed: [],
    })
    return
  }
  const mission = missions.get(id)
  if (mission === undefined) return
  missions.set(id, after(mission, event, seq, place))
}

function after(
  mission: Mission,
  event: Exclude<MissionEvent, { event_type: 'mission.created' }>,
  seq: number,
  place: string,
): Mission {
  switch (event.event_type) {
    case 'mission.scoped': {
      const { tier, ...scope } = event.data
      return { ...mission, status: 'Scoped', scope, tier }
    }
    case 'mission.planned':
      return isScoped(mission)
        ? { ...bare(mission), status: 'Working', plan: planOf(event.data, lastAttempt(mission)) }
        : mission
    case 'mission.task_started': {
      const { task, worker } = event.data
      return {
        ...withTask(mission, task, (before) => ({
          ...before,
          // Who takes up what was withdrawn from another goes on where it stands.
          status: before.status === 'Decomposed' ? 'InProgress' : before.status,
          takenBy: worker,
        })),
        everWorked: once(mission.everWorked, [worker]),
      }
    }
    case 'mission.evidence_attached': {
      const { task, attempt, worker, evidence, artifacts, references } = event.data
      return withTask(mission, task, (before) => ({
        ...before,
        status: 'EvidenceAttached',
        attempt,
        evidence: { digest: evidence, worker, seq, artifacts, references },
        reviewers: [],
        reviews: [],
        agreementPermille: undefined,
        disputed: false,
        adjudication: undefined,
      }))
    }
    case 'mission.reviewers_routed': {
      const { task, reviewers } = event.data
      return {
        ...withTask(mission, task, (before) => ({ ...before, status: 'UnderReview', reviewers })),
        everReviewed: once(mission.everReviewed, reviewers),
      }
    }
    case 'mission.task_rework': {
      const { task, reason } = event.data
      const back = withTask(mission, task, (before) => ({
        ...before,
        status: 'Rework',
        reworkReason: reason,
        reworks: before.reworks + 1,
      }))
      // An appeal took away what the gate was opened on.
      return back.status === 'FinalHumanGate' ? { ...bare(back), status: 'Working', plan: back.plan } : back
    }
    case 'mission.task_withdrawn': {
      const { task, worker } = event.data
      return withTask(mission, task, ({ worker: _named, ...before }) => ({
        ...before,
        takenBy: undefined,
        withdrawnFrom: [...before.withdrawnFrom, worker],
        // What was sent back was not the next one's work.
        reworks: 0,
      }))
    }
    case 'mission.task_corrected':
      return withTask(mission, event.data.task, (before) => ({ ...before, status: 'InProgress' }))
    case 'mission.task_integrated': {
      const { task, agreement_permille, reviews, adjudication } = event.data
      return withTask(mission, task, (before) => ({
        ...before,
        status: 'Integrated',
        reworkReason: undefined,
        agreementPermille: agreement_permille,
        reviews,
        adjudication,
      }))
    }
    case 'mission.disputed':
      return withTask(mission, event.data.task, (before) => ({ ...before, disputed: true }))
    case 'mission.gate_opened': {
      if (mission.status !== 'Working') return mission
      const { attempt, mission_digest, human_required, decide_by, integrator, outputs, summary } = event.data
      const gate = {
        attempt,
        digest: mission_digest,
        seq,
        decideBy: decide_by,
        humanRequired: human_required,
        integrator,
        outputs,
        summary,
      }
      return { ...mission, status: 'FinalHumanGate', gate }
    }
    case 'mission.completed':
      return decided(mission, 'Completed', event.data.decision)
    case 'mission.rejected':
      return decided(mission, 'Rejected', event.data.decision)
    case 'mission.reversed':
      return { ...mission, reversals: [...mission.reversals, reversalOf(event.data, place)] }
    case 'mission.reversal_withdrawn':
    case 'mission.restored':
      return { ...mission, reversals: mission.reversals.filter(({ appeal }) => appeal !== event.data.of) }
    case 'mission.gate_reopened':
      if (mission.status !== 'Rejected') return mission
      return {
        ...bare(mission),
        status: 'FinalHumanGate',
        plan: mission.plan,
        gate: {
          ...mission.gate,
          decideBy: event.data.decide_by,
          ...(mission.decision === undefined ? {} : { overturned: mission.decision }),
        },
      }
    case 'mission.rejection_restored':
      return mission.status === 'FinalHumanGate' ? decided(mission, 'Rejected', mission.gate.overturned) : mission
    case 'mission.gate_renewed':
      return mission.status === 'FinalHumanGate'
        ? { ...mission, gate: { ...mission.gate, decideBy: event.data.decide_by } }
        : mission
    case 'mission.rework_reversed':
      return withTask(mission, event.data.task, (before) => ({
        ...before,
        status: 'EvidenceAttached',
        reworkReason: undefined,
        reviewers: [],
      }))
    case 'mission.held':
      return { ...mission, held: event.data.reason }
    case 'mission.released':
      return { ...mission, held: undefined }
  }
}

function reversalOf({ by, appeal, reason }: Omit<Reversal, 'place'>, place: string): Reversal {
  return { by, appeal, reason, place }
}

function decided(mission: Mission, status: 'Completed' | 'Rejected', decision: HumanDecision | undefined): Mission {
  return mission.status === 'FinalHumanGate' ? { ...mission, status, decision } : mission
}

/** Counting goes on when a mission is planned anew: no bundle and no decision of before fits a task of now. */
function lastAttempt(mission: Mission): number {
  return isPlanned(mission) ? Math.max(...[...mission.plan.tasks.values()].map((task) => task.attempt)) : 0
}

function planOf(data: { attempt: number; tasks: readonly PlannedTask[] }, lastAttempt: number): Plan {
  return {
    attempt: data.attempt,
    tasks: new Map(
      data.tasks.map((task) => [
        task.id,
        {
          ...task,
          status: 'Decomposed',
          attempt: lastAttempt,
          takenBy: undefined,
          withdrawnFrom: [],
          evidence: undefined,
          reviewers: [],
          reviews: [],
          agreementPermille: undefined,
          reworkReason: undefined,
          reworks: 0,
          disputed: false,
          adjudication: undefined,
        },
      ]),
    ),
  }
}

/** What a mission keeps when it is planned anew: not the gate and the decision of the attempt before. */
function bare(mission: Exclude<Mission, { status: 'Draft' }>) {
  const { id, owner, title, summary, held, successorOf, reversals, everWorked, everReviewed, scope, tier } = mission
  return { id, owner, title, summary, held, successorOf, reversals, everWorked, everReviewed, scope, tier }
}

function withTask(mission: Mission, id: string, change: (task: Task) => Task): Mission {
  if (!isPlanned(mission)) return mission
  const task = mission.plan.tasks.get(id)
  if (task === undefined) return mission
  const tasks = new Map(mission.plan.tasks).set(id, change(task))
  return { ...mission, plan: { ...mission.plan, tasks } } satisfies PlannedMission
}

function once(list: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...list, ...more])]
}

export function isMissionEvent(event: EventRecord): boolean {
  return event.event_type.startsWith('mission.') && event.event_type !== 'mission.withheld'
}
