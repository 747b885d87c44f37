/**
 * From a command to its entry: decided, written down, taken into the state.
 *
 *     { command, events, outcome: 'committed', previous, recorded_at, seq }
 *     { command, outcome: 'withheld', previous, recorded_at, seq, violations }
 *
 * `prepare` decides and writes and changes nothing; `apply` evolves. The entry's text is assembled from the
 * canonical texts of its parts, in the order of canonical JSON, so that nothing is encoded twice.
 *
 * Errors: a Refusal is unrecorded (nobody of ours signed it); a withheld command is an entry like any other.
 * Source: spec 2.2, 2.1.
 */
import { alike } from '../wire/canonical-forms.ts'
import { message } from '../wire/dsse.ts'
import { fromHex } from '../wire/bytes.ts'
import { keyId } from '../wire/ed25519.ts'
import { digest, type Digest } from '../wire/sha256.ts'
import { formatTimestamp, type Millis, type Timestamp } from '../wire/time.ts'
import type { AdmittedCommand } from './admission.ts'
import { answerTo, remember } from './answers.ts'
import { allCommandTypes, commandType } from './commands.ts'
import type { Command, Decision, SignatureCheck } from './constraints/kernel.ts'
import { bindingFault } from './constraints/registration.ts'
import { domainOf, eventId, type Domain, type EventDraft, type EventRecord } from './constraints/event.ts'
import type { Params, Violation } from './constraints/violation.ts'
import { decide } from './decide.ts'
import { orderOf } from './epoch/accumulator.ts'
import type { LawEvent } from './events.ts'
import { eventText } from './event-text.ts'
import { evolve } from './evolve.ts'
import { GENESIS, type GenesisBody } from './founding/command.ts'
import { deploymentOf, found, type Founded } from './founding/found.ts'
import type { BindKey } from './identity/command.ts'
import { stateOfKey } from './keyring/keyring.ts'
import { withConsequences } from './processes/all.ts'
import type { State } from './state.ts'
import { act } from './trust/act.ts'
import { worldOf } from './world.ts'

export type Refusal = { readonly code: string; readonly params: Params; readonly path?: string }

/** When the entry is made, and what came of the signature checks that `checksOf` asked for, in that order. */
export type Reception = { readonly recordedAt: Millis; readonly signatures: readonly boolean[] }

export type Prepared = {
  readonly seq: number
  readonly recordedAt: Millis
  readonly outcome: 'committed' | 'withheld'
  /** The event records of the entry; for a refusal the one that says so, which is in the root but not in the text. */
  readonly events: readonly EventRecord[]
  readonly violations: readonly Violation[]
  readonly text: string
  readonly hash: Digest
  readonly command: AdmittedCommand
  readonly eventTexts: readonly string[]
  readonly founded: Founded | undefined
}

export type Attempt =
  | { readonly kind: 'entry'; readonly prepared: Prepared }
  /** The same payload was answered before: the first answer stands. */
  | { readonly kind: 'repeated'; readonly seq: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** The signatures of a command: the envelope's first, then those inside its body. */
export function checksOf(state: State, command: AdmittedCommand): readonly SignatureCheck[] | Refusal {
  const key = keyOf(state, command)
  if ('code' in key) return key
  const own = {
    publicKey: key.publicKey,
    signature: command.opened.signature,
    message: () => message(command.opened),
  }
  const type = state.founded === undefined ? undefined : commandType(command.type)
  return type === undefined ? [own] : [own, ...type.embedded(command, worldOf(state))]
}

/** The public key that must have signed: the actor's own, or, for a key that a wallet is just binding, that one. */
function keyOf(state: State, command: AdmittedCommand): { publicKey: Uint8Array } | Refusal {
  const { keyId: named } = command.opened
  if (state.founded === undefined) {
    if (command.type !== GENESIS) return refused('deployment-not-founded')
    return introduced((command.body as GenesisBody).founder.key, named)
  }
  if (command.type === GENESIS) return refused('deployment-already-founded')
  const held = state.keyring.get(named)
  if (held !== undefined) return held.actor === command.actor ? held : refused('key-of-another', { key_id: named })
  if (worldOf(state).actor(command.actor) === undefined) return refused('unknown-actor', { actor: command.actor })
  // The wallet is the root of an identity: a key that it binds may speak for that binding itself, and no other may,
  // or a stranger could write into the ledger in someone's name and spend their nonces.
  if (command.type === 'identity.bind_key' && isBoundByTheirWallet(state, command)) {
    return introduced((command.body as BindKey).key, named)
  }
  return refused('unknown-key', { key_id: named })
}

function isBoundByTheirWallet(state: State, command: AdmittedCommand): boolean {
  const wallet = state.identities.humans.get(command.actor)?.wallet
  if (wallet === undefined || state.founded === undefined) return false
  const { key, purpose, not_after, binding } = command.body as BindKey
  const bound = { identity: command.actor, key, purpose, notAfter: not_after, binding }
  return bindingFault(state.founded.deployment, wallet, bound) === undefined
}

function introduced(key: string, named: Digest): { publicKey: Uint8Array } | Refusal {
  const publicKey = fromHex(key)
  if (!publicKey.ok || keyId(publicKey.value) !== named) return refused('unknown-key', { key_id: named })
  return { publicKey: publicKey.value }
}

function refused(code: string, params: Params = {}): Refusal {
  return { code, params }
}

/** Whether these very bytes were answered before: anybody who has read the ledger can send them once more. */
export function isAnswered(state: State, command: AdmittedCommand): boolean {
  return answerTo(state.books.answered, command) !== undefined
}

/** Decide and write the entry that would be next. The state is as it was. */
export function prepare(state: State, command: AdmittedCommand, reception: Reception): Attempt {
  const { books } = state
  const answered = answerTo(books.answered, command)
  if (answered !== undefined) return { kind: 'repeated', seq: answered }
  const at = Math.max(books.lastRecordedAt, reception.recordedAt) as Millis
  if (state.founded === undefined) return prepareGenesis(state, command, at, reception.signatures)
  const refusal = refusalOf(state, command, at, reception.signatures)
  if (refusal !== undefined) return { kind: 'refused', refusal }
  const principal = worldOf(state).actor(command.actor)
  if (principal === undefined) return { kind: 'refused', refusal: refused('unknown-actor', { actor: command.actor }) }
  const moment = { seq: books.next, at, signatures: reception.signatures }
  const decision = decide(state, command, principal, moment)
  return { kind: 'entry', prepared: write(state, command, at, decision, undefined) }
}

function refusalOf(
  state: State,
  command: AdmittedCommand,
  at: Millis,
  signatures: readonly boolean[],
): Refusal | undefined {
  const deployment = state.founded?.deployment.id
  if (command.deployment !== deployment) return refused('other-deployment', { deployment: command.deployment ?? '' })
  const key = keyOf(state, command)
  if ('code' in key) return key
  const held = state.keyring.get(command.opened.keyId)
  const standing = held === undefined ? 'active' : stateOfKey(held, at)
  if (standing !== 'active') return refused(`key-${standing}`, { key_id: command.opened.keyId })
  return signatures[0] === true ? undefined : refused('signature-invalid', { key_id: command.opened.keyId })
}

function prepareGenesis(state: State, command: AdmittedCommand, at: Millis, signatures: readonly boolean[]): Attempt {
  const key = keyOf(state, command)
  if ('code' in key) return { kind: 'refused', refusal: key }
  if (signatures[0] !== true) return { kind: 'refused', refusal: refused('signature-invalid') }
  const founded = found(command as Command<GenesisBody>, at, MECHANICAL)
  if (!founded.ok) {
    const { code, params = {}, path } = founded.error
    return { kind: 'refused', refusal: path === undefined ? { code, params } : { code, params, path } }
  }
  // No world exists before this entry; the keys that it brings are its only consequences.
  const events = withConsequences(founded.value.events, { state, at, seq: 0 } as never)
  return { kind: 'entry', prepared: write(state, command, at, { outcome: 'committed', events }, founded.value) }
}

const MECHANICAL = allCommandTypes()
  .filter((type) => type.effect === 'mechanical')
  .map((type) => type.type)

function write(
  state: State,
  command: AdmittedCommand,
  at: Millis,
  decision: Decision,
  founded: Founded | undefined,
): Prepared {
  const { next: seq, head } = state.books
  const recorded = formatTimestamp(at)
  const tail = `"previous":"${head}","recorded_at":"${recorded}","seq":${seq}`
  if (decision.outcome === 'committed') {
    const events = decision.events.map((draft, position) => recordOf(draft, command.actor, seq, position, recorded))
    const eventTexts = events.map((event) => eventText(event))
    const text = `{"command":${command.envelopeText},"events":[${eventTexts.join(',')}],"outcome":"committed",${tail}}`
    return {
      seq,
      recordedAt: at,
      outcome: 'committed',
      events,
      violations: NO_VIOLATIONS,
      text,
      hash: digest(text),
      command,
      eventTexts,
      founded,
    }
  }
  const { violations } = decision
  const event = withheldEvent(command, violations, seq, recorded)
  const text = `{"command":${command.envelopeText},"outcome":"withheld",${tail},"violations":${violationsText(violations)}}`
  return {
    seq,
    recordedAt: at,
    outcome: 'withheld',
    events: [event],
    violations,
    text,
    hash: digest(text),
    command,
    eventTexts: [eventText(event)],
    founded,
  }
}

const violationsText = alike()

const NO_VIOLATIONS: readonly Violation[] = []

function recordOf(draft: EventDraft, actor: string, seq: number, position: number, at: Timestamp): EventRecord {
  return {
    actor_id: actor,
    data: draft.data,
    event_id: eventId(seq, position),
    event_timestamp: at,
    event_type: draft.event_type,
    subject: draft.subject,
  }
}

/** A refusal's one event, in its domain's root like any other (spec 2.2). */
export function withheldEvent(
  command: Pick<AdmittedCommand, 'type' | 'actor' | 'subject' | 'payload'>,
  violations: readonly Violation[],
  seq: number,
  at: Timestamp,
): EventRecord {
  const domain: Domain = commandType(command.type)?.domain ?? 'governance'
  return {
    actor_id: command.actor,
    data: { command: command.type, payload: command.payload, violations },
    event_id: eventId(seq, 0),
    event_timestamp: at,
    event_type: `${domain}.withheld`,
    subject: command.subject,
  }
}

/** Take a prepared entry into the state. It must have been prepared on this very state. */
export function apply(state: State, prepared: Prepared): void {
  const { books } = state
  const { seq, command, recordedAt, events } = prepared
  if (prepared.founded !== undefined) {
    const deployment = deploymentOf(prepared.hash, command as Command<GenesisBody>, recordedAt)
    state.founded = { deployment, constitution: prepared.founded.constitution }
  }
  if (prepared.outcome === 'committed') {
    for (const event of events) {
      evolve(state, event as unknown as LawEvent, { seq, at: recordedAt, id: event.event_id })
      books.revisions.set(event.subject, (books.revisions.get(event.subject) ?? 0) + 1)
    }
    const dynamics = state.founded?.constitution.trust
    if (dynamics !== undefined) act(state.trust, command.actor, recordedAt, dynamics)
  }
  // Behind evolve: the entry that closes an epoch is the first of the next one.
  events.forEach((event, i) => {
    const domain = domainOf(event.event_type)
    if (domain !== undefined) {
      books.open.leaves[domain].push({ order: orderOf(event), hash: digest(prepared.eventTexts[i] ?? '').slice(7) })
    }
  })
  remember(books.answered, command, seq)
  books.eventCounts.push(events.length)
  books.next = seq + 1
  books.head = prepared.hash
  books.lastRecordedAt = recordedAt
}
