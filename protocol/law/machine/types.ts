/** The command types of machines: humans register the machines they operate and renew their keys (spec 4.5). */
import type { CommandType, Constraint } from '../constraints/kernel.ts'
import type { Actor } from '../constraints/world.ts'
import {
  idIsAnActorId,
  identityIsNew,
  keyIdOf,
  keyIsNew,
  keyIsNotRevoked,
  keyIsTheSubjects,
  keyLastsNoLonger,
  revocation,
} from '../constraints/registration.ts'
import * as Body from './command.ts'
import { base, isNotDecommissioned, machineExists, signedByItsOperator } from './constraints.ts'
import type { MachineEvent } from './event.ts'
import { kinOf, linked, trustAtStart } from './lineage.ts'
import type { Machines } from './state.ts'

type Rule<B> = Constraint<Machines, B>

/** A machine's method is one of the canonical four, and not a human's. */
const methodIsAMachines: Rule<Body.Register> = {
  id: 'method-type-is-a-machines',
  level: 'operational',
  reads: 'body',
  check: ({ command: { body }, world }) =>
    world.constitution.methodTypes.some((method) => method === body.method_type) &&
    body.method_type !== 'human_reviewer'
      ? undefined
      : { method_type: body.method_type },
}

const familyIsNotHuman: Rule<Body.Register> = {
  id: 'model-family-is-a-machines',
  level: 'operational',
  reads: 'body',
  check: ({ command }) =>
    command.body.model_family === 'human' ? { model_family: command.body.model_family } : undefined,
}

const lineageIsKnown: Rule<Body.Register> = {
  id: 'lineage-is-known',
  level: 'operational',
  reads: 'body',
  check: ({ own, command }) => {
    const unknown = command.body.lineage.find((id) => !own.has(id))
    return unknown === undefined ? undefined : { machine: unknown }
  },
}

export const register: CommandType<Machines, Body.Register> = {
  ...base,
  type: 'machine.register',
  signers: ['human'],
  owner: 'the human who operates it',
  creates: true,
  body: Body.register,
  constraints: [
    keyLastsNoLonger((body: Body.Register) => body.key_not_after),
    keyIsNew,
    idIsAnActorId,
    identityIsNew,
    methodIsAMachines,
    familyIsNotHuman,
    lineageIsKnown,
  ],
  decide: ({ own, command: { subject: id, body }, principal, world, at }) => {
    if (principal.kind !== 'human') return []
    const { id: operator, region, organization } = principal
    const { constitution } = world
    const kin = kinOf(own, body.lineage, world.twinsOf(operator, body.fingerprint))
    const trust = trustAtStart(kin, (machine) => trustOf(world.actor(machine)), constitution)
    const data = { operator, region, organization, ...body, trust }
    return [
      ...events({ event_type: 'trust.machine_registered', subject: id, data }),
      ...linked(own, id, kin, trust, constitution, at),
    ]
  },
}

export const addKey: CommandType<Machines, Body.AddKey> = {
  ...base,
  type: 'machine.add_key',
  signers: ['human'],
  owner: "the machine's operator",
  body: Body.addKey,
  constraints: [
    keyLastsNoLonger((body: Body.AddKey) => body.not_after),
    keyIsNew,
    signedByItsOperator,
    machineExists,
    isNotDecommissioned,
  ],
  decide: ({ command, principal }) =>
    events({
      event_type: 'trust.machine_key_added',
      subject: command.subject,
      data: { operator: principal.id, ...command.body },
    }),
}

export const revokeKey: CommandType<Machines, Body.RevokeKey> = {
  ...base,
  type: 'machine.revoke_key',
  signers: ['human'],
  owner: "the machine's operator",
  body: Body.revokeKey,
  constraints: [signedByItsOperator, keyIsTheSubjects, machineExists, keyIsNotRevoked],
  decide: ({ command }) => [revocation(command.subject, keyIdOf(command.body.key))],
}

/**
 * What runs is what was verified or it is not: the drift is all or nothing. The operator says so, because it is theirs
 * to know; evidence of another family is withheld anyway (spec 3.3), and a machine that says nothing true comes to its
 * end by its results.
 */
export const declareEnvironment: CommandType<Machines, Body.DeclareEnvironment> = {
  ...base,
  type: 'machine.declare_environment',
  signers: ['human'],
  owner: "the machine's operator",
  body: Body.declareEnvironment,
  constraints: [signedByItsOperator, machineExists, isNotDecommissioned],
  decide: ({ own, command }) => {
    const verified = own.get(command.subject)?.fingerprint ?? ''
    const { fingerprint } = command.body
    const drift_ppm = fingerprint === verified ? 0 : 1_000_000
    return events({
      event_type: 'trust.machine_drifted',
      subject: command.subject,
      data: { fingerprint, verified, drift_ppm },
    })
  },
}

function trustOf(actor: Actor | undefined): number {
  return actor?.kind === 'machine' ? actor.trust : 0
}

function events(event: MachineEvent): readonly MachineEvent[] {
  return [event]
}
