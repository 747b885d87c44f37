/**
 * The mission and task machine: eleven states and the twelve steps between them. Nothing else is a step.
 *
 *     Draft ─▶ Scoped ─▶ Decomposed ─▶ InProgress ─▶ EvidenceAttached ─▶ UnderReview ─▶ Integrated ─▶ FinalHumanGate
 *                            ▲             ▲                                 │                           │      │
 *                            │             └───────────── Rework ◀───────────┘                           ▼      ▼
 *                            └──────────────────────────────────────────────────────────────────── Rejected  Completed
 *
 * With several tasks the states from Decomposed to Integrated are each task's own; the mission shows the least
 * advanced of them as a view.
 *
 * Source: spec 3.1; readings E1–E7 (there is no cancel: reject at the gate, hold, or stay).
 */

export const STATES = [
  'Draft',
  'Scoped',
  'Decomposed',
  'InProgress',
  'EvidenceAttached',
  'UnderReview',
  'Rework',
  'Integrated',
  'FinalHumanGate',
  'Completed',
  'Rejected',
] as const

export type MissionState = (typeof STATES)[number]

export const STEPS = {
  define_scope: ['Draft', 'Scoped'],
  build_task_graph: ['Scoped', 'Decomposed'],
  start_work: ['Decomposed', 'InProgress'],
  submit_evidence: ['InProgress', 'EvidenceAttached'],
  route_reviewers: ['EvidenceAttached', 'UnderReview'],
  review_failed: ['UnderReview', 'Rework'],
  correct_task: ['Rework', 'InProgress'],
  review_approved: ['UnderReview', 'Integrated'],
  assemble_output: ['Integrated', 'FinalHumanGate'],
  human_approve: ['FinalHumanGate', 'Completed'],
  human_reject: ['FinalHumanGate', 'Rejected'],
  replan: ['Rejected', 'Decomposed'],
} as const satisfies Record<string, readonly [MissionState, MissionState]>

export type Step = keyof typeof STEPS

/** Where a step leads from a state, or undefined where it is no step of that state. Any other input is no step. */
export function next(state: unknown, step: unknown): MissionState | undefined {
  if (typeof step !== 'string' || !Object.hasOwn(STEPS, step)) return undefined
  const [from, to] = STEPS[step as Step]
  return state === from ? to : undefined
}

/** States of a single task, least advanced first. Rework is shown as InProgress. */
export const TASK_STATES = [
  'Decomposed',
  'InProgress',
  'EvidenceAttached',
  'UnderReview',
  'Rework',
  'Integrated',
] as const

export type TaskState = (typeof TASK_STATES)[number]

const ADVANCE: Record<TaskState, number> = {
  Decomposed: 0,
  InProgress: 1,
  Rework: 1,
  EvidenceAttached: 2,
  UnderReview: 3,
  Integrated: 4,
}

const SHOWN: readonly MissionState[] = ['Decomposed', 'InProgress', 'EvidenceAttached', 'UnderReview', 'Integrated']

/** The state that a mission shows while its tasks are worked on: the least advanced of theirs. */
export function leastAdvanced(tasks: Iterable<TaskState>): MissionState {
  let least = SHOWN.length - 1
  for (const task of tasks) least = Math.min(least, ADVANCE[task])
  return SHOWN[least] ?? 'Decomposed'
}
