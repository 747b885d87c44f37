/**
 * The command types of incidents: anyone may report one, with facts; a human who has nothing to do with it resolves
 * it, with a reason (spec 3.6).
 *
 * A report holds what it concerns at once, so it costs: facts, and one of few open reports that a human and all their
 * machines have together. Nobody can hold the whole system by writing much.
 */
import type { CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import { OPEN_REPORTS_MAX } from '../constraints/limits.ts'
import type { Actor, World } from '../constraints/world.ts'
import * as Body from './command.ts'
import type { IncidentEvent } from './event.ts'
import { isMisconduct, severitiesOf } from './kinds.ts'
import { reportKey, type Incident, type Incidents } from './state.ts'

type Rule<B> = Constraint<Incidents, B>

const base = { domain: 'governance', effect: 'reversible', subjectKind: 'incident' } as const

const incidentIsNew: Rule<unknown> = {
  id: 'incident-is-new',
  level: 'operational',
  reads: 'subject',
  check: ({ command, world }) => {
    const kind = world.kindOf(command.subject)
    return kind === undefined ? undefined : { subject: command.subject, kind }
  },
}

const concernsWhatThereIs: Rule<Body.Report> = {
  id: 'concerns-what-there-is',
  level: 'operational',
  reads: 'body',
  check: ({ command, world }) => {
    const odd = command.body.concerns.find((id) => [undefined, 'incident', 'reserved'].includes(world.kindOf(id)))
    return odd === undefined ? undefined : { subject: odd }
  },
}

const accusedIsAnActor: Rule<Body.Report> = {
  id: 'accused-is-an-actor',
  level: 'operational',
  reads: 'body',
  check: ({ command: { body }, world }) => {
    const { accused, kind } = body
    if (accused === undefined) return isMisconduct(kind) ? { kind, accused: 'none' } : undefined
    const known = world.actor(accused)?.kind
    return known === 'human' || known === 'machine' ? undefined : { accused }
  },
}

const nobodyAccusesThemselves: Rule<Body.Report> = {
  id: 'accused-is-another',
  level: 'responsibility',
  reads: 'body',
  check: ({ command, principal }) =>
    command.body.accused === principal.id ? { accused: command.body.accused } : undefined,
}

const severityIsOfTheKind: Rule<Body.Report> = {
  id: 'severity-is-of-the-kind',
  level: 'operational',
  reads: 'body',
  check: ({ command: { body } }) => {
    const allowed = severitiesOf(body.kind)
    return allowed.includes(body.severity) ? undefined : { kind: body.kind, allowed: allowed.join(' or ') }
  },
}

/** Free text alone is no ground (spec 1.3). That the facts are recorded is asked of every command. */
const groundsAreStated: Rule<Body.Report> = {
  id: 'grounds-are-stated',
  level: 'responsibility',
  reads: 'body',
  check: ({ command }) => (command.grounds.length === 0 ? {} : undefined),
}

const reportsAreFew: Rule<unknown> = {
  id: 'open-reports-are-few',
  level: 'physical',
  reads: 'subject',
  check: ({ own, principal }) => {
    const open = own.openBy.get(answersFor(principal)) ?? 0
    return open < OPEN_REPORTS_MAX ? undefined : { open, most: OPEN_REPORTS_MAX }
  },
}

/**
 * Asking again gives the same answer (spec 1.3): the same facts about the same are not judged twice. What was reported
 * as severe is not reported once more as minor; what was reported as minor can still be found severe.
 */
const saysSomethingNew: Rule<Body.Report> = {
  id: 'report-says-something-new',
  level: 'operational',
  reads: 'body',
  check: ({ own, command: { body, grounds } }) => {
    const said = [body.severity, 'severe'].some((severity) =>
      own.reported.has(reportKey({ ...body, accused: body.accused, grounds, severity })),
    )
    return said ? { kind: body.kind } : undefined
  },
}

function incidentOf(scene: Scene<Incidents, unknown>): Incident | undefined {
  return scene.own.byId.get(scene.command.subject)
}

const incidentExists: Rule<unknown> = {
  id: 'incident-exists',
  level: 'operational',
  reads: 'subject',
  check: (scene) => (incidentOf(scene) === undefined ? { incident: scene.command.subject } : undefined),
}

const incidentIsOpen: Rule<unknown> = {
  id: 'incident-is-open',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const status = incidentOf(scene)?.status ?? 'open'
    return status === 'open' ? undefined : { status }
  },
}

const resolverIsUninvolved: Rule<unknown> = {
  id: 'resolver-is-uninvolved',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const incident = incidentOf(scene)
    const part = incident === undefined ? undefined : partIn(incident, scene.principal.id, scene.world)
    return part === undefined ? undefined : { signer: scene.principal.id, part }
  },
}

/** A suspended gain is decided by its revalidation; a late commitment is late until it is on chain. */
const waitsForNothing: Rule<unknown> = {
  id: 'incident-waits-for-nothing',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const kind = incidentOf(scene)?.kind
    if (kind === 'suspended-gain') return { waits_for: 'revalidation' }
    const overdue = kind === 'overdue-commitment' ? scene.world.overdueEpoch(scene.at) : undefined
    return overdue === undefined ? undefined : { waits_for: 'commitment', epoch: overdue }
  },
}

/** How a human has to do with an incident, or undefined where they have nothing to do with it. */
export function partIn(incident: Incident, human: string, world: World): string | undefined {
  const is = (id: string | undefined): boolean => {
    const actor = id === undefined ? undefined : world.actor(id)
    return id === human || (actor?.kind === 'machine' && actor.operator === human)
  }
  // Reopened against their word, it is others who judge it now.
  if (incident.status === 'open' && incident.resolvers.includes(human)) return 'resolver'
  if (is(incident.reporter)) return 'reporter'
  if (is(incident.accused)) return 'accused'
  for (const subject of incident.concerns) {
    if (is(subject)) return 'concerned'
    if (world.partiesOf(subject).includes(human)) return 'party'
    const parts = world.participants(subject)
    if (parts === undefined) continue
    const { owner, planner, integrator, workers, reviewers } = parts
    if ([owner, planner, integrator, ...workers, ...reviewers].some(is)) return 'participant'
  }
  // A conflict with whoever answers for a machine is one with the machine.
  const parties = [incident.reporter, incident.accused, ...incident.concerns].flatMap((id) => {
    const actor = id === undefined ? undefined : world.actor(id)
    return actor?.kind === 'machine' ? [actor.id, actor.operator] : (id ?? [])
  })
  return world.conflictedWith(parties, []).includes(human) ? 'declared conflict' : undefined
}

/** The human who answers for what an actor says: a machine's is its operator. */
function answersFor(actor: Actor): string {
  return actor.kind === 'machine' ? actor.operator : actor.id
}

export const report: CommandType<Incidents, Body.Report> = {
  ...base,
  type: 'incident.report',
  signers: ['human', 'machine'],
  inQuarantine: true,
  owner: 'whoever saw it',
  creates: true,
  body: Body.report,
  constraints: [
    reportsAreFew,
    nobodyAccusesThemselves,
    groundsAreStated,
    incidentIsNew,
    concernsWhatThereIs,
    accusedIsAnActor,
    severityIsOfTheKind,
    saysSomethingNew,
  ],
  decide: ({ command: { subject, body, grounds }, principal }) => {
    const { kind, severity, concerns, account, accused = null } = body
    const who = { accused, reporter: principal.id, responsible: answersFor(principal) }
    const data = { kind, severity, concerns, ...who, account, grounds }
    return events({ event_type: 'governance.incident_opened', subject, data })
  },
}

export const resolve: CommandType<Incidents, Body.Resolve> = {
  ...base,
  type: 'incident.resolve',
  signers: ['human'],
  owner: 'any verified human who has nothing to do with it',
  body: Body.resolve,
  constraints: [resolverIsUninvolved, incidentExists, incidentIsOpen, waitsForNothing],
  decide: (scene) => {
    const incident = incidentOf(scene)
    if (incident === undefined) return []
    const { kind, severity, concerns, accused = null } = incident
    const { resolution, reason } = scene.command.body
    const data = { resolution, kind, severity, concerns, accused, by: scene.principal.id, reason }
    return events({ event_type: 'governance.incident_resolved', subject: incident.id, data })
  },
}

function events(event: IncidentEvent): readonly IncidentEvent[] {
  return [event]
}
