/** What tests of appeals start from: a mission that its mandate completed, and an appeal against that. */
import { decision, reviewed, underReview } from './flow.ts'
import { fork } from './fork.ts'
import { answered, CROWD, eventOf, filed, integratedBy } from './appeals.ts'
import { APPROVES, seatedPanel, sitting, withCitizens } from './panels.ts'
import { ADA, NOOR, OPERATORS, type Person } from './people.ts'
import { committed, founded, type Bench } from './world.ts'

export const [bea, cem] = OPERATORS
export const EVERYBODY: readonly Person[] = [ADA, NOOR, ...OPERATORS, ...CROWD]

export const base = withCitizens(founded(), CROWD)

/** A mission of R0 that its mandate completed, and the id of that decision. */
export const done = fork(base)
underReview(done, 'm-1')
reviewed(done, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
export const COMPLETED = eventOf(integratedBy(done, 'm-1'), 'mission.completed')

export const appealed = fork(done)
committed(filed(appealed, cem, 'a-1', COMPLETED))

/** Of the mission's and the panel's own law: what trust and incidents make of it is tested where they are. */
export const types = (events: readonly { event_type: string }[]) =>
  events.map((event) => event.event_type).filter((type) => !/^trust\.|incident_opened/.test(type))

export const before = fork(appealed)
answered(before, 'a-1', EVERYBODY)

/** A mission whose panel approved and which was completed then: the ids of both decisions. */
export function adjudicatedAndCompleted(bench: Bench, mission: string): { concluded: string; completed: string } {
  const panel = seatedPanel(bench, mission)
  const [a, b] = sitting(bench, panel, EVERYBODY)
  committed(bench.send(a!, 'panel.vote', panel, APPROVES))
  const concluded = eventOf(bench.send(b!, 'panel.vote', panel, APPROVES), 'review.panel_concluded')
  return { concluded, completed: eventOf(integratedBy(bench, mission), 'mission.completed') }
}
