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
import { err, ok, type Result } from '../../protocol/wire/result.ts'
import * as Sha256 from '../../protocol/wire/sha256.ts'
import { formatTimestamp, parseTimestamp, type Millis } from '../../protocol/wire/time.ts'
import type { Difference, Entry, Law, Reception, Recorded, SnapshotLaw } from '../../runtime/ports/law.ts'

export type TinyPayload = {
  readonly actor: string
  readonly nonce: string
  readonly add: number
  readonly note?: string
}
export type TinyCommand = {
  readonly envelopeText: string
  readonly opened: Dsse.Opened
  readonly payload: TinyPayload
  readonly hash: Sha256.Digest
}
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

type TinyEntry = { readonly command: TinyCommand; readonly text: string; readonly recordedAt: Millis }

export function tinyLaw(faults: { throwOn?: number } = {}): Law<TinyState, TinyCommand> & SnapshotLaw<TinyState> {
  function record(state: TinyState, command: TinyCommand, { recordedAt, signatures }: Reception): Recorded {
    const { payload, hash } = command
    if (payload.add === faults.throwOn) throw new Error('the law has a fault')
    if (signatures[0] !== true) return { kind: 'refused', refusal: { code: 'signature-invalid' } }
    const first = state.seen.get(payload.actor + hash)
    if (first !== undefined) return { kind: 'repeated', seq: first }
    if (state.nonces.has(`${payload.actor} ${payload.nonce}`)) {
      return { kind: 'refused', refusal: { code: 'nonce-reused' } }
    }
    const entry = write(state, command, recordedAt)
    state.seq++
    state.head = entry.hash
    state.lastAt = recordedAt
    state.seen.set(payload.actor + hash, entry.seq)
    state.nonces.add(`${payload.actor} ${payload.nonce}`)
    if (entry.outcome === 'committed') {
      state.sums.set(payload.actor, (state.sums.get(payload.actor) ?? 0) + payload.add)
    }
    return { kind: 'entry', entry }
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
      const envelopeText = typeof input === 'string' ? input : new TextDecoder().decode(input)
      const opened = Dsse.open(envelopeText)
      if (!opened.ok) return opened
      if (opened.value.payloadType !== TINY_TYPE) return malformed('payload-type')
      const payload = JSON.parse(opened.value.text) as TinyPayload
      return ok({ envelopeText, opened: opened.value, payload, hash: Sha256.digest(opened.value.payload) })
    },
    checksOf(_state, { opened, payload }) {
      const key = fromHex(payload.actor)
      if (!key.ok || key.value.length !== 32 || Ed25519.keyId(key.value) !== opened.keyId) {
        return { code: 'unknown-key' }
      }
      return [{ publicKey: key.value, message: () => Dsse.message(opened), signature: opened.signature }]
    },
    isAnswered: (state, { payload, hash }) => state.seen.has(payload.actor + hash),
    record,
    readEntry(text): Result<TinyEntry, Difference> {
      const entry = JSON.parse(text) as { command: Json; recorded_at: string }
      const command = this.admit(encode(entry.command))
      if (!command.ok) return err({ code: command.error.code })
      const recordedAt = parseTimestamp(entry.recorded_at)
      if (!recordedAt.ok) return err({ code: 'time' })
      return ok({ command: command.value, text, recordedAt: recordedAt.value })
    },
    replay(state, entry, signatures) {
      const { command, text, recordedAt } = entry as TinyEntry
      if (recordedAt < state.lastAt) return err({ code: 'time' })
      const decided = record(state, command, { recordedAt, signatures })
      if (decided.kind !== 'entry') return err({ code: decided.kind })
      return decided.entry.text === text ? ok(decided.entry) : err({ code: 'bytes' })
    },
    saveState: (state) => state,
    restoreState: (saved: TinyState) => saved,
    positionOf: (state) => ({ size: state.seq, hash: state.head, recordedAt: state.lastAt }),
    readPayload: (json) => ok({ command: { payload: json as TinyPayload } }),
    simulate(state, command, at) {
      const { payload } = command as { payload: TinyPayload }
      if (!/^[0-9a-f]{64}$/.test(payload.actor)) return { code: 'unknown-actor' }
      return { assumed: { seq: state.seq, recordedAt: at }, ...came(payload) }
    },
  }
}

function came({ add }: TinyPayload) {
  if (add <= MOST) return { outcome: 'committed', events: [{ data: { add } }] } as const
  const violation = { constraint: 'too-much', level: 'physical', params: { most: MOST } }
  return { outcome: 'withheld', violations: [violation] } as const
}

function write(state: TinyState, { opened, payload }: TinyCommand, recordedAt: Millis): Entry {
  const decision = came(payload)
  const text = encode({
    command: opened.envelope,
    ...decision,
    previous: state.head,
    recorded_at: formatTimestamp(recordedAt),
    seq: state.seq,
  })
  return { seq: state.seq, recordedAt, outcome: decision.outcome, text, hash: Sha256.digest(text) }
}

export type TinyActor = {
  readonly id: string
  readonly signer: Dsse.Signer
  command(nonce: string, add: number, note?: string): string
}

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
    signer,
    command(nonce, add, note) {
      const payload = note === undefined ? { actor: id, nonce, add } : { actor: id, nonce, add, note }
      return encode(Dsse.seal(TINY_TYPE, payload, signer))
    },
  }
}
