/**
 * A mission is completed: each of its tasks that a machine on probation did counts for it, and the last one that was
 * asked for makes it active again (spec 4.5).
 *
 * Only low risk counts, because nothing else may be taken, and only evidence that was attached on this probation: what
 * was done before belongs to what led into quarantine. A review is not a task.
 */
import type { EventDraft } from '../constraints/event.ts'
import { isLowRisk } from '../constraints/world.ts'
import { isPlanned } from '../mission/state.ts'
import { NOTHING, type Process, type Situation } from './process.ts'

export const countProbation: Process = (event, situation) => {
  if (event.event_type !== 'mission.completed') return NOTHING
  const { state } = situation
  const mission = state.missions.get(event.subject)
  if (!isPlanned(mission) || !isLowRisk(mission.tier)) return NOTHING
  const counted: EventDraft[] = []
  const done = new Map<string, number>()
  for (const task of mission.plan.tasks.values()) {
    const { takenBy, evidence } = task
    const life = takenBy === undefined ? undefined : state.machines.get(takenBy)?.life
    if (takenBy === undefined || life?.status !== 'probation' || leftIt(takenBy, situation)) continue
    const before = done.get(takenBy) ?? life.done
    if (evidence === undefined || evidence.seq <= life.sinceSeq || before >= life.needed) continue
    const now = before + 1
    done.set(takenBy, now)
    const data = { mission: mission.id, task: task.id, done: now, needed: life.needed }
    counted.push({ event_type: 'trust.probation_counted', subject: takenBy, data })
    if (now < life.needed) continue
    counted.push({ event_type: 'trust.machine_activated', subject: takenBy, data: { tasks: now } })
  }
  return counted
}

/** Whether an event of this entry has put the machine out of service before. */
function leftIt(machine: string, { soFar }: Situation): boolean {
  const ends = ['trust.machine_quarantined', 'trust.machine_decommissioned']
  return soFar.some((event) => event.subject === machine && ends.includes(event.event_type))
}
