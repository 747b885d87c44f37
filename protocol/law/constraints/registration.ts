/**
 * What every new key must meet, whoever it is for: not yet anybody's, and not valid longer than keys may be.
 *
 * Source: spec 2.5.
 */
import { bytes32Of } from '../../wire/abi.ts'
import { fromHex } from '../../wire/bytes.ts'
import { keyId } from '../../wire/ed25519.ts'
import { keyBindingDomain, parseKeyBinding, recoverKeyBindingSigner } from '../../wire/key-binding.ts'
import { parseTimestamp, SECOND } from '../../wire/time.ts'
import { chainOf, type DeploymentFacts } from './deployment.ts'
import type { Params } from './violation.ts'
import type { Constraint } from './kernel.ts'

/** A key is bound once and to one actor, for good. */
export const keyIsNew: Constraint<unknown, { readonly key: string }> = {
  id: 'key-is-new',
  level: 'responsibility',
  reads: 'body',
  check: ({ command, world }) => {
    const holder = world.keyHolder(keyIdOf(command.body.key))
    return holder === undefined ? undefined : { key: command.body.key, holder }
  },
}

export function keyLastsNoLonger<Body>(notAfter: (body: Body) => string): Constraint<unknown, Body> {
  return {
    id: 'key-lasts-no-longer-than-allowed',
    level: 'physical',
    reads: 'body',
    check: ({ command, world, at }) => {
      const end = parseTimestamp(notAfter(command.body))
      if (!end.ok) return { not_after: notAfter(command.body) }
      if (end.value <= at) return { not_after: notAfter(command.body), expired: true }
      const longest = world.constitution.keyRotationMs
      return end.value - at <= longest ? undefined : { not_after: notAfter(command.body), longest_ms: longest }
    },
  }
}

type OfKey = { readonly key: string }

export const keyIsTheSubjects: Constraint<unknown, OfKey> = {
  id: 'key-is-the-subjects',
  level: 'state_ownership',
  reads: 'body',
  check: ({ command, world }) => {
    const holder = world.keyHolder(keyIdOf(command.body.key))
    return holder === command.subject ? undefined : { key: command.body.key, holder: holder ?? '' }
  },
}

export const keyIsNotRevoked: Constraint<unknown, OfKey> = {
  id: 'key-is-not-revoked',
  level: 'operational',
  reads: 'body',
  check: ({ command, world, at }) =>
    world.keyState(keyIdOf(command.body.key), at) === 'revoked' ? { key: command.body.key } : undefined,
}

/** From this record on the key signs nothing. */
export function revocation(actor: string, keyId: string) {
  return { event_type: 'governance.key_revoked', subject: actor, data: { actor, key_id: keyId } } as const
}

/** The key id of a key that a shape has read. */
export function keyIdOf(key: string): string {
  const bytes = fromHex(key)
  return bytes.ok ? keyId(bytes.value) : ''
}

/** An actor id is what ranks in a draw, so its form is fixed at registration (spec 5.4). */
export const idIsAnActorId: Constraint<unknown, unknown> = {
  id: 'id-is-an-actor-id',
  level: 'operational',
  reads: 'subject',
  check: ({ command }) => (command.subject.length <= 64 ? undefined : { length: command.subject.length }),
}

export const identityIsNew: Constraint<unknown, unknown> = {
  id: 'identity-is-new',
  level: 'operational',
  reads: 'subject',
  check: ({ command, world }) => {
    const kind = world.kindOf(command.subject)
    return kind === undefined ? undefined : { id: command.subject, kind }
  },
}

/** Why a wallet's binding of a key does not hold, or undefined where it does. */
export function bindingFault(
  deployment: Pick<DeploymentFacts, 'chains' | 'contracts'>,
  wallet: string,
  bound: { identity: string; key: string; purpose: string; notAfter: string; binding: string },
): Params | undefined {
  const key = fromHex(bound.key)
  const end = parseTimestamp(bound.notAfter)
  if (!key.ok || !end.ok) return { key: bound.key, not_after: bound.notAfter }
  // The wallet signs whole seconds: a part of one would be time that it never granted.
  if (end.value % SECOND !== 0) return { not_after: bound.notAfter, whole_seconds: false }
  const registry = deployment.contracts.identity_registry.address
  const domain = keyBindingDomain(chainOf(deployment, 'identity_registry'), registry)
  const message = parseKeyBinding({
    identity: bound.identity,
    key: bytes32Of(key.value),
    purpose: bound.purpose,
    notAfter: Math.floor(end.value / SECOND),
  })
  if (!message.ok) return { code: message.error.code }
  const signer = recoverKeyBindingSigner(domain, message.value, bound.binding)
  if (!signer.ok) return { code: signer.error.code }
  return signer.value === wallet ? undefined : { recovered: signer.value, wallet }
}
