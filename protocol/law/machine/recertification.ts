/**
 * The way back from quarantine: the operator brings an examination with its evidence, five independent humans sign
 * it (signatures.ts), and the machine begins again on probation (spec 4.5; I-05).
 *
 * Results below a threshold are taken in as a failure and not withheld: otherwise nobody would count how often it was
 * tried. The window for signatures is that of a revalidation (`REVALIDATION_WINDOW_DAYS`), the constitution's only
 * window for human signatures about trust; an application that is not signed in time is a failure too.
 */
import { encode } from '../../wire/canonical-json.ts'
import { message } from '../../wire/dsse.ts'
import { examinationOf } from '../../wire/examination.ts'
import { digest } from '../../wire/sha256.ts'
import { formatTimestamp, millis, parseTimestamp } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import type { CommandType, Constraint } from '../constraints/kernel.ts'
import { CLOCK_TOLERANCE_MS } from '../constraints/limits.ts'
import * as Body from './command.ts'
import { base, machineExists, signedByItsOperator } from './constraints.ts'
import type { MachineEvent, Results } from './event.ts'
import { failuresInWindow } from './limits.ts'
import { applicationOf, isInQuarantine, limitHasNotCome, machineOf, noSevereIncident } from './quarantine.ts'
import type { Machines } from './state.ts'

type Rule<B> = Constraint<Machines, B>

const noApplicationWaits: Rule<unknown> = {
  id: 'no-application-waits',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const application = applicationOf(scene)
    return application === undefined ? undefined : { application: application.digest }
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

/**
 * A way back begins behind what it leads back from (reading; spec 4.5): what was examined before the quarantine is of a
 * system that has come to zero since. The moment of the quarantine itself is not before it (reading T16).
 */
const isOfNow: Rule<Body.Recertify> = {
  id: 'evidence-is-from-after-the-quarantine',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const examination = examinationOf(scene.command.body.evidence)
    const life = machineOf(scene)?.life
    if (!examination.ok || life?.status !== 'quarantined') return undefined
    const { started } = examination.value.statement.predicate
    return momentOf(started) >= life.since ? undefined : { started, quarantined: formatTimestamp(life.since) }
  },
}

/** As far ahead as a command's own clock may be (spec 2.2), and no farther. */
const isOver: Rule<Body.Recertify> = {
  id: 'examination-is-over',
  level: 'physical',
  reads: 'body',
  check: ({ command, at }) => {
    const examination = examinationOf(command.body.evidence)
    if (!examination.ok) return undefined
    const { started, finished } = examination.value.statement.predicate
    const isInOrder = momentOf(started) <= momentOf(finished) && momentOf(finished) <= at + CLOCK_TOLERANCE_MS
    return isInOrder ? undefined : { started, finished }
  },
}

/** The shape has read it as a timestamp already. */
function momentOf(timestamp: string): number {
  const parsed = parseTimestamp(timestamp)
  return parsed.ok ? parsed.value : Number.NaN
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
    isOver,
    isSignedByTheOperator,
    signedByItsOperator,
    machineExists,
    isInQuarantine,
    noApplicationWaits,
    noSevereIncident,
    isWellFormed,
    isOfThisMachine,
    isOfNow,
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
