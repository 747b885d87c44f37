/**
 * The command types of human identities in phase G0: the founder attests, wallets bind keys (spec 5.2).
 */
import type { CommandType, Constraint } from '../constraints/kernel.ts'
import {
  bindingFault,
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
import type { IdentityEvent } from './event.ts'
import { CONFLICTS_MAX } from '../constraints/limits.ts'
import { partyName, type Identities } from './state.ts'

type Rule<B> = Constraint<Identities, B>

const base = { domain: 'governance', effect: 'reversible', subjectKind: 'human' } as const

const walletIsNew: Rule<Body.Attest> = {
  id: 'wallet-is-new',
  level: 'responsibility',
  reads: 'body',
  check: ({ own, command }) => {
    const holder = own.byWallet.get(command.body.wallet)
    return holder === undefined ? undefined : { wallet: command.body.wallet, holder }
  },
}

const boundByTheWallet: Rule<Body.Attest> = {
  id: 'key-is-bound-by-the-wallet',
  level: 'responsibility',
  reads: 'body',
  check: ({ command: { subject, body }, world }) =>
    bindingFault(world.deployment, body.wallet, {
      identity: subject,
      key: body.key,
      purpose: body.key_purpose,
      notAfter: body.key_not_after,
      binding: body.binding,
    }),
}

const boundByTheirWallet: Rule<Body.BindKey> = {
  id: 'key-is-bound-by-the-wallet',
  level: 'responsibility',
  reads: 'body',
  check: ({ own, command: { subject, body }, world }) => {
    const human = own.humans.get(subject)
    if (human === undefined) return undefined
    return bindingFault(world.deployment, human.wallet, {
      identity: subject,
      key: body.key,
      purpose: body.purpose,
      notAfter: body.not_after,
      binding: body.binding,
    })
  },
}

const ownIdentity: Rule<unknown> = {
  id: 'identity-is-the-signers-own',
  level: 'state_ownership',
  reads: 'subject',
  check: ({ command, principal }) => (command.subject === principal.id ? undefined : { identity: command.subject }),
}

const notYetAReviewer: Rule<Body.Enroll> = {
  id: 'reviewer-is-new',
  level: 'operational',
  reads: 'subject',
  check: ({ own, command }) =>
    own.humans.get(command.subject)?.reviews === true ? { id: command.subject } : undefined,
}

export const attest: CommandType<Identities, Body.Attest> = {
  ...base,
  type: 'identity.attest',
  signers: ['founder'],
  owner: 'the founder, in phase G0',
  creates: true,
  body: Body.attest,
  constraints: [
    keyLastsNoLonger((body: Body.Attest) => body.key_not_after),
    walletIsNew,
    keyIsNew,
    boundByTheWallet,
    idIsAnActorId,
    identityIsNew,
  ],
  decide: ({ command, principal, world }) => {
    const trust = world.constitution.initialTrust.human
    const data = { by: principal.id, ...command.body, trust }
    return events({ event_type: 'governance.human_attested', subject: command.subject, data })
  },
}

export const bindKey: CommandType<Identities, Body.BindKey> = {
  ...base,
  type: 'identity.bind_key',
  signers: ['human'],
  owner: 'the human themselves',
  body: Body.bindKey,
  constraints: [keyLastsNoLonger((body: Body.BindKey) => body.not_after), keyIsNew, boundByTheirWallet, ownIdentity],
  decide: ({ command }) =>
    events({ event_type: 'governance.wallet_bound_key', subject: command.subject, data: command.body }),
}

export const revokeKey: CommandType<Identities, Body.RevokeKey> = {
  ...base,
  type: 'identity.revoke_key',
  signers: ['human'],
  owner: 'the human themselves',
  body: Body.revokeKey,
  constraints: [ownIdentity, keyIsTheSubjects, keyIsNotRevoked],
  decide: ({ command }) => [revocation(command.subject, keyIdOf(command.body.key))],
}

export const enrollReviewer: CommandType<Identities, Body.Enroll> = {
  ...base,
  type: 'identity.enroll_reviewer',
  signers: ['human'],
  owner: 'the human themselves',
  body: Body.enroll,
  bodyOptional: true,
  constraints: [ownIdentity, notYetAReviewer],
  decide: ({ command }) =>
    events({
      event_type: 'governance.reviewer_enrolled',
      subject: command.subject,
      data: { model_family: 'human', method_type: 'human_reviewer' },
    }),
}

const partyIsAnother: Rule<Body.Conflict> = {
  id: 'conflict-is-with-another',
  level: 'operational',
  reads: 'body',
  check: ({ command: { subject, body }, world }) => {
    if (body.with === 'organization') return undefined
    if (body.actor === subject) return { actor: body.actor }
    const kind = world.actor(body.actor)?.kind
    return kind === 'human' || kind === 'machine' ? undefined : { unknown: body.actor }
  },
}

const conflictIsNew: Rule<Body.Conflict> = {
  id: 'conflict-is-new',
  level: 'operational',
  reads: 'body',
  check: ({ own, command: { subject, body } }) => {
    const declared = own.conflicts.get(subject)
    if (declared?.has(partyName(body)) === true) return { conflict: partyName(body) }
    return (declared?.size ?? 0) < CONFLICTS_MAX ? undefined : { declared: declared?.size ?? 0, max: CONFLICTS_MAX }
  },
}

const conflictStands: Rule<Body.Conflict> = {
  id: 'conflict-stands',
  level: 'operational',
  reads: 'body',
  check: ({ own, command: { subject, body } }) =>
    own.conflicts.get(subject)?.has(partyName(body)) === true ? undefined : { conflict: partyName(body) },
}

export const declareConflict: CommandType<Identities, Body.Conflict> = {
  ...base,
  type: 'identity.declare_conflict',
  signers: ['human'],
  owner: 'the human themselves',
  body: Body.conflict,
  constraints: [ownIdentity, partyIsAnother, conflictIsNew],
  decide: ({ command }) =>
    events({ event_type: 'governance.conflict_declared', subject: command.subject, data: command.body }),
}

/** Draws that are open keep whom they froze out: a withdrawal counts for later ones. */
export const withdrawConflict: CommandType<Identities, Body.Conflict> = {
  ...base,
  type: 'identity.withdraw_conflict',
  signers: ['human'],
  owner: 'the human themselves',
  body: Body.conflict,
  constraints: [ownIdentity, conflictStands],
  decide: ({ command }) =>
    events({ event_type: 'governance.conflict_withdrawn', subject: command.subject, data: command.body }),
}

function events(event: IdentityEvent): readonly IdentityEvent[] {
  return [event]
}
