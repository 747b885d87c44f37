/**
 * The way back from quarantine: the operator brings an examination with its evidence, five independent humans sign
 * it, and the machine begins again on probation (spec 4.5; I-05).
 *
 * Results below a threshold are taken in as a failure and not withheld: otherwise nobody would count how often it was
 * tried. The window for signatures is that of a revalidation (`REVALIDATION_WINDOW_DAYS`), the constitution's only
 * window for human signatures about trust; an application that is not signed in time is a failure too.
 */
import { encode } from '../../wire/canonical-json.ts'
import { message } from '../../wire/dsse.ts'
import { examinationOf } from '../../wire/examination.ts'
import { digest } from '../../wire/sha256.ts'
import { formatTimestamp, millis } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import type { CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import type { Human, World } from '../constraints/world.ts'
import * as Body from './command.ts'
import { base, machineExists, signedByItsOperator } from './constraints.ts'
import type { MachineEvent, Results } from './event.ts'
import { failuresInWindow, isPastItsLimit } from './limits.ts'
import type { Application, Machines, RegisteredMachine } from './state.ts'

type Rule<B> = Constraint<Machines, B>

function machineOf(scene: Scene<Machines, unknown>): RegisteredMachine | undefined {
  return scene.own.get(scene.command.subject)
}

function applicationOf(scene: Scene<Machines, unknown>): Application | undefined {
  const life = machineOf(scene)?.life
  return life?.status === 'quarantined' ? life.application : undefined
}

const isInQuarantine: Rule<unknown> = {
  id: 'machine-is-in-quarantine',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const status = machineOf(scene)?.life.status
    return status === undefined || status === 'quarantined' ? undefined : { status }
  },
}

/** The limit at zero trust has come: what the close of the epoch will state holds already. */
const limitHasNotCome: Rule<unknown> = {
  id: 'limit-at-zero-has-not-come',
  level: 'physical',
  reads: 'subject',
  check: (scene) => {
    const machine = machineOf(scene)
    const { constitution } = scene.world
    if (machine === undefined || !isPastItsLimit(machine, constitution, scene.at)) return undefined
    return { limit_ms: constitution.machines.decommission.zeroTrustMs }
  },
}

const noApplicationWaits: Rule<unknown> = {
  id: 'no-application-waits',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const application = applicationOf(scene)
    return application === undefined ? undefined : { application: application.digest }
  },
}

const noSevereIncident: Rule<unknown> = {
  id: 'no-severe-incident',
  level: 'operational',
  reads: 'subject',
  check: ({ command, world }) => {
    const incident = world.severeIncident(command.subject)
    return incident === undefined ? undefined : { incident }
  },
}

const isWellFormed: Rule<Body.Recertify> = {
  id: 'evidence-is-well-formed',
  level: 'operational',
  reads: 'body',
  check: ({ command }) => {
    const examination = examinationOf(command.body.evidence)
    return examination.ok ? undefined : { code: examination.error.code, path: examination.error.path ?? '' }
  },
}

const isSignedByTheOperator: Rule<Body.Recertify> = {
  id: 'evidence-is-signed-by-the-operator',
  level: 'responsibility',
  reads: 'body',
  check: ({ command, principal, signatures, world, at }) => {
    const examination = examinationOf(command.body.evidence)
    if (!examination.ok) return undefined
    const { keyId } = examination.value.opened
    if (world.keyHolder(keyId) !== principal.id) return { key_id: keyId }
    const standing = world.keyState(keyId, at) ?? 'unknown'
    if (standing !== 'active') return { key_id: keyId, standing }
    return signatures[1] === true ? undefined : { signature: 'invalid' }
  },
}

const isOfThisMachine: Rule<Body.Recertify> = {
  id: 'evidence-is-of-this-machine',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const examination = examinationOf(scene.command.body.evidence)
    if (!examination.ok) return undefined
    const { machine, operator } = examination.value.statement.predicate
    if (machine !== scene.command.subject) return { machine }
    return operator === scene.principal.id ? undefined : { operator }
  },
}

/** Evidence that was looked at and did not suffice, or whose signatures were spent, is not looked at again. */
const isNew: Rule<Body.Recertify> = {
  id: 'evidence-is-new',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const examined = digestOf(scene.command.body)
    return machineOf(scene)?.examined.includes(examined) === true ? { evidence: examined } : undefined
  },
}

function digestOf(body: Body.Recertify): string {
  return digest(encode(body.evidence))
}

export const recertify: CommandType<Machines, Body.Recertify> = {
  ...base,
  type: 'machine.recertify',
  signers: ['human'],
  owner: "the machine's operator",
  body: Body.recertify,
  embedded: ({ body }, world) => {
    const examination = examinationOf(body.evidence)
    if (!examination.ok) return []
    const { opened } = examination.value
    const publicKey = world.publicKey(opened.keyId)
    return publicKey === undefined ? [] : [{ publicKey, signature: opened.signature, message: () => message(opened) }]
  },
  constraints: [
    limitHasNotCome,
    isSignedByTheOperator,
    signedByItsOperator,
    machineExists,
    isInQuarantine,
    noApplicationWaits,
    noSevereIncident,
    isWellFormed,
    isOfThisMachine,
    isNew,
  ],
  decide: (scene) => {
    const { command, principal, world, at } = scene
    const examination = examinationOf(command.body.evidence)
    const machine = machineOf(scene)
    if (!examination.ok || machine === undefined) return []
    const { constitution } = world
    const { results, fingerprint } = examination.value.statement.predicate
    const application = digestOf(command.body)
    const sign_by = formatTimestamp(millis(at + constitution.reviews.revalidationMs))
    const applied: MachineEvent = {
      event_type: 'trust.recertification_applied',
      subject: machine.id,
      data: { application, results, fingerprint, operator: principal.id, sign_by },
    }
    if (suffice(results, constitution)) return [applied]
    const failed: MachineEvent = {
      event_type: 'trust.recertification_failed',
      subject: machine.id,
      data: {
        application,
        reason: 'results-below-threshold',
        failed_in_window: failuresInWindow(machine, constitution, at) + 1,
      },
    }
    return [applied, failed]
  },
}

/** Each threshold is met at equality. */
export function suffice(results: Results, { machines }: Constitution): boolean {
  const { correctnessMin, severeErrorsMax, reproducibilityMin } = machines.recertification
  return (
    results.correctness_ppm >= correctnessMin &&
    results.severe_errors_ppm <= severeErrorsMax &&
    results.reproducibility_ppm >= reproducibilityMin
  )
}

const applicationWaits: Rule<unknown> = {
  id: 'application-waits',
  level: 'operational',
  reads: 'subject',
  check: (scene) =>
    machineOf(scene) === undefined || applicationOf(scene) !== undefined ? undefined : { application: 'none' },
}

/** A signature names what it signs: none counts for another application. */
const namesTheApplication: Rule<Body.SignRecertification> = {
  id: 'signature-names-the-application',
  level: 'physical',
  reads: 'body',
  check: (scene) => {
    const waits = applicationOf(scene)?.digest
    const { application } = scene.command.body
    return waits === undefined || waits === application ? undefined : { application, waits }
  },
}

const withinItsWindow: Rule<unknown> = {
  id: 'within-the-window-for-signatures',
  level: 'physical',
  reads: 'subject',
  check: (scene) => {
    const end = applicationOf(scene)?.signBy
    return end === undefined || scene.at <= end ? undefined : { late_ms: scene.at - end }
  },
}

const hasNotSigned: Rule<unknown> = {
  id: 'signer-has-not-signed',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) =>
    applicationOf(scene)?.signers.includes(scene.principal.id) === true ? { signer: scene.principal.id } : undefined,
}

/**
 * Not the operator, nobody of their house, nobody with a conflict that they declared (spec 4.5, 4.3). The same goes for
 * its earlier identities: with another operator it is still the system that they ran.
 */
function partOf(human: Human, machine: RegisteredMachine, own: Machines, world: World): string | undefined {
  const same = [machine, ...machine.kin.flatMap((id) => own.get(id) ?? [])]
  const operators = same.map(({ operator }) => operator)
  if (operators.includes(human.id)) return 'operator'
  const theirs = operators.flatMap((id) => {
    const operator = world.actor(id)
    return operator?.kind === 'human' ? [operator.organization] : []
  })
  const houses = [...new Set([...same.map(({ organization }) => organization), ...theirs])]
  if (houses.includes(human.organization)) return 'organization'
  const actors = [...same.map(({ id }) => id), ...operators]
  return world.conflictedWith(actors, houses).includes(human.id) ? 'declared conflict' : undefined
}

export const signerIsIndependent: Rule<unknown> = {
  id: 'signer-is-independent',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const machine = machineOf(scene)
    const { own, principal, world } = scene
    if (machine === undefined || principal.kind !== 'human') return undefined
    const part = partOf(principal, machine, own, world)
    return part === undefined ? undefined : { signer: principal.id, part }
  },
}

export const signRecertification: CommandType<Machines, Body.SignRecertification> = {
  ...base,
  type: 'machine.sign_recertification',
  signers: ['human'],
  owner: 'any verified human who has nothing to do with the machine',
  body: Body.signRecertification,
  constraints: [
    limitHasNotCome,
    withinItsWindow,
    namesTheApplication,
    signerIsIndependent,
    hasNotSigned,
    machineExists,
    isInQuarantine,
    applicationWaits,
    noSevereIncident,
  ],
  decide: (scene) => {
    const { own, principal, world } = scene
    const machine = machineOf(scene)
    const application = applicationOf(scene)
    if (machine === undefined || application === undefined || principal.kind !== 'human') return []
    const {
      signatures: needed,
      probationTasks,
      extendedProbationFactor,
      trustAfter,
    } = world.constitution.machines.recertification
    // Judged as they stand when they are counted: whoever has declared a conflict since then counts no longer.
    const standing = application.signers.filter((id) => {
      const human = world.actor(id)
      return human?.kind === 'human' && partOf(human, machine, own, world) === undefined
    })
    const signers = [...standing, principal.id]
    const { region, organization } = principal
    const signed: MachineEvent = {
      event_type: 'trust.recertification_signed',
      subject: machine.id,
      data: {
        application: application.digest,
        by: principal.id,
        region,
        organization,
        signatures: signers.length,
        needed,
      },
    }
    if (signers.length < needed) return [signed]
    const recertified: MachineEvent = {
      event_type: 'trust.machine_recertified',
      subject: machine.id,
      data: {
        application: application.digest,
        signers,
        fingerprint: application.fingerprint,
        trust: trustAfter,
        probation_tasks: machine.extended ? probationTasks * extendedProbationFactor : probationTasks,
      },
    }
    return [signed, recertified]
  },
}
