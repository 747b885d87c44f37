/** What tests of appeals start from: a mission that its mandate completed, and an appeal against that. */
import { decision, reviewed, underReview } from './flow.ts'
import { fork } from './fork.ts'
import { answered, CROWD, eventOf, filed, integratedBy } from './appeals.ts'
import { withCitizens } from './panels.ts'
import { ADA, NOOR, OPERATORS, type Person } from './people.ts'
import { committed, founded } from './world.ts'

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
