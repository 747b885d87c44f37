/**
 * Five independent humans sign what an examination found, and the machine begins again on probation (spec 4.5; I-05).
 *
 * They are counted as they stand with the last signature, and again with the close of every epoch: a signature whose
 * signer stands right again is not stuck.
 */
import type { Constitution } from '../constitution/constitution.ts'
import type { CommandType, Constraint } from '../constraints/kernel.ts'
import * as Body from './command.ts'
import { base, machineExists } from './constraints.ts'
import type { MachineEvent } from './event.ts'
import { signaturesOf, signerIsIndependent, spreadOf } from './independence.ts'
import { applicationOf, isInQuarantine, limitHasNotCome, machineOf, noSevereIncident } from './quarantine.ts'
import type { Application, Machines, RegisteredMachine } from './state.ts'

type Rule<B> = Constraint<Machines, B>

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
    const { signatures: needed } = world.constitution.machines.recertification
    const signed = signaturesOf(machine, application, principal, own, world)
    const { region, organization } = principal
    const event: MachineEvent = {
      event_type: 'trust.recertification_signed',
      subject: machine.id,
      data: {
        application: application.digest,
        by: principal.id,
        region,
        organization,
        signatures: signed.signers.length,
        needed,
        spread: { regions: signed.regions, organizations: signed.organizations },
        needed_spread: spreadOf(world.constitution, world.phase().id),
      },
    }
    return signed.suffices ? [event, recertified(machine, application, signed.signers, world.constitution)] : [event]
  },
}

/** It begins again, on probation. */
export function recertified(
  machine: RegisteredMachine,
  application: Application,
  signers: readonly string[],
  constitution: Constitution,
): MachineEvent {
  const { probationTasks, extendedProbationFactor, trustAfter } = constitution.machines.recertification
  return {
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
}
