/**
 * The founding of a deployment. There is no state before it, so nothing is withheld: a genesis command that does
 * not hold is no genesis, and nothing begins.
 *
 * Source: spec 2.2, 5.2, 12 K1.
 */
import { encode } from '../../wire/canonical-json.ts'
import { parseBeaconScheme } from '../../wire/beacon.ts'
import { committeeId } from '../../wire/certificate.ts'
import { describe, type Malformed } from '../../wire/malformed.ts'
import { err, ok, type Result } from '../../wire/result.ts'
import { MINUTE, parseTimestamp, type Millis } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import { loadConstitution } from '../constitution/load.ts'
import { checkPinned } from '../constitution/pinned.ts'
import { RESERVED_SUBJECTS } from '../constraints/codes.ts'
import { chainOf, type DeploymentFacts } from '../constraints/deployment.ts'
import type { EventDraft } from '../constraints/event.ts'
import type { Command } from '../constraints/kernel.ts'
import { bindingFault } from '../constraints/registration.ts'
import { GENESIS, type GenesisBody } from './command.ts'

export type Founded = { readonly constitution: Constitution; readonly events: readonly EventDraft[] }

/** @param mechanical the command types that a runtime may be granted at all */
export function found(
  command: Command<GenesisBody>,
  at: Millis,
  mechanical: readonly string[],
): Result<Founded, Malformed> {
  const { body } = command
  const constitution = loadConstitution(body.constitution)
  if (!constitution.ok) return err(describe('constitution-unsound', firstOf(constitution.error), '/body/constitution'))
  const other = checkPinned(constitution.value)
  if (other.length > 0) return err(describe('constitution-not-pinned', firstOf(other), '/body/constitution'))
  const fault = faultOf(command, constitution.value, at) ?? faultOfNames(command) ?? faultOfGrant(body, mechanical)
  if (fault !== undefined) return err(fault)
  const { founder } = body
  return ok({
    constitution: constitution.value,
    events: [
      {
        event_type: 'governance.deployment_founded',
        subject: command.subject,
        data: { ...body, constitution_hash: constitution.value.hash },
      },
      {
        event_type: 'governance.human_attested',
        subject: command.actor,
        data: {
          by: command.actor,
          wallet: founder.wallet,
          region: founder.region,
          organization: founder.organization,
          key: founder.key,
          key_purpose: FOUNDERS_PURPOSE,
          key_not_after: founder.key_not_after,
          binding: founder.binding,
          trust: constitution.value.initialTrust.human,
        },
      },
    ],
  })
}

const FOUNDERS_PURPOSE = 'command'

function faultOf(command: Command<GenesisBody>, constitution: Constitution, at: Millis): Malformed | undefined {
  const { body } = command
  const scheme = parseBeaconScheme(body.beacon)
  if (!scheme.ok) return { ...scheme.error, path: `/body/beacon${scheme.error.path ?? ''}` }
  if (!body.development && body.epoch_ms !== constitution.epochMs) {
    return describe(
      'epoch-length-not-constitutional',
      { given: body.epoch_ms, required: constitution.epochMs },
      '/body/epoch_ms',
    )
  }
  if (body.epoch_ms % MINUTE !== 0) {
    return describe('epoch-length-not-whole-minutes', { given: body.epoch_ms }, '/body/epoch_ms')
  }
  const { members, threshold } = constitution.committee
  if (body.committee.members.length !== members || body.committee.threshold !== threshold) {
    return describe('committee-not-constitutional', { members, threshold }, '/body/committee')
  }
  for (const name of ['address', 'id'] as const) {
    if (new Set(body.committee.members.map((member) => member[name])).size === members) continue
    return describe('committee-member-twice', { name }, '/body/committee/members')
  }
  if (new Set(body.chains.map((chain) => chain.role)).size !== body.chains.length) {
    return describe('chain-role-twice', undefined, '/body/chains')
  }
  for (const [who, notAfter] of [
    ['founder', body.founder.key_not_after],
    ['runtime', body.runtime.key_not_after],
  ] as const) {
    const end = parseTimestamp(notAfter)
    if (!end.ok || end.value <= at || end.value - at > constitution.keyRotationMs) {
      return describe('key-lasts-no-longer-than-allowed', { not_after: notAfter }, `/body/${who}/key_not_after`)
    }
  }
  const { founder } = body
  const binding = bindingFault(chainsOf(body), founder.wallet, {
    identity: command.actor,
    key: founder.key,
    purpose: FOUNDERS_PURPOSE,
    notAfter: founder.key_not_after,
    binding: founder.binding,
  })
  return binding === undefined ? undefined : describe('founder-key-not-bound', binding, '/body/founder/binding')
}

/** One name, one subject; one key, one holder: a runtime that was its founder could sign what only a human may. */
function faultOfNames({ actor, subject, body }: Command<GenesisBody>): Malformed | undefined {
  if (subject !== GENESIS) return describe('genesis-subject-differs', { required: GENESIS }, '/subject')
  for (const [id, path] of [
    [actor, '/actor'],
    [body.runtime.id, '/body/runtime/id'],
  ] as const) {
    if (RESERVED_SUBJECTS.some((reserved) => reserved === id)) return describe('name-reserved', { id }, path)
  }
  if (body.runtime.id === actor) return describe('runtime-is-the-founder', { id: actor }, '/body/runtime/id')
  if (body.runtime.key === body.founder.key)
    return describe('runtime-has-the-founders-key', undefined, '/body/runtime/key')
  const registry = body.contracts.committee_registry.address
  const expected = committeeId(
    chainOf(chainsOf(body), 'committee_registry'),
    registry,
    body.committee.members.map((member) => member.address),
  )
  return body.committee.id === expected
    ? undefined
    : describe('committee-id-differs', { expected }, '/body/committee/id')
}

/** The runtime states mechanical consequences; what else might be granted here would wait for a version that knows it. */
function faultOfGrant(body: GenesisBody, mechanical: readonly string[]): Malformed | undefined {
  const other = body.runtime.may.find((type) => !mechanical.includes(type))
  return other === undefined ? undefined : describe('grant-not-mechanical', { type: other }, '/body/runtime/may')
}

function chainsOf(body: GenesisBody): Pick<DeploymentFacts, 'chains' | 'contracts'> {
  const chains = body.chains.map(({ role, chain_id, genesis_hash }) => ({
    role,
    chainId: chain_id,
    genesisHash: genesis_hash,
  }))
  return { chains, contracts: body.contracts }
}

/** The deployment as the state holds it; its id is the hash of the genesis entry. */
export function deploymentOf(id: string, command: Command<GenesisBody>, at: Millis): DeploymentFacts {
  const { body } = command
  return {
    id,
    protocolVersion: body.protocol_version,
    development: body.development,
    startedAt: at,
    epochMs: body.epoch_ms,
    beacon: body.beacon,
    founder: { id: command.actor, wallet: body.founder.wallet },
    runtime: { id: body.runtime.id, may: body.runtime.may },
    committee: body.committee,
    refusedClasses: body.refused_classes,
    ...chainsOf(body),
  }
}

function firstOf(
  findings: readonly { code: string; document: string; path: string; required: string; given?: unknown }[],
) {
  const [first] = findings
  if (first === undefined) return {}
  const { code, document, path, required, given } = first
  return {
    finding: code,
    document,
    path,
    required,
    given: given === undefined ? '' : encode(given),
    findings: findings.length,
  }
}
