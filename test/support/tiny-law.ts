/**
 * A law small enough to read at a glance, for tests of the ledger itself: everybody who signs with their own
 * key may add to a sum. What the ledger has to get right (order, idempotency, refusals, withheld entries,
 * replay) is all here; what missions and humans are is not.
 *
 *     { actor: '<public key hex>', nonce: 'n-1', add: 3 }
 */
import { hex, fromHex } from '../../protocol/wire/bytes.ts'
import { encode, type Json } from '../../protocol/wire/canonical-json.ts'
import * as Dsse from '../../protocol/wire/dsse.ts'
import * as Ed25519 from '../../protocol/wire/ed25519.ts'
import { malformed } from '../../protocol/wire/malformed.ts'
import { err, ok } from '../../protocol/wire/result.ts'
import * as Sha256 from '../../protocol/wire/sha256.ts'
import { formatTimestamp, parseTimestamp, type Millis } from '../../protocol/wire/time.ts'
import type { Decided, Law, Outcome } from '../../runtime/ports/law.ts'

export type TinyPayload = {
  readonly actor: string
  readonly nonce: string
  readonly add: number
  readonly note?: string
}
export type TinyCommand = { readonly opened: Dsse.Opened; readonly payload: TinyPayload; readonly hash: Sha256.Digest }
export type TinyState = {
  seq: number
  head: Sha256.Digest
  lastAt: Millis
  /** Sum of each actor. */
  readonly sums: Map<string, number>
  /** (actor, payload hash) → seq. */
  readonly seen: Map<string, number>
  readonly nonces: Set<string>
}

/** Additions above this are withheld. */
export const MOST = 1000

export const TINY_TYPE = 'application/vnd.genesis.tiny+json'

export function tinyLaw(faults: { throwOn?: number } = {}): Law<TinyState, TinyCommand> {
  function record(
    state: TinyState,
    command: TinyCommand,
    at: { recordedAt: Millis; signatures: readonly boolean[] },
  ): Decided {
    const { payload, hash, opened } = command
    if (payload.add === faults.throwOn) throw new Error('the law has a fault')
    if (at.signatures.length !== 1 || !at.signatures[0]) return { refusal: { code: 'signature-invalid' } }
    const first = state.seen.get(payload.actor + hash)
    if (first !== undefined) return { repeated: { seq: first } }
    if (state.nonces.has(payload.actor + ' ' + payload.nonce)) return { refusal: { code: 'nonce-reused' } }
    const committed = payload.add <= MOST
    const outcome: Outcome = committed ? 'committed' : 'withheld'
    const came = committed
      ? { events: [{ data: { add: payload.add } }] }
      : { violations: [{ constraint: 'too-much', level: 'physical', params: { most: MOST } }] }
    const entry = {
      command: opened.envelope,
      ...came,
      outcome,
      previous: state.head,
      recorded_at: formatTimestamp(at.recordedAt),
      seq: state.seq,
    }
    const text = encode(entry)
    const digest = Sha256.digest(text)
    state.seq++
    state.head = digest
    state.lastAt = at.recordedAt
    state.seen.set(payload.actor + hash, entry.seq)
    state.nonces.add(payload.actor + ' ' + payload.nonce)
    if (committed) state.sums.set(payload.actor, (state.sums.get(payload.actor) ?? 0) + payload.add)
    return { entry, hash: digest, text }
  }

  return {
    emptyState: () => ({
      seq: 0,
      head: Sha256.ZERO_DIGEST,
      lastAt: 0 as Millis,
      sums: new Map(),
      seen: new Map(),
      nonces: new Set(),
    }),
    admit(input) {
      const opened = Dsse.open(input)
      if (!opened.ok) return opened
      return admitOpened(opened.value)
    },
    sizeOf: (command) => command.opened.payload.length * 2,
    checksOf(_state, { opened, payload }) {
      const key = fromHex(payload.actor)
      if (!key.ok || key.value.length !== 32 || Ed25519.keyId(key.value) !== opened.keyId) {
        return err({ code: 'unknown-key' })
      }
      return ok([{ publicKey: key.value, message: () => Dsse.message(opened), signature: opened.signature }])
    },
    record,
    replay(state, text, verify) {
      const entry = JSON.parse(text) as { command: Json; recorded_at: string }
      const opened = Dsse.openValue(entry.command)
      if (!opened.ok) return err({ code: opened.error.code })
      const command = admitOpened(opened.value)
      if (!command.ok) return err({ code: command.error.code })
      const recordedAt = parseTimestamp(entry.recorded_at)
      if (!recordedAt.ok || recordedAt.value < state.lastAt) return err({ code: 'time' })
      const checks = this.checksOf(state, command.value)
      if (!checks.ok) return err({ code: checks.error.code })
      const signatures = checks.value.map((c) => verify(c.signature, c.message(), c.publicKey))
      const decided = record(state, command.value, { recordedAt: recordedAt.value, signatures })
      if (!('entry' in decided)) return err({ code: 'refusal' in decided ? decided.refusal.code : 'repeated' })
      return decided.text === text ? ok(decided) : err({ code: 'bytes' })
    },
  }
}

function admitOpened(opened: Dsse.Opened) {
  if (opened.payloadType !== TINY_TYPE) return malformed('payload-type')
  const payload = JSON.parse(opened.text) as TinyPayload
  return ok({ opened, payload, hash: Sha256.digest(opened.payload) })
}

export type TinyActor = { readonly id: string; command(nonce: string, add: number, note?: string): string }

/** A named person with a fixed key: `person(1)` is the same in every run. */
export function person(
  number: number,
  sign: (message: Uint8Array, secret: Uint8Array) => Uint8Array = Ed25519.sign,
): TinyActor {
  const secret = Sha256.hash(new TextEncoder().encode(`tiny person ${number}`))
  const publicKey = Ed25519.publicKeyOf(secret)
  const id = hex(publicKey)
  const signer = { publicKey, sign: (message: Uint8Array) => sign(message, secret) }
  return {
    id,
    command(nonce, add, note) {
      const payload = note === undefined ? { actor: id, nonce, add } : { actor: id, nonce, add, note }
      return encode(Dsse.seal(TINY_TYPE, payload, signer))
    },
  }
}
