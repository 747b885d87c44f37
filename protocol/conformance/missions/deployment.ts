/**
 * A deployment on which vectors about missions are run: the real law, real keys, a clock that only it moves.
 *
 * Pure: the same calls give the same ledger. A command answers whether it was committed.
 */
import { bytes32Of } from '../../wire/abi.ts'
import { hex } from '../../wire/bytes.ts'
import { encode, type Json } from '../../wire/canonical-json.ts'
import { roundAt, signRound, timeOfRound } from '../../wire/beacon.ts'
import { publicKeyOf as blsPublicKeyOf } from '../../wire/bls.ts'
import { committeeId } from '../../wire/certificate.ts'
import { seal, type Signer } from '../../wire/dsse.ts'
import { verify } from '../../wire/ed25519.ts'
import { Fault } from '../../wire/fault.ts'
import { keyBindingDigest, keyBindingDomain, parseKeyBinding } from '../../wire/key-binding.ts'
import { digest } from '../../wire/sha256.ts'
import { DAY, formatTimestamp, millis, MINUTE, type Millis } from '../../wire/time.ts'
import { sign as walletSign } from '../../wire/wallet.ts'
import {
  admit,
  checksOf,
  COMMAND_PAYLOAD_TYPE,
  emptyState,
  PROTOCOL_VERSION,
  record,
  type Prepared,
  type Recorded,
  type State,
} from '../../genesis.ts'
import { allCommandTypes } from '../../law/commands.ts'
import { canonicalTexts } from '../../law/constitution/canonical-constitution.ts'
import { dueEnd } from '../../law/epoch/schedule.ts'
import {
  FOUNDER,
  INTEGRATOR,
  machine,
  OWNER,
  PLANNER,
  secretOf,
  signerOf,
  WORKER,
  type Machine,
  type Person,
} from './people.ts'

/** 2026-01-05T09:00:00.000Z */
const START = millis(1_767_603_600_000)
export const KEYS_END = millis(START + 80 * DAY)

export const CHAIN_ID = 31_337
export const GATE = `0x${'c3'.repeat(20)}`
export const COMMITMENT_LOG = `0x${'c2'.repeat(20)}`
export const IDENTITY_REGISTRY = `0x${'c4'.repeat(20)}`
export const COMMITTEE_REGISTRY = `0x${'c1'.repeat(20)}`

export const RUNTIME = { id: 'runtime', signer: signerOf('runtime') }

/** Below the order of the curve: the two highest bits are cleared. */
export function beaconSecret(): Uint8Array {
  const secret = secretOf('beacon')
  secret[0]! &= 0x3f
  return secret
}

export type Sender = { readonly id: string; readonly signer: Signer }

/** What became of a command: an entry, or undefined where it was not even recorded. */
export type Sent = Prepared | undefined

export type Deployment = {
  readonly state: State
  /** The ledger so far, entry by entry. */
  readonly texts: readonly string[]
  now(): Millis
  send(sender: Sender, type: string, subject: string, body: Json, more?: { readonly [field: string]: Json }): Sent
  /** A command as its sender would sign it now, unless `more` says otherwise. */
  envelope(sender: Sender, type: string, subject: string, body: Json, more?: { readonly [field: string]: Json }): string
  /** Hands an envelope's text in, whatever is in it. */
  give(text: string): Given
  wait(ms: number): void
  /** Lets the round come and records it. */
  observeRound(round: number): Sent
  /** Puts a log of the gate into a final block and records it. */
  observeDecision(log: Json): Sent
  /** The runtime takes in a log of any contract, from a place where none was seen before. */
  observe(contract: string, log: Json): Sent
  /** Everybody who was ever registered as a reviewer. */
  reviewers(): readonly Machine[]
  /**
   * Registers a fresh machine for each operator of a reviewer. The vectors' reviewers have no trust to lose; those of
   * this law do, when what they approved is rejected, and are then not trusted enough for the tier.
   */
  reinforce(): void
  /** Closes the open epoch and has every closed one committed on chain. */
  publishEpochs(): void
}

/** Everything that can come of an envelope's text. */
export type Given = Recorded | { readonly kind: 'malformed'; readonly code: string }

/** An envelope's text, taken as the runtime takes it: admitted, its signatures checked, decided, recorded. */
export function handed(state: State, text: string, recordedAt: Millis, trusted = false): Given {
  const command = admit(text)
  if (!command.ok) return { kind: 'malformed', code: command.error.code }
  const checks = checksOf(state, command.value)
  if ('code' in checks) return { kind: 'refused', refusal: checks }
  const signatures = checks.map(
    (check, i) => (trusted && i === 0) || verify(check.signature, check.message(), check.publicKey),
  )
  return record(state, command.value, { recordedAt, signatures })
}

export function isCommitted(sent: Sent): boolean {
  return sent?.outcome === 'committed'
}

export function deployment(reviewers: readonly Machine[]): Deployment {
  const state = emptyState()
  const secret = beaconSecret()
  const texts: string[] = []
  let now = START
  let count = 0
  const seated: Machine[] = [...reviewers]

  function envelope(
    sender: Sender,
    type: string,
    subject: string,
    body: Json,
    more: { readonly [field: string]: Json } = {},
  ): string {
    count += 1
    const deploymentId = state.founded?.deployment.id
    const payload = {
      actor: sender.id,
      body,
      expires: formatTimestamp(millis(now + MINUTE)),
      issued: formatTimestamp(now),
      nonce: `n-${count}`,
      subject,
      type,
      ...(deploymentId === undefined || type === 'genesis' ? {} : { deployment: deploymentId }),
      ...more,
    }
    return encode(seal(COMMAND_PAYLOAD_TYPE, payload, sender.signer))
  }

  function hand(text: string, trusted: boolean): Given {
    const given = handed(state, text, now, trusted)
    if (given.kind === 'entry') texts.push(given.entry.text)
    return given
  }

  function send(
    sender: Sender,
    type: string,
    subject: string,
    body: Json,
    more?: { readonly [field: string]: Json },
  ): Sent {
    // Signed in this very line with the sender's key; what a body carries may be anybody's and is checked.
    const given = hand(envelope(sender, type, subject, body, more), true)
    return given.kind === 'entry' ? given.entry : undefined
  }

  function observe(contract: string, log: Json): Sent {
    count += 1
    return send(RUNTIME, 'chain.observed', 'chain', {
      chain_id: CHAIN_ID,
      contract,
      block_number: count,
      block_hash: bytes32Of(new Uint8Array(32)),
      block_time: Math.floor(now / 1000),
      transaction: `0x${count.toString(16).padStart(64, '0')}`,
      log_index: 0,
      log,
    })
  }

  function found(): void {
    must(send(FOUNDER, 'genesis', 'genesis', genesisBody(secret)), 'genesis')
    const machines = [PLANNER, WORKER, INTEGRATOR, ...reviewers]
    const people = new Map([OWNER, ...machines.map(({ operator }) => operator)].map((human) => [human.id, human]))
    for (const human of people.values()) must(send(FOUNDER, 'identity.attest', human.id, attestation(human)), human.id)
    // A machine that may not be registered is simply not there when reviewers are drawn.
    for (const one of machines)
      send(one.operator, 'machine.register', one.id, registration(one, isAmong(reviewers, one)))
  }

  function publishEpochs(): void {
    now = millis(now + MINUTE)
    const { lastEnd, current } = state.epochs
    const facts = state.founded?.deployment
    const schedule = { lastEnd, epochMs: facts?.epochMs ?? 0, development: facts?.development ?? true }
    const end = formatTimestamp(dueEnd(schedule, now, true) ?? now)
    must(send(RUNTIME, 'epoch.close', 'epochs', { epoch: current, end }), 'epoch.close')
    for (const { epoch, commitment } of state.epochs.closed.slice(state.chain.committedBelow)) {
      must(observe(COMMITMENT_LOG, { event: 'EpochCommitted', epoch, commitment }), 'EpochCommitted')
    }
  }

  function reinforce(): void {
    const round = seated.length / Math.max(1, reviewers.length)
    for (const { id, operator, family, method } of reviewers) {
      // Another model: the same one would carry its history.
      const fresh = machine(`${id}-${round + 1}`, operator, `${family}-${round + 1}`, method)
      must(send(operator, 'machine.register', fresh.id, registration(fresh, true)), fresh.id)
      seated.push(fresh)
    }
  }

  found()
  return {
    reviewers: () => seated,
    reinforce,
    state,
    texts,
    now: () => now,
    send,
    envelope,
    give: (text) => hand(text, false),
    wait: (ms) => {
      now = millis(now + ms)
    },
    observeRound: (round) => {
      const scheme = state.founded?.deployment.beacon
      if (scheme === undefined) throw new Fault('vector-world', { part: 'beacon' })
      now = millis(Math.max(now, timeOfRound(scheme, round)))
      if (roundAt(scheme, now) < round) throw new Fault('vector-world', { part: 'round' })
      return send(RUNTIME, 'beacon.observed', 'beacon', { round, signature: signRound(secret, round).signature })
    },
    observeDecision: (log) => observe(GATE, log),
    observe,
    publishEpochs,
  }
}

function must(sent: Sent, part: string): void {
  if (!isCommitted(sent)) throw new Fault('vector-world', { part, violation: sent?.violations[0]?.constraint ?? '' })
}

/** The wallet's word that this key is the human's: the one they were attested with, unless another is named. */
export function binding(
  { id, key, walletSecret }: Person,
  bound: { readonly key: string; readonly notAfter: Millis } = { key, notAfter: KEYS_END },
): string {
  const domain = keyBindingDomain(CHAIN_ID, IDENTITY_REGISTRY)
  const notAfter = bound.notAfter / 1000
  const message = parseKeyBinding({ identity: id, key: `0x${bound.key}`, purpose: 'command', notAfter })
  if (!message.ok) throw new Fault('vector-world', { part: 'binding' })
  return walletSign(keyBindingDigest(domain, message.value), walletSecret)
}

export function attestation(human: Person): { readonly [field: string]: Json } {
  const { wallet, region, organization, key } = human
  const key_not_after = formatTimestamp(KEYS_END)
  return { wallet, region, organization, key, key_purpose: 'command', key_not_after, binding: binding(human) }
}

export function registration({ key, family, method }: Machine, reviews: boolean): { readonly [field: string]: Json } {
  return {
    model_family: family,
    method_type: method,
    fingerprint: digest(`model ${family} by ${method}`),
    key,
    key_not_after: formatTimestamp(KEYS_END),
    lineage: [],
    reviews,
  }
}

function isAmong(machines: readonly Machine[], { id }: Machine): boolean {
  return machines.some((one) => one.id === id)
}

export function genesisBody(secret: Uint8Array): Json {
  const members = Array.from({ length: 15 }, (_, i) => ({
    id: `member-${i}`,
    address: `0x${(i + 1).toString(16).padStart(40, '0')}`,
    region: 'EU',
  }))
  const addresses = members.map(({ address }) => address)
  const chain = { chain_id: CHAIN_ID, genesis_hash: bytes32Of(new Uint8Array(32)) }
  const { wallet, region, organization, key } = FOUNDER
  const until = formatTimestamp(KEYS_END)
  return {
    protocol_version: PROTOCOL_VERSION,
    development: true,
    epoch_ms: 300_000,
    beacon: {
      scheme: 'bls-unchained-g1-rfc9380',
      public_key: blsPublicKeyOf(secret),
      genesis_time: START / 1000,
      period_ms: 250,
    },
    constitution: { ...canonicalTexts() },
    founder: { wallet, region, organization, key, key_not_after: until, binding: binding(FOUNDER) },
    runtime: {
      id: RUNTIME.id,
      key: hex(RUNTIME.signer.publicKey),
      key_not_after: until,
      may: allCommandTypes()
        .filter(({ effect }) => effect === 'mechanical')
        .map(({ type }) => type),
    },
    committee: { id: committeeId(CHAIN_ID, COMMITTEE_REGISTRY, addresses), threshold: 10, members },
    chains: [
      { role: 'operations', ...chain },
      { role: 'settlement', ...chain },
    ],
    contracts: {
      committee_registry: { chain: 'operations', address: COMMITTEE_REGISTRY },
      commitment_log: { chain: 'operations', address: COMMITMENT_LOG },
      final_gate: { chain: 'operations', address: GATE },
      identity_registry: { chain: 'operations', address: IDENTITY_REGISTRY },
    },
    refused_classes: [],
  }
}
