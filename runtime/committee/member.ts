/**
 * One member of the committee: follows the ledger, decides every entry again, and signs an epoch's commitment only
 * when its own fold gives that commitment. A member that cannot verify does not sign, and says why.
 *
 *     entry ─▶ time, signatures, chain facts looked up, re-decided byte for byte ─▶ epoch closed? ─▶ sign, bring
 *
 * A refusal ends it for good: what it saw cannot become right by looking again. Whatever may be cured by time (the
 * runtime or the chain cannot be reached, a block is not final yet) it waits for.
 *
 * Source: spec 2.2 (live entries within 60 s of our clock), 2.3, 2.5.
 */
import { checksOf, emptyState, readEntry, replay, type Prepared, type State } from '../../protocol/genesis.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { ChainReader } from '../../verifier/chain/reader.ts'
import { pause } from '../clock/clock.ts'
import type { Clock } from '../ports/clock.ts'
import type { VerifyNow } from '../ports/signatures.ts'
import { readCheckpoint, type Checkpoint } from './checkpoint.ts'
import { followEntries, type Arrival } from './follow.ts'
import { penOf, type Pen } from './signing.ts'
import { witnessOf, type Witness } from './witness.ts'

/** How far a live entry's time may lie from ours. Milliseconds. */
const LIVE_APART_MAX_MS = 60_000

/** How often what could not be done is tried again. Milliseconds. */
const AGAIN_EVERY_MS = 1_000

export type MemberParts = {
  readonly index: number
  readonly secret: Uint8Array
  /** The deployment it was asked to sign for, and no other. */
  readonly deployment: string
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

type Duty = {
  readonly state: State
  readonly before: Checkpoint | undefined
  readonly witness: Witness
  readonly pen: Pen
  /** While it reads old entries a member signs nothing: what they closed may long be on chain. */
  caughtUp: boolean
}

/** Follows until it is told to stop, or has seen what it will not sign for. */
export async function serve(parts: MemberParts, signal: AbortSignal): Promise<void> {
  const before = readCheckpoint(parts.checkpointFile)
  const pen = penOf(parts, before, (epoch, commitment) => parts.onNote({ kind: 'signed', epoch, commitment }))
  const duty: Duty = { state: emptyState(), before, witness: witnessOf(parts.chain), pen, caughtUp: false }
  const ended = new AbortController()
  const until = AbortSignal.any([signal, ended.signal])
  const refuse = (code: string): void => {
    if (!until.aborted) parts.onNote({ kind: 'refused', code, seq: duty.state.books.next })
    ended.abort()
  }
  await Promise.all([
    patiently(parts, until, () => readOn(parts, duty, until, refuse)),
    patiently(parts, until, () => bringOwed(duty, until, refuse)),
  ])
}

/** Again and again, until the signal: a thing that fails is said, and tried again a little later. */
async function patiently(parts: MemberParts, signal: AbortSignal, act: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await act()
    } catch (cause) {
      if (signal.aborted) return
      parts.onNote({ kind: 'waiting', code: cause instanceof Fault ? cause.code : 'runtime-unreachable' })
    }
    await pause(AGAIN_EVERY_MS, signal)
  }
}

async function readOn(
  parts: MemberParts,
  duty: Duty,
  signal: AbortSignal,
  refuse: (code: string) => void,
): Promise<void> {
  const arrivals = followEntries(parts.url, duty.state.books.next, parts.clock, signal, () => {
    duty.caughtUp = true
  })
  for await (const arrival of arrivals) {
    const refusal = await take(parts, duty, arrival)
    if (refusal !== undefined) return refuse(refusal)
  }
}

async function bringOwed(duty: Duty, signal: AbortSignal, refuse: (code: string) => void): Promise<void> {
  if (!duty.caughtUp) return
  // A ledger that ends before what we have seen has lost its end, or hides it: either way it is not the one.
  if (duty.before !== undefined && duty.state.books.next < duty.before.size) throw new Fault('ledger-shorter-than-seen')
  const refusal = await duty.pen.bring(duty.state, signal)
  if (refusal !== undefined) refuse(refusal)
}

/** Take one entry; a code where this ledger is not one to sign for. */
async function take(
  { deployment, clock, verify }: MemberParts,
  { state, before, witness, pen }: Duty,
  { text, liveAt }: Arrival,
): Promise<string | undefined> {
  const entry = readEntry(text, state.books.next)
  if (!entry.ok) return entry.error.code
  const { recordedAt, command } = entry.value
  if (recordedAt - (liveAt ?? clock.now()) > LIVE_APART_MAX_MS) return 'entry-from-the-future'
  if (liveAt !== undefined && liveAt - recordedAt > LIVE_APART_MAX_MS) return 'entry-back-dated'
  const checks = checksOf(state, command)
  if ('code' in checks) return checks.code
  const signatures = checks.map(({ signature, message, publicKey }) => verify(signature, message(), publicKey))
  if (command.type === 'chain.observed') {
    const wrong = await witness(command.body as Observed)
    if (wrong !== undefined) return wrong
  }
  const replayed = replay(state, entry.value, signatures)
  if (!replayed.ok) return replayed.error.code
  if (state.founded?.deployment.id !== deployment) return 'other-deployment'
  if (before !== undefined && state.books.next === before.size && state.books.head !== before.head) {
    return 'ledger-past-changed'
  }
  note(state, pen, replayed.value)
  return undefined
}

/** Which epochs wait for our signature after an entry. */
function note(state: State, pen: Pen, entry: Prepared): void {
  if (entry.outcome !== 'committed') return
  if (entry.command.type === 'epoch.close') pen.owe(state.epochs.closed.length - 1)
  if (entry.command.type === 'chain.observed') {
    const { log } = entry.command.body as Observed
    if (log.event === 'EpochCommitted') pen.release(log.epoch)
  }
}
