/**
 * The command types of missions, each on one screen: effect, signers, owner, constraints, what follows.
 *
 * Source: spec 3.1–3.3, 1.2 (effects).
 */
import { formatTimestamp, millis } from '../../wire/time.ts'
import { encode } from '../../wire/canonical-json.ts'
import { digest } from '../../wire/sha256.ts'
import { message } from '../../wire/dsse.ts'
import type { CommandType } from '../constraints/kernel.ts'
import { artifactsOf, bundleOf, referencesOf } from '../../wire/evidence.ts'
import * as Body from './command.ts'
import * as Must from './constraints.ts'
import * as Scoping from './scope-constraints.ts'
import * as Work from './work-constraints.ts'
import { missionDigest } from './digest.ts'
import type { MissionEvent } from './event.ts'
import { needsHuman } from './final-gate.ts'
import { isPlanned, taskOf, type Missions } from './state.ts'

type Of<B> = CommandType<Missions, B>

const base = { domain: 'mission', effect: 'reversible', subjectKind: 'mission' } as const

export const create: Of<Body.Create> = {
  ...base,
  type: 'mission.create',
  signers: ['human'],
  owner: 'the human who creates it',
  creates: true,
  body: Body.create,
  constraints: [Must.missionIsNew, Must.succeedsItsOwn],
  decide: ({ command, principal }) =>
    events({ event_type: 'mission.created', subject: command.subject, data: { owner: principal.id, ...command.body } }),
}

export const scope: Of<Body.Scope> = {
  ...base,
  type: 'mission.scope',
  signers: ['human'],
  owner: "the mission's owner",
  body: Body.scope,
  constraints: [
    Scoping.classIsNotRefused,
    Scoping.rolesAreFilled,
    Scoping.namedRolesAreFit,
    Must.signedByTheOwner,
    Must.missionExists,
    Must.missionStep('define_scope'),
    Scoping.classIsMapped,
    Scoping.tierAsMapped,
    Scoping.topologyNotWeaker,
    Scoping.domainIsKnown,
    Must.notHeld,
    Must.noOpenIncident,
  ],
  decide: ({ command, world }) => {
    const { risk_tier: _declared, ...scoped } = command.body
    const tier = world.constitution.tierOfClass(scoped.mission_class) ?? ''
    return events({ event_type: 'mission.scoped', subject: command.subject, data: { ...scoped, tier } })
  },
}

const plannerSigns = {
  ...base,
  signers: ['human', 'machine'],
  owner: 'the planner whom the owner named',
  body: Body.plan,
} as const

function planned(step: 'build_task_graph' | 'replan'): Of<Body.PlanBody> {
  return {
    ...plannerSigns,
    type: step === 'replan' ? 'mission.replan' : 'mission.plan',
    constraints: [
      Scoping.workersAreKnown,
      Scoping.noWorkerIsTheOwner,
      Scoping.namedWorkersAreFit,
      Work.signerIsFitForTheTier,
      Must.signedByThePlanner,
      Must.missionExists,
      Must.missionStep(step),
      Scoping.graphIsSound,
      Scoping.taskDomainsAreKnown,
      Must.notHeld,
      Work.signerIsNotHeld,
      Must.noOpenIncident,
    ],
    decide: ({ command, own }) => {
      const mission = own.get(command.subject)
      const attempt = isPlanned(mission) ? mission.plan.attempt + 1 : 1
      return events({
        event_type: 'mission.planned',
        subject: command.subject,
        data: { attempt, tasks: command.body.tasks },
      })
    },
  }
}

export const plan = planned('build_task_graph')
export const replan = planned('replan')

const workerSigns = { ...base, signers: ['human', 'machine'], owner: "the task's worker" } as const

export const start: Of<Body.OfTask> = {
  ...workerSigns,
  type: 'mission.start',
  body: Body.ofTask,
  constraints: [
    Work.workerIsNotTheOwner,
    Work.signerIsFitForTheTier,
    Work.signedByTheWorker,
    Must.missionExists,
    Work.waitsForAHand,
    Work.wasNotWithdrawnFromIt,
    Work.dependenciesAreDone,
    Must.notHeld,
    Work.signerIsNotHeld,
    Must.noOpenIncident,
  ],
  decide: ({ command, principal }) =>
    events({
      event_type: 'mission.task_started',
      subject: command.subject,
      data: { task: command.body.task, worker: principal.id },
    }),
}

export const submit: Of<Body.Submit> = {
  ...workerSigns,
  type: 'mission.submit',
  body: Body.submit,
  embedded: (command, world) => {
    const bundle = bundleOf(command.body.evidence)
    if (!bundle.ok) return []
    const publicKey = world.publicKey(bundle.value.opened.keyId)
    if (publicKey === undefined) return []
    return [{ publicKey, signature: bundle.value.opened.signature, message: () => message(bundle.value.opened) }]
  },
  constraints: [
    Work.evidenceIsSigned,
    Work.evidenceNamesItsMethod,
    Work.signerIsFitForTheTier,
    Work.signedByTheWorker,
    Must.missionExists,
    Must.taskStep('submit_evidence'),
    Work.evidenceIsWellFormed,
    Work.evidenceIsOfThisTask,
    Work.evidenceShowsItsWay,
    Must.notHeld,
    Must.noOpenIncident,
  ],
  decide: ({ command, principal }) => {
    const bundle = bundleOf(command.body.evidence)
    if (!bundle.ok) return []
    const { statement, opened } = bundle.value
    return events({
      event_type: 'mission.evidence_attached',
      subject: command.subject,
      data: {
        task: command.body.task,
        attempt: statement.predicate.attempt,
        worker: principal.id,
        evidence: digest(encode(opened.envelope)),
        artifacts: artifactsOf(statement),
        references: referencesOf(statement),
      },
    })
  },
}

export const correct: Of<Body.OfTask> = {
  ...workerSigns,
  type: 'mission.correct',
  body: Body.ofTask,
  constraints: [
    Work.signerIsFitForTheTier,
    Work.signedByTheWorker,
    Must.missionExists,
    Must.taskStep('correct_task'),
    Must.notHeld,
    Must.noOpenIncident,
  ],
  decide: ({ command }) =>
    events({ event_type: 'mission.task_corrected', subject: command.subject, data: { task: command.body.task } }),
}

/**
 * A machine that took a task and went out of service would halt its mission for good: the owner takes the task from it.
 * What it did stays on record, it reviews nothing of this mission, and nothing is minted for it.
 */
export const withdrawTask: Of<Body.WithdrawTask> = {
  ...base,
  type: 'mission.withdraw_task',
  signers: ['human'],
  owner: "the mission's owner",
  body: Body.withdrawTask,
  constraints: [
    Must.signedByTheOwner,
    Must.missionExists,
    Must.workIsUnderWay,
    Work.taskIsInItsHand,
    Work.handIsOutOfService,
    Must.notHeld,
    Must.noOpenIncident,
  ],
  decide: ({ command, own }) => {
    const { task, reason } = command.body
    const found = taskOf(own.get(command.subject), task)
    const worker = found?.takenBy ?? found?.worker
    if (found === undefined || worker === undefined) return []
    const data = { task, worker, status: found.status, reason }
    return events({ event_type: 'mission.task_withdrawn', subject: command.subject, data })
  },
}

export const integrate: Of<Body.Integrate> = {
  ...base,
  type: 'mission.integrate',
  signers: ['human', 'machine'],
  owner: 'the integrator whom the owner named',
  body: Body.integrate,
  constraints: [
    Work.outputsWereReviewed,
    Work.proposalIsWhole,
    Work.signerIsFitForTheTier,
    Must.signedByTheIntegrator,
    Must.missionExists,
    Must.missionStep('assemble_output'),
    Must.notHeld,
    Work.signerIsNotHeld,
    Must.noOpenIncident,
  ],
  decide: ({ command, own, principal, world, at }) => {
    const mission = own.get(command.subject)
    if (!isPlanned(mission)) return []
    const { outputs, summary } = command.body
    const integration = { attempt: mission.plan.attempt, integrator: principal.id, outputs, summary }
    return events({
      event_type: 'mission.gate_opened',
      subject: command.subject,
      data: {
        ...integration,
        mission_digest: missionDigest(world.deployment.id, mission, integration),
        human_required: needsHuman(mission.tier) || mission.scope.topology?.human_final_gate === true,
        decide_by: formatTimestamp(millis(at + world.constitution.finalGate.approvalDeadlineMs)),
      },
    })
  },
}

export const dispute: Of<Body.Dispute> = {
  ...base,
  type: 'mission.dispute',
  signers: ['human'],
  owner: "the mission's owner",
  body: Body.dispute,
  constraints: [Must.signedByTheOwner, Must.missionExists, Must.workIsUnderWay, Must.reviewIsUnderWay],
  decide: ({ command, own }) => {
    const { task, reason } = command.body
    const attempt = taskOf(own.get(command.subject), task)?.attempt ?? 0
    return events({ event_type: 'mission.disputed', subject: command.subject, data: { task, attempt, reason } })
  },
}

/** R0 and R1 stay reversible: the owner, whose mandate completed it, takes its effects back (spec 3.1). */
export const reverse: Of<Body.Reverse> = {
  ...base,
  type: 'mission.reverse',
  signers: ['human'],
  owner: "the mission's owner",
  body: Body.reverse,
  constraints: [Must.signedByTheOwner, Must.missionExists, Must.staysReversible],
  decide: ({ command, own }) => {
    const mission = own.get(command.subject)
    const attempt = isPlanned(mission) ? mission.plan.attempt : 0
    const { reason } = command.body
    return events({
      event_type: 'mission.reversed',
      subject: command.subject,
      data: { attempt, by: 'owner', reason, appeal: null },
    })
  },
}

/** Nobody decided in time: nothing has happened, and the owner may ask once more. It is no step of the machine. */
export const renew: Of<Body.Nothing> = {
  ...base,
  type: 'mission.renew',
  signers: ['human'],
  owner: "the mission's owner",
  body: Body.nothing,
  bodyOptional: true,
  constraints: [Must.signedByTheOwner, Must.missionExists, Must.gateHasLapsed, Must.noOpenIncident],
  decide: ({ command, own, world, at }) => {
    const mission = own.get(command.subject)
    const attempt = isPlanned(mission) ? mission.plan.attempt : 0
    const decide_by = formatTimestamp(millis(at + world.constitution.finalGate.approvalDeadlineMs))
    return events({ event_type: 'mission.gate_renewed', subject: command.subject, data: { attempt, decide_by } })
  },
}

export const hold: Of<Body.Hold> = {
  ...base,
  type: 'mission.hold',
  signers: ['human'],
  owner: "the mission's owner",
  body: Body.hold,
  constraints: [Must.signedByTheOwner, Must.missionExists, Must.beforeTheGate, Must.notHeld],
  decide: ({ command }) =>
    events({ event_type: 'mission.held', subject: command.subject, data: { reason: command.body.reason } }),
}

export const release: Of<Body.Nothing> = {
  ...base,
  type: 'mission.release',
  signers: ['human'],
  owner: "the mission's owner",
  body: Body.nothing,
  bodyOptional: true,
  constraints: [Must.signedByTheOwner, Must.missionExists, Must.isHeld],
  decide: ({ command }) => events({ event_type: 'mission.released', subject: command.subject, data: {} }),
}

function events(event: MissionEvent): readonly MissionEvent[] {
  return [event]
}
