/**
 * The command type of trust: a human of high trust revalidates a gain that rose too fast.
 *
 * Source: spec 4.3; readings T10, T11. Invariants: I-02; D-06, D-21.
 */
import type { CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import type { World } from '../constraints/world.ts'
import { inConflictWith, withOperators } from '../constraints/involved.ts'
import * as Body from './command.ts'
import type { TrustEvent } from './event.ts'
import { objection, revalidationEnds, type Beneficiary, type RevalidationSigner } from './rules/quorum.ts'
import type { Suspension, Trust } from './state.ts'

type Rule = Constraint<Trust, Body.Revalidate>
type Here = Scene<Trust, Body.Revalidate>

function suspensionOf({ own, command }: Here): Suspension | undefined {
  return own.suspensions.get(command.subject)
}

/** The signer as the quorum sees them; undefined for whoever is no registered actor. */
export function signerOf(id: string, suspension: Suspension, world: World): RevalidationSigner | undefined {
  const actor = world.actor(id)
  if (actor === undefined || (actor.kind !== 'human' && actor.kind !== 'machine')) return undefined
  const { kind, trust, region, organization } = actor
  return { id, kind, trust, region, organization, conflict: isInConflict(id, suspension, world) }
}

export function beneficiaryOf({ actor }: Suspension, world: World): Beneficiary {
  const found = world.actor(actor)
  return { id: actor, organization: found !== undefined && 'organization' in found ? found.organization : undefined }
}

/** Had a hand in the work that the gain is for, runs a machine that had, or declared a conflict with any of these. */
function isInConflict(id: string, { mission, actor }: Suspension, world: World): boolean {
  const parts = world.participants(mission)
  const taking =
    parts === undefined ? [] : [parts.owner, parts.planner, parts.integrator, ...parts.workers, ...parts.reviewers]
  const all = [actor, ...taking]
  return withOperators(all, world).includes(id) || inConflictWith(all, world).includes(id)
}

const suspensionExists: Rule = {
  id: 'suspension-exists',
  level: 'operational',
  reads: 'subject',
  check: (scene) => (suspensionOf(scene) === undefined ? { suspension: scene.command.subject } : undefined),
}

const stillWaits: Rule = {
  id: 'suspension-still-waits',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const status = suspensionOf(scene)?.status
    return status === undefined || status === 'waiting' ? undefined : { status }
  },
}

/** In G0 there is no quorum that a signature could be part of: the gain waits for G1. */
const phaseHasAQuorum: Rule = {
  id: 'phase-has-a-revalidation-quorum',
  level: 'operational',
  reads: 'subject',
  check: ({ world }) => {
    const { id } = world.phase()
    return world.constitution.phaseRules(id)?.elevation === undefined ? { phase: id } : undefined
  },
}

const withinTheWindow: Rule = {
  id: 'within-the-revalidation-window',
  level: 'physical',
  reads: 'subject',
  check: (scene) => {
    const suspension = suspensionOf(scene)
    if (suspension === undefined) return undefined
    const { phase, constitution } = scene.world
    const end = revalidationEnds(suspension.at, phase().quorumSince, constitution.reviews.revalidationMs)
    return end === undefined || scene.at <= end ? undefined : { late_ms: scene.at - end }
  },
}

const signatureCounts: Rule = {
  id: 'revalidation-signer-is-independent',
  level: 'responsibility',
  reads: 'subject',
  check: (scene) => {
    const suspension = suspensionOf(scene)
    const { world, principal } = scene
    if (suspension === undefined) return undefined
    const signer = signerOf(principal.id, suspension, world)
    if (signer === undefined) return { signer: principal.id, objection: 'unknown' }
    const { propose } = world.constitution.eligibility
    const found = objection(signer, beneficiaryOf(suspension, world), propose)
    return found === undefined ? undefined : { signer: principal.id, objection: found, trust: signer.trust, propose }
  },
}

const signedOnce: Rule = {
  id: 'revalidation-is-signed-once',
  level: 'operational',
  reads: 'subject',
  check: (scene) => {
    const before = suspensionOf(scene)?.signatures.find(({ by }) => by === scene.principal.id)
    return before === undefined ? undefined : { signer: before.by, seq: before.seq }
  },
}

export const revalidate: CommandType<Trust, Body.Revalidate> = {
  type: 'trust.revalidate',
  domain: 'trust',
  effect: 'reversible',
  signers: ['human'],
  owner: 'humans of high trust who have nothing to do with it, together',
  subjectKind: 'suspension',
  body: Body.revalidate,
  constraints: [withinTheWindow, signatureCounts, suspensionExists, stillWaits, phaseHasAQuorum, signedOnce],
  decide: (scene) => {
    const { command, principal } = scene
    const suspension = suspensionOf(scene)
    if (suspension === undefined || principal.kind !== 'human') return []
    const { id: by, region, organization } = principal
    const signed: TrustEvent = {
      event_type: 'trust.revalidation_signed',
      subject: command.subject,
      data: { actor: suspension.actor, by, region, organization, reason: command.body.reason },
    }
    return [signed]
  },
}
