/**
 * A machine is retired for malice: the one irreversible command about machines (spec 4.5, 1.2; reading Z1).
 *
 * The misconduct stands proven in an incident that was upheld; a human who has nothing to do with the machine commits
 * to the consequence with their wallet. By time and by failures a machine is retired without a choice, by the law.
 */
import { bytes32OfDigest } from '../../wire/abi.ts'
import { actDomain, bodyHash, EOA_SIGNATURE_LENGTH, parseAct, recoverActSigner } from '../../wire/act.ts'
import { formatTimestamp } from '../../wire/time.ts'
import type { Json } from '../../wire/canonical-json.ts'
import type { Digest } from '../../wire/sha256.ts'
import { MISCONDUCT } from '../constraints/codes.ts'
import { chainOf } from '../constraints/deployment.ts'
import type { Command, CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import * as Body from './command.ts'
import { base, isNotDecommissioned, machineExists } from './constraints.ts'
import type { MachineEvent } from './event.ts'
import { signerIsIndependent } from './independence.ts'
import type { Machines } from './state.ts'

type Rule = Constraint<Machines, Body.Decommission>

/** The body as it was signed: all of it but the act itself. */
function signedBody(command: Command<Body.Decommission>): Json {
  const { act: _act, ...signed } = command.body
  return signed
}

const beforeItsDeadline: Rule = {
  id: 'act-before-its-deadline',
  level: 'physical',
  reads: 'body',
  check: ({ command: { body }, at }) => {
    const { deadline } = body.act
    return at <= deadline * 1000 ? undefined : { deadline, late_ms: at - deadline * 1000 }
  },
}

const acknowledged: Rule = {
  id: 'consequences-are-acknowledged',
  level: 'responsibility',
  reads: 'body',
  check: ({ command }) => {
    const { i_understand_it, i_commit_it, i_accept_its_consequences } = command.body.act
    return i_understand_it && i_commit_it && i_accept_its_consequences ? undefined : {}
  },
}

const signedByTheirWallet: Rule = {
  id: 'signed-by-the-wallet',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const { command, principal, world } = scene
    const { act } = command.body
    if (principal.kind !== 'human') return undefined
    if (act.signer !== principal.wallet) return { signer: act.signer, wallet: principal.wallet }
    // A contract account's word would rest on a chain event, and none carries an act.
    if (act.signature.length !== EOA_SIGNATURE_LENGTH) return { code: 'contract-account-unsupported' }
    const message = parseAct({
      deployment: bytes32OfDigest(world.deployment.id as Digest),
      command: command.type,
      subject: command.subject,
      revision: command.expects ?? 0,
      bodyHash: bodyHash(signedBody(command)),
      signer: act.signer,
      iUnderstandIt: act.i_understand_it,
      iCommitIt: act.i_commit_it,
      iAcceptItsConsequences: act.i_accept_its_consequences,
      deadline: act.deadline,
    })
    if (!message.ok) return { code: message.error.code }
    const registry = world.deployment.contracts.identity_registry.address
    const domain = actDomain(chainOf(world.deployment, 'identity_registry'), registry)
    const signer = recoverActSigner(domain, message.value, act.signature)
    if (!signer.ok) return { code: signer.error.code }
    return signer.value === principal.wallet ? undefined : { recovered: signer.value }
  },
}

const malice = (scene: Scene<Machines, Body.Decommission>) => scene.world.incident(scene.command.body.incident)

/** Misconduct of this very machine, severe, and upheld by a human. */
const maliceIsProven: Rule = {
  id: 'malice-is-proven',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const incident = malice(scene)
    const { incident: id } = scene.command.body
    if (incident === undefined) return { incident: id, status: 'none' }
    if (incident.status !== 'upheld') return { incident: id, status: incident.status }
    if (incident.severity !== 'severe' || !MISCONDUCT.some((kind) => kind === incident.kind)) {
      return { incident: id, kind: incident.kind, severity: incident.severity }
    }
    return incident.accused === scene.command.subject ? undefined : { incident: id, accused: incident.accused ?? '' }
  },
}

/**
 * What is irreversible is not built on a finding that may still be appealed: neither while an appeal runs, nor before
 * the time to file one, or a further one, is over (spec 1.2, 3.6; the closed reading).
 */
const findingIsBeyondAppeal: Rule = {
  id: 'finding-is-beyond-appeal',
  level: 'operational',
  reads: 'body',
  check: (scene) => {
    const { command, world, at } = scene
    // What is not proven has nothing to be beyond.
    if (maliceIsProven.check(scene) !== undefined) return undefined
    const open = world.contestable(command.body.incident, at)
    return open === undefined ? undefined : { decision: open.decision, until: formatTimestamp(open.until) }
  },
}

/** Nor anybody of their house: an accusation is not carried out by those who made it. */
const signerDidNotReport: Rule = {
  id: 'signer-is-not-the-reporter',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const { principal, world } = scene
    const reporter = malice(scene)?.responsible
    if (reporter === undefined || principal.kind !== 'human') return undefined
    if (reporter === principal.id) return { reporter }
    const found = world.actor(reporter)
    const house = found?.kind === 'human' ? found.organization : undefined
    return house === principal.organization ? { reporter, organization: house } : undefined
  },
}

/** What is final takes two: whoever found it proven does not carry it out alone (spec 1.2). */
const signerDidNotResolve: Rule = {
  id: 'signer-is-not-the-resolver',
  level: 'responsibility',
  reads: 'body',
  check: (scene) => {
    const resolver = malice(scene)?.resolver
    return resolver !== undefined && resolver === scene.principal.id ? { resolver } : undefined
  },
}

export const decommission: CommandType<Machines, Body.Decommission> = {
  ...base,
  type: 'machine.decommission',
  effect: 'irreversible',
  signers: ['human'],
  owner: 'any verified human who has nothing to do with the machine',
  body: Body.decommission,
  constraints: [
    beforeItsDeadline,
    acknowledged,
    signedByTheirWallet,
    signerIsIndependent,
    signerDidNotReport,
    signerDidNotResolve,
    machineExists,
    isNotDecommissioned,
    maliceIsProven,
    findingIsBeyondAppeal,
  ],
  decide: ({ command, principal }) => {
    const { act, incident } = command.body
    const event: MachineEvent = {
      event_type: 'trust.machine_decommissioned',
      subject: command.subject,
      data: {
        cause: 'malice',
        anchor: 'at-once',
        incident,
        act: {
          signer: principal.id,
          wallet: act.signer,
          body_hash: bodyHash(signedBody(command)),
          revision: command.expects ?? 0,
          deadline: act.deadline,
          signature: act.signature,
        },
      },
    }
    return [event]
  },
}
