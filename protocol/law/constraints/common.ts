/**
 * Constraints that every command meets, whatever its subject (spec 1.2, 1.3, 2.2, 5.1).
 */
import { CLOCK_TOLERANCE_MS } from './limits.ts'
import type { Constraint, Effect, Signer } from './kernel.ts'
import type { Actor } from './world.ts'

type Any = Constraint<unknown, unknown>

/** Accepted from five minutes before to five minutes after it was issued, and not once it has expired. */
export const withinItsTime: Any = {
  id: 'command-within-its-time',
  level: 'physical',
  reads: 'body',
  check: ({ command, at }) => {
    if (command.issued > at + CLOCK_TOLERANCE_MS) return { issued_ahead_ms: command.issued - at }
    if (command.issued < at - CLOCK_TOLERANCE_MS) return { issued_behind_ms: at - command.issued }
    if (command.expires < at) return { expired_ms: at - command.expires }
    return undefined
  },
}

/** A command that names the revision it was built on is decided on that revision or not at all. */
export const subjectAtRevision: Any = {
  id: 'subject-at-revision',
  level: 'physical',
  reads: 'body',
  check: ({ command, world }) => {
    if (command.expects === undefined) return undefined
    const current = world.revision(command.subject)
    return command.expects === current ? undefined : { expected: command.expects, current }
  },
}

/** Grounds are facts already in the ledger, named by event id. */
export const groundsAreRecorded: Any = {
  id: 'grounds-are-recorded',
  level: 'physical',
  reads: 'body',
  check: ({ command, world }) => {
    const missing = command.grounds.find((ground) => !world.eventExists(ground))
    return missing === undefined ? undefined : { ground: missing }
  },
}

export const urgencyIsNotAGround: Any = {
  id: 'urgency-is-not-a-ground',
  level: 'responsibility',
  reads: 'body',
  check: ({ command }) => (command.urgent && command.grounds.length === 0 ? {} : undefined),
}

/** The kind of principal that signs is one that this type of command allows. */
export function signedByTheRightKind(type: { signers: readonly Signer[]; type: string }): Any {
  return {
    id: 'signed-by-the-right-kind',
    level: 'responsibility',
    reads: 'subject',
    check: ({ principal, world }) =>
      type.signers.some((signer) => isSigner(signer, principal, world.deployment.founder.id))
        ? undefined
        : { signer: principal.kind, allowed: type.signers.join(' or ') },
  }
}

function isSigner(signer: Signer, principal: Actor, founder: string): boolean {
  return signer === 'founder' ? principal.id === founder : principal.kind === signer
}

/**
 * A machine in quarantine does nothing that counts, and a decommissioned one never again (spec 4.5; I-04, D-22, D-27).
 * It is asked of every command that a machine may sign, so that no door is forgotten.
 */
export function signerIsInService(type: { readonly inQuarantine?: true }): Any {
  return {
    id: 'machine-is-in-service',
    level: 'responsibility',
    reads: 'subject',
    check: ({ principal }) => {
      if (principal.kind !== 'machine') return undefined
      const { status } = principal
      const out = status === 'decommissioned' || (status === 'quarantined' && type.inQuarantine !== true)
      return out ? { machine: principal.id, status } : undefined
    },
  }
}

/** The runtime signs only the mechanical types that the genesis entry grants it. */
export function grantedToTheRuntime(type: { type: string }): Any {
  return {
    id: 'granted-to-the-runtime',
    level: 'responsibility',
    reads: 'subject',
    check: ({ principal, world }) =>
      principal.kind !== 'runtime' || world.deployment.runtime.may.includes(type.type)
        ? undefined
        : { type: type.type },
  }
}

/** What is irreversible names the revision that its signer saw. */
export const irreversibleNamesItsRevision: Any = {
  id: 'irreversible-names-its-revision',
  level: 'physical',
  reads: 'body',
  check: ({ command }) => (command.expects === undefined ? {} : undefined),
}

/**
 * What is irreversible comes from a stable state: nothing about its subject is contested or under review (spec 1.3).
 */
export const subjectIsStable: Any = {
  id: 'subject-is-stable',
  level: 'operational',
  reads: 'subject',
  check: ({ command: { subject }, world }) => {
    const [incident] = world.openIncidents(subject)
    if (incident !== undefined) return { open: 'incident', id: incident }
    const [appeal] = world.openAppeals(subject)
    if (appeal !== undefined) return { open: 'appeal', id: appeal }
    return world.reviewUnderWay(subject) ? { open: 'review' } : undefined
  },
}

/** What an open incident concerns stands still until a human has resolved it; its time limits run on (spec 3.6). */
export const noOpenIncident: Any = {
  id: 'no-open-incident',
  level: 'operational',
  reads: 'subject',
  check: ({ command, world }) => {
    const [incident] = world.openIncidents(command.subject)
    return incident === undefined ? undefined : { incident }
  },
}

/** The other half of a stable state: what was recorded before is on chain when it should be. */
export const commitmentsAreFresh: Any = {
  id: 'commitments-are-fresh',
  level: 'operational',
  reads: 'subject',
  check: ({ world, at }) => {
    const overdue = world.overdueEpoch(at)
    return overdue === undefined ? undefined : { overdue_epoch: overdue }
  },
}

/**
 * Founder stewardship (G0) past its limit with too few humans: the deployment is not viable and changes nothing
 * more, except that what happened is still closed, committed and published.
 */
export function phaseNotExpired(type: { type: string }): Any {
  const closesTheBooks = ['epoch.close', 'chain.observed'].includes(type.type)
  return {
    id: 'phase-not-expired',
    level: 'physical',
    reads: 'subject',
    check: ({ world, at }) => {
      if (closesTheBooks) return undefined
      const limit = world.deployment.startedAt + world.constitution.phases.g0MaxMs
      return at >= limit ? { phase: 'G0', limit_ms: world.constitution.phases.g0MaxMs } : undefined
    },
  }
}

/** What concerns no mission and no actor is written under one name, so that it moves nobody else's revision. */
export function subjectIs(name: 'beacon' | 'chain' | 'epochs'): Any {
  return {
    id: `subject-is-${name}`,
    level: 'operational',
    reads: 'subject',
    check: ({ command }) => (command.subject === name ? undefined : { subject: command.subject }),
  }
}

/** All constraints that apply to a type before its own. */
export function commonConstraints(type: {
  readonly type: string
  readonly effect: Effect
  readonly signers: readonly Signer[]
  readonly inQuarantine?: true
}): readonly Any[] {
  return [
    withinItsTime,
    subjectAtRevision,
    groundsAreRecorded,
    phaseNotExpired(type),
    ...(type.effect === 'irreversible' ? [irreversibleNamesItsRevision, subjectIsStable, commitmentsAreFresh] : []),
    urgencyIsNotAGround,
    signedByTheRightKind(type),
    ...(type.signers.includes('machine') ? [signerIsInService(type)] : []),
    ...(type.signers.includes('runtime') ? [grantedToTheRuntime(type)] : []),
  ]
}
