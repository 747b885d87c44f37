/**
 * A mission is completed: each of its tasks that a machine on probation did counts for it, and the last one that was
 * asked for makes it active again. What is reversed later does not count after all (spec 4.5, 3.1).
 *
 * Only low risk counts, because nothing else may be taken, and only evidence that was attached on this probation: what
 * was done before belongs to what led into quarantine. A review is not a task.
 */
import type { EventDraft } from '../constraints/event.ts'
import { isLowRisk } from '../constraints/world.ts'
import { isPlanned } from '../mission/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

export const countProbation: Process = (event, situation) => {
  switch (event.event_type) {
    case 'mission.completed':
    case 'mission.restored':
      return counted(event.subject, 1, situation)
    case 'mission.reversed':
      // A second reversal takes nothing twice.
      return situation.state.missions.get(event.subject)?.reversals.length === 0
        ? counted(event.subject, -1, situation)
        : NOTHING
    default:
      return NOTHING
  }
}

function counted(id: string, step: 1 | -1, situation: Situation): readonly EventDraft[] {
  const { state } = situation
  const mission = state.missions.get(id)
  if (!isPlanned(mission) || !isLowRisk(mission.tier)) return NOTHING
  const events: EventDraft[] = []
  const done = new Map<string, number>()
  for (const task of mission.plan.tasks.values()) {
    const { takenBy, evidence } = task
    const life = takenBy === undefined ? undefined : state.machines.get(takenBy)?.life
    if (takenBy === undefined || life?.status !== 'probation' || leftIt(takenBy, situation)) continue
    if (evidence === undefined || evidence.seq <= life.sinceSeq) continue
    const now = (done.get(takenBy) ?? life.done) + step
    if (now < 0 || now > life.needed) continue
    done.set(takenBy, now)
    const data = { mission: mission.id, task: task.id, done: now, needed: life.needed }
    events.push({ event_type: 'trust.probation_counted', subject: takenBy, data })
    if (now < life.needed) continue
    events.push({ event_type: 'trust.machine_activated', subject: takenBy, data: { tasks: now } })
  }
  return events
}

/** Whether an event of this entry has put the machine out of service before. */
function leftIt(machine: string, { soFar }: Situation): boolean {
  const ends = ['trust.machine_quarantined', 'trust.machine_decommissioned']
  return soFar.some((event) => event.subject === machine && ends.includes(event.event_type))
}
