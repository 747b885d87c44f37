/**
 * A mission as the fold holds it. Each status carries only what is true then.
 *
 * All statuses are cold: time alone changes none of them.
 */
import type { Adjudication, ArtifactRef, HumanDecision, MissionScope, PlannedTask, ReviewSummary } from './event.ts'
import { leastAdvanced, type MissionState, type TaskState } from './machine.ts'

export type Evidence = {
  readonly digest: string
  /** Whose work it is, whoever has the task in hand now. */
  readonly worker: string
  readonly seq: number
  readonly artifacts: readonly { readonly name: string; readonly digest: string }[]
  /** Digests that a review may refer to: the artifacts, the inputs and the intermediate ones. */
  readonly references: readonly string[]
}

export type Task = PlannedTask & {
  readonly status: TaskState
  /** The number of the evidence attached last, counted through all plans of the mission; before any, 0. */
  readonly attempt: number
  readonly takenBy: string | undefined
  /** From whom the owner took it under this plan: they do not take it up again. */
  readonly withdrawnFrom: readonly string[]
  readonly evidence: Evidence | undefined
  readonly reviewers: readonly string[]
  readonly reviews: readonly ReviewSummary[]
  readonly agreementPermille: number | undefined
  readonly reworkReason: string | undefined
  /** How often it was sent back under this plan. */
  readonly reworks: number
  /** Whether the owner sent the question to humans in this attempt. */
  readonly disputed: boolean
  readonly adjudication: Adjudication | undefined
}

/** One reason for which a completion was reversed, and the record that says so. */
export type Reversal = {
  readonly by: 'owner' | 'appeal'
  /** The appeal that found so; null where the owner took back their own mandate. */
  readonly appeal: string | null
  readonly reason: string
  /** The id of the event that reversed it. */
  readonly place: string
}

export type Plan = { readonly attempt: number; readonly tasks: ReadonlyMap<string, Task> }

export type GateFacts = {
  readonly attempt: number
  readonly digest: string
  readonly seq: number
  readonly decideBy: string
  readonly humanRequired: boolean
  readonly integrator: string
  readonly outputs: readonly ArtifactRef[]
  readonly summary: string
  /** The human's rejection that an appeal overturned: should a further one find it sound, it stands again. */
  readonly overturned?: HumanDecision
}

type Base = {
  readonly id: string
  readonly owner: string
  readonly title: string
  readonly summary: string
  readonly held: string | undefined
  /** The reversed mission that this one takes the place of. */
  readonly successorOf: string | undefined
  /** Why its completion has no effect: every reversal that stands, in the order in which they came. In force it has none. */
  readonly reversals: readonly Reversal[]
  /** Everyone who ever worked on it or reviewed it, in earlier attempts too. */
  readonly everWorked: readonly string[]
  readonly everReviewed: readonly string[]
}

export type Mission =
  | (Base & { readonly status: 'Draft' })
  | (Base & Scoped & { readonly status: 'Scoped' })
  | (Base & Scoped & { readonly status: 'Working'; readonly plan: Plan })
  | (Base & Scoped & { readonly status: 'FinalHumanGate'; readonly plan: Plan; readonly gate: GateFacts })
  | (Base &
      Scoped & {
        readonly status: 'Completed' | 'Rejected'
        readonly plan: Plan
        readonly gate: GateFacts
        readonly decision: HumanDecision | undefined
      })

type Scoped = { readonly scope: MissionScope; readonly tier: string }

export type ScopedMission = Exclude<Mission, { status: 'Draft' }>
export type PlannedMission = Exclude<ScopedMission, { status: 'Scoped' }>

export type Missions = Map<string, Mission>

export function isScoped(mission: Mission | undefined): mission is ScopedMission {
  return mission !== undefined && mission.status !== 'Draft'
}

export function isPlanned(mission: Mission | undefined): mission is PlannedMission {
  return isScoped(mission) && mission.status !== 'Scoped'
}

/** The state of spec 3.1 that the mission shows. */
export function shownState(mission: Mission): MissionState {
  if (mission.status !== 'Working') return mission.status
  return leastAdvanced([...mission.plan.tasks.values()].map((task) => task.status))
}

export function taskOf(mission: Mission | undefined, task: string): Task | undefined {
  return isPlanned(mission) ? mission.plan.tasks.get(task) : undefined
}
