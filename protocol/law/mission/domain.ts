/** How normative a question is: a task is as normative as its mission, and a mission as its most normative task. */
import { mostNormative } from './final-gate.ts'
import { isPlanned, taskOf, type Mission, type PlannedMission } from './state.ts'

/** The more normative of the task's own type and the mission's (spec 3.5; reading R13). */
export function domainOfTask(mission: Mission | undefined, task: string): string {
  const found = taskOf(mission, task)
  if (!isPlanned(mission) || found === undefined) return 'normative'
  return mostNormative([mission.scope.domain_type, found.domain_type])
}

export function domainOfMission(mission: PlannedMission): string {
  return mostNormative([mission.scope.domain_type, ...[...mission.plan.tasks.values()].map((task) => task.domain_type)])
}

/** Whether humans have decided every question of the mission that is not purely objective. */
export function isAdjudicated(mission: PlannedMission): boolean {
  return [...mission.plan.tasks.values()].every(
    (task) => domainOfTask(mission, task.id) === 'objective' || task.adjudication !== undefined,
  )
}
