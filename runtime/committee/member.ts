/**
 * One member of the committee: follows the ledger, decides every entry again, and signs an epoch's commitment only
 * when its own fold gives that commitment. A member that cannot verify does not sign, and says why.
 *
 *     entry ─▶ time, signatures, re-decided byte for byte, chain facts looked up ─▶ epoch closed? ─▶ sign, bring
 *
 * Source: spec 2.2 (live entries within 60 s of our clock), 2.3, 2.5 (an expired key signs nothing).
 */
import { checksOf, emptyState, readEntry, replay, type Prepared, type State } from '../../protocol/genesis.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { sign as signBls } from '../../protocol/wire/bls.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { ZERO_DIGEST, type Digest } from '../../protocol/wire/sha256.ts'
import type { ChainReader } from '../../verifier/chain/reader.ts'
import { epochMessage } from '../epochs/epochs.ts'
import type { Clock } from '../ports/clock.ts'
import type { VerifyNow } from '../ports/signatures.ts'
import { chainHolds } from './check-chain.ts'
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts'
import { followEntries } from './follow.ts'

/** How far a live entry's time may lie from ours. Milliseconds. */
const LIVE_APART_MAX_MS = 60_000

export type MemberParts = {
  readonly index: number
  readonly secret: Uint8Array
  /** Base address of the runtime's API. */
  readonly url: string
  readonly checkpointFile: string
  readonly chain: ChainReader
  readonly clock: Clock
  readonly verify: VerifyNow
  readonly onNote: (note: Note) => void
}

export type Note =
  | { readonly kind: 'signed'; readonly epoch: number; readonly commitment: string }
  | { readonly kind: 'refused'; readonly code: string; readonly seq: number }
  | { readonly kind: 'waiting'; readonly code: string }

/** How often a signature that has not been taken yet is brought again. Milliseconds. */
const BRING_EVERY_MS = 1_000

type Duty = {
  readonly state: State
  readonly before: Checkpoint | undefined
  readonly signed: Map<number, Digest>
  /** Closed epochs that the chain was not seen to hold, with those already brought. */
  readonly owed: Map<number, 'owed' | 'brought'>
  caughtUp: boolean
}

/** Follows until told to stop. A refusal ends it for good: what it saw cannot become right by looking again. */
export async function serve(parts: MemberParts, signal: AbortSignal): Promise<void> {
  const before = readCheckpoint(parts.checkpointFile)
  const signed = new Map(before?.signed.map(({ epoch, commitment }) => [epoch, commitment]))
  const duty: Duty = { state: emptyState(), before, signed, owed: new Map(), caughtUp: false }
  const ended = new AbortController()
  const bringing = bringOwed(parts, duty, AbortSignal.any([signal, ended.signal]))
  while (!signal.aborted) {
    try {
      const entries = followEntries(parts.url, duty.state.books.next, signal, () => {
        duty.caughtUp = true
      })
      for await (const { text, live } of entries) {
        const refusal = await take(parts, duty, text, live)
        if (refusal === undefined) continue
        parts.onNote({ kind: 'refused', code: refusal, seq: duty.state.books.next })
        ended.abort()
        return await bringing
      }
    } catch (cause) {
      if (signal.aborted) break
      parts.onNote({ kind: 'waiting', code: cause instanceof Fault ? cause.code : 'runtime-unreachable' })
      await pause(BRING_EVERY_MS, signal)
    }
  }
  await bringing
}

/** While it reads old entries a member signs nothing: what they closed may long be on chain. */
async function bringOwed(parts: MemberParts, duty: Duty, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (duty.caughtUp) {
      for (const [epoch, brought] of duty.owed) {
        if (brought === 'brought') continue
        try {
          await bring(parts, duty, epoch)
        } catch (cause) {
          parts.onNote({ kind: 'waiting', code: cause instanceof Fault ? cause.code : 'runtime-unreachable' })
        }
      }
    }
    await pause(BRING_EVERY_MS, signal)
  }
}

/** Take one entry; a code where this ledger is not one to sign for. */
async function take(parts: MemberParts, duty: Duty, text: string, live: boolean): Promise<string | undefined> {
  const { state, before } = duty
  const entry = readEntry(text, state.books.next)
  if (!entry.ok) return entry.error.code
  const { recordedAt, command } = entry.value
  const now = parts.clock.now()
  if (recordedAt - now > LIVE_APART_MAX_MS) return 'entry-from-the-future'
  if (live && now - recordedAt > LIVE_APART_MAX_MS) return 'entry-back-dated'
  const checks = checksOf(state, command)
  if ('code' in checks) return checks.code
  const signatures = checks.map(({ signature, message, publicKey }) => parts.verify(signature, message(), publicKey))
  if (command.type === 'chain.observed') {
    const wrong = await chainHolds(parts.chain, command.body as Observed)
    if (wrong !== undefined) return wrong
  }
  const replayed = replay(state, entry.value, signatures)
  if (!replayed.ok) return replayed.error.code
  if (before !== undefined && state.books.next === before.size && state.books.head !== before.head) {
    return 'ledger-past-changed'
  }
  note(duty, replayed.value)
  return undefined
}

/** Which epochs wait for our signature after an entry. */
function note({ state, owed }: Duty, entry: Prepared): void {
  if (entry.outcome !== 'committed') return
  if (entry.command.type === 'epoch.close') owed.set(state.epochs.closed.length - 1, 'owed')
  if (entry.command.type === 'chain.observed') {
    for (const epoch of owed.keys()) if (state.chain.committed.has(epoch)) owed.delete(epoch)
  }
}

async function bring(parts: MemberParts, duty: Duty, epoch: number): Promise<void> {
  const { state, signed, owed } = duty
  const closed = state.epochs.closed[epoch]
  const message = epochMessage(state, epoch)
  if (closed === undefined || message === undefined) return
  const earlier = signed.get(epoch)
  if (earlier !== undefined && earlier !== closed.commitment) throw new Fault('epoch-signed-otherwise', { epoch })
  if (earlier === undefined) {
    signed.set(epoch, closed.commitment)
    // On disk before the signature leaves: a member never signs two commitments for one epoch.
    writeCheckpoint(parts.checkpointFile, checkpointOf(duty))
  }
  const signature = signBls(message, parts.secret)
  const response = await fetch(`${parts.url}/v1/certificates/${epoch}/shares`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ commitment: closed.commitment, member: parts.index, signature }),
  })
  await response.body?.cancel()
  if (!response.ok) throw new Fault('share-not-taken', { status: response.status })
  owed.set(epoch, 'brought')
  parts.onNote({ kind: 'signed', epoch, commitment: closed.commitment })
}

function checkpointOf({ state, signed }: Duty): Checkpoint {
  return {
    deployment: (state.founded?.deployment.id ?? ZERO_DIGEST) as Digest,
    size: state.books.next,
    head: state.books.head,
    signed: [...signed].map(([epoch, commitment]) => ({ epoch, commitment })),
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
