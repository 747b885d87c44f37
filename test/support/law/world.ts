/**
 * A deployment on a bench: the real law, real signatures, a clock that the test moves. No store, no chain, no API.
 *
 *     const bench = founded()
 *     bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' })   // → Recorded
 */
import { readFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { encode, type Json } from '../../../protocol/wire/canonical-json.ts'
import { seal, type Signer } from '../../../protocol/wire/dsse.ts'
import { verify } from '../../../protocol/wire/ed25519.ts'
import { committeeId } from '../../../protocol/wire/certificate.ts'
import { publicKeyOf as blsPublicKeyOf } from '../../../protocol/wire/bls.ts'
import { roundAt, signRound, timeOfRound } from '../../../protocol/wire/beacon.ts'
import { bytes32Of } from '../../../protocol/wire/abi.ts'
import { keyBindingDigest, keyBindingDomain, parseKeyBinding } from '../../../protocol/wire/key-binding.ts'
import { formatTimestamp, millis, parseTimestamp, type Millis } from '../../../protocol/wire/time.ts'
import { sign as walletSign } from '../../../protocol/wire/wallet.ts'
import {
  admit,
  checksOf,
  COMMAND_PAYLOAD_TYPE,
  emptyState,
  record,
  type AdmittedCommand,
  type Recorded,
  type State,
} from '../../../protocol/genesis.ts'
import { PROTOCOL_VERSION } from '../../../protocol/genesis.ts'
import { allCommandTypes } from '../../../protocol/law/commands.ts'
import {
  ADA,
  blsSecretOf,
  fingerprintOf,
  MACHINES,
  NOOR,
  OPERATORS,
  RUNTIME,
  type MachineFacts,
  type Person,
} from './people.ts'

export const START = millis(Date.UTC(2026, 1, 13, 9, 0, 0))
export const CHAIN_ID = 31337
export const CONTRACTS = {
  committee_registry: { chain: 'settlement', address: `0x${'c1'.repeat(20)}` },
  commitment_log: { chain: 'operations', address: `0x${'c2'.repeat(20)}` },
  final_gate: { chain: 'operations', address: `0x${'c3'.repeat(20)}` },
  identity_registry: { chain: 'settlement', address: `0x${'c4'.repeat(20)}` },
} as const

export const BEACON_SECRET = blsSecretOf('development beacon')
const DAY = 86_400_000

export type Sender = { readonly id: string; readonly signer: Signer }

export type Options = {
  expects?: number
  urgent?: true
  grounds?: string[]
  nonce?: string
  issued?: Millis
  expires?: Millis
  deployment?: string
}

export type Bench = {
  readonly state: State
  readonly texts: string[]
  now(): Millis
  wait(ms: number): void
  envelope(sender: Sender, type: string, subject: string, body: unknown, options?: Options): string
  admit(text: string): AdmittedCommand
  give(text: string): Recorded
  send(sender: Sender, type: string, subject: string, body: unknown, options?: Options): Recorded
}

export function readConfig(name: string): string {
  return encode(JSON.parse(readFileSync(new URL(`../../../config/${name}.json`, import.meta.url), 'utf8')))
}

export function bindingOf(person: Person, key: string, purpose: string, notAfter: Millis): string {
  const domain = keyBindingDomain(CHAIN_ID, CONTRACTS.identity_registry.address)
  const message = parseKeyBinding({
    identity: person.id,
    key: `0x${key}`,
    purpose,
    notAfter: Math.floor(notAfter / 1000),
  })
  assert.ok(message.ok)
  return walletSign(keyBindingDigest(domain, message.value), person.walletSecret)
}

/** Eighty days on, in whole seconds, as wallets sign it. */
function keyEnd(at: Millis): Millis {
  return millis(Math.floor((at + 80 * DAY) / 1000) * 1000)
}

/** The body of a genesis command with the repository's own constitution and people. */
export function genesisBody(at: Millis = START): { [key: string]: Json } {
  const notAfter = keyEnd(at)
  const members = Array.from({ length: 15 }, (_, i) => ({
    id: `member-${i}`,
    address: `0x${(i + 1).toString(16).padStart(40, '0')}`,
    region: (['EU', 'ME', 'APAC'] as const)[i % 3] ?? 'EU',
  }))
  const registry = CONTRACTS.committee_registry.address
  return {
    protocol_version: PROTOCOL_VERSION,
    development: true,
    epoch_ms: 300_000,
    beacon: {
      scheme: 'bls-unchained-g1-rfc9380',
      public_key: blsPublicKeyOf(BEACON_SECRET),
      genesis_time: Math.floor(at / 1000),
      period_ms: 250,
    },
    constitution: {
      params: readConfig('constitutional_params'),
      policy: readConfig('runtime_policy'),
      genome: readConfig('genome'),
      texts: {},
    },
    founder: {
      wallet: ADA.wallet,
      region: ADA.region,
      organization: ADA.organization,
      key: ADA.key,
      key_not_after: formatTimestamp(notAfter),
      binding: bindingOf(ADA, ADA.key, 'command', notAfter),
    },
    runtime: {
      id: RUNTIME.id,
      key: RUNTIME.key,
      key_not_after: formatTimestamp(notAfter),
      may: allCommandTypes()
        .filter((type) => type.effect === 'mechanical')
        .map((type) => type.type),
    },
    committee: {
      id: committeeId(
        CHAIN_ID,
        registry,
        members.map((m) => m.address),
      ),
      threshold: 10,
      members,
    },
    chains: [
      { role: 'operations', chain_id: CHAIN_ID, genesis_hash: bytes32Of(new Uint8Array(32)) },
      { role: 'settlement', chain_id: CHAIN_ID, genesis_hash: bytes32Of(new Uint8Array(32)) },
    ],
    contracts: CONTRACTS,
    refused_classes: [],
  }
}

export function emptyBench(at: Millis = START): Bench {
  return benchOn(emptyState(), at, 'n', [])
}

/** A bench on a state; `nonces` begins every nonce that it makes up. */
export function benchOn(state: State, at: Millis, nonces: string, texts: string[]): Bench {
  let now = at
  let count = 0
  const bench: Bench = {
    state,
    texts,
    now: () => now,
    wait: (ms) => {
      now = millis(now + ms)
    },
    envelope: (sender, type, subject, body, options = {}) => {
      const payload = {
        actor: sender.id,
        body: body as Json,
        expires: formatTimestamp(options.expires ?? millis(now + 60_000)),
        issued: formatTimestamp(options.issued ?? now),
        nonce: options.nonce ?? `${nonces}-${++count}`,
        subject,
        type,
        ...(options.expects === undefined ? {} : { expects: options.expects }),
        ...(options.urgent === undefined ? {} : { urgent: options.urgent }),
        ...(options.grounds === undefined ? {} : { grounds: options.grounds }),
        ...(type === 'genesis' ? {} : { deployment: options.deployment ?? state.founded?.deployment.id ?? '' }),
      }
      return encode(seal(COMMAND_PAYLOAD_TYPE, payload, sender.signer))
    },
    admit: (text) => {
      const command = admit(text)
      assert.ok(command.ok, JSON.stringify(command))
      return command.value
    },
    give: (text) => {
      const command = bench.admit(text)
      const checks = checksOf(state, command)
      if ('code' in checks) return { kind: 'refused', refusal: checks }
      const signatures = checks.map((check) => verify(check.signature, check.message(), check.publicKey))
      const recorded = record(state, command, { recordedAt: now, signatures })
      if (recorded.kind === 'entry') texts.push(recorded.entry.text)
      return recorded
    },
    send: (sender, type, subject, body, options) => bench.give(bench.envelope(sender, type, subject, body, options)),
  }
  return bench
}

/** A founded deployment with its ten humans and eight machines. */
export function founded(at: Millis = START): Bench {
  const bench = emptyBench(at)
  committed(bench.send(ADA, 'genesis', 'genesis', genesisBody(at)))
  const notAfter = keyEnd(at)
  for (const person of [NOOR, ...OPERATORS]) attest(bench, person, notAfter)
  for (const machine of MACHINES) register(bench, machine, notAfter)
  return bench
}

/** The founder attests a human. */
export function attest(bench: Bench, person: Person, notAfter: Millis = keyEnd(START)): void {
  const { wallet, region, organization, key } = person
  const binding = bindingOf(person, key, 'command', notAfter)
  const key_not_after = formatTimestamp(notAfter)
  const body = { wallet, region, organization, key, key_purpose: 'command', key_not_after, binding }
  committed(bench.send(ADA, 'identity.attest', person.id, body))
}

/** Its operator registers a machine. */
export function register(bench: Bench, machine: MachineFacts, notAfter: Millis = keyEnd(START)): void {
  committed(
    bench.send(machine.operator, 'machine.register', machine.id, {
      model_family: machine.family,
      method_type: machine.method,
      fingerprint: fingerprintOf(machine.family),
      key: machine.key,
      key_not_after: formatTimestamp(notAfter),
      lineage: [],
      reviews: machine.reviews,
    }),
  )
}

/** The events of a committed entry; fails the test, with the reasons, on anything else. */
export function committed(recorded: Recorded) {
  assert.ok(recorded.kind === 'entry', recorded.kind === 'refused' ? JSON.stringify(recorded.refusal) : recorded.kind)
  assert.equal(recorded.entry.outcome, 'committed', JSON.stringify(recorded.entry.violations))
  return recorded.entry.events
}

/** The constraints that withheld a command, strongest first. */
export function withheldBy(recorded: Recorded): readonly string[] {
  assert.ok(recorded.kind === 'entry', recorded.kind)
  assert.equal(recorded.entry.outcome, 'withheld')
  return recorded.entry.violations.map((violation) => violation.constraint)
}

/** Let the beacon round come that the draws wait for, and record it. */
export function drawNow(bench: Bench): Recorded {
  const [round] = bench.state.reviews.awaiting.keys()
  assert.ok(round !== undefined, 'no draw waits for a round')
  const scheme = bench.state.founded?.deployment.beacon
  assert.ok(scheme !== undefined)
  const due = timeOfRound(scheme, round)
  if (bench.now() < due) bench.wait(due - bench.now())
  assert.ok(roundAt(scheme, bench.now()) >= round)
  const { signature } = signRound(BEACON_SECRET, round)
  return bench.send(RUNTIME, 'beacon.observed', 'beacon', { round, signature })
}

export function at(timestamp: string): Millis {
  const parsed = parseTimestamp(timestamp)
  assert.ok(parsed.ok)
  return parsed.value
}
