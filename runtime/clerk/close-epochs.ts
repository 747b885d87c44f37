/**
 * Closes epochs when they end. A development deployment closes early, once a full minute allows it: its first epoch,
 * so that there is something to verify, and whenever a mission waits at its gate for its epoch to be committed. So a
 * newcomer waits a minute and not five.
 *
 * With the close it records how much was turned away above a key's rate since the last one: one count an epoch.
 *
 * Refuses to close while our clock is behind the last entry, or more than five minutes from the chain's (spec 2.2).
 */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import { dueEnd } from '../../protocol/law/epoch/schedule.ts'
import { REFUSED_ACTORS_MAX, REFUSED_COUNT_MAX } from '../../protocol/law/constraints/limits.ts'
import { worldOf } from '../../protocol/law/world.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import { formatTimestamp, type Millis } from '../../protocol/wire/time.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Refused } from '../ports/refused.ts'
import type { Duty } from './duty.ts'
import { sendDue } from './send.ts'
import type { Sealer } from './sealer.ts'

const CLOCKS_APART_MAX_MS = 5 * 60_000

export type ClosingParts = {
  readonly ledger: Ledger<State, AdmittedCommand>
  readonly seal: Sealer
  readonly clock: Clock
  /** The time of the chain's latest block, in milliseconds. Whoever runs a chain on which nobody else mines keeps it going. */
  readonly chainTime: () => Promise<number>
  /** What was turned away above a key's rate since the last close. */
  readonly refused?: Refused
}

export function closeEpochs({ ledger, seal, clock, chainTime, refused }: ClosingParts): Duty {
  return {
    name: 'close-epochs',
    run: async () => {
      const { due, behind } = await ledger.ask((state) => ({
        due: dueNow(state, clock.now()),
        behind: state.books.lastRecordedAt - clock.now(),
      }))
      if (due === undefined) return false
      if (behind > 0) throw new Fault('clock-behind-ledger', { behind_ms: behind })
      const apart = Math.abs((await chainTime()) - clock.now())
      if (apart > CLOCKS_APART_MAX_MS) throw new Fault('clocks-apart', { apart_ms: apart })
      const turnedAway = refused?.take() ?? new Map<Digest, number>()
      const nonce = `epoch-${due.epoch}-${clock.now()}`
      try {
        const named = await ledger.ask((state) => byActor(state, turnedAway))
        const count = named.length === 0 ? {} : { refused: named }
        const body = { epoch: due.epoch, end: formatTimestamp(due.end), ...count }
        return await sendDue(ledger, clock, seal({ type: 'epoch.close', subject: 'epochs', body }, nonce))
      } catch (cause) {
        refused?.putBack(turnedAway)
        throw cause
      }
    },
  }
}

/** One count for each actor, whatever keys they used; where they are too many, of those with the most. */
function byActor(state: State, turnedAway: ReadonlyMap<Digest, number>) {
  const counts = new Map<string, number>()
  for (const [key, count] of turnedAway) {
    const actor = worldOf(state).keyHolder(key)
    // Of the runtime's own key there is nothing to say, and the law takes no such count: no epoch must wait for it.
    const kind = actor === undefined ? undefined : worldOf(state).actor(actor)?.kind
    if (actor !== undefined && (kind === 'human' || kind === 'machine'))
      counts.set(actor, (counts.get(actor) ?? 0) + count)
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, REFUSED_ACTORS_MAX)
    .map(([actor, count]) => ({ actor, count: Math.min(count, REFUSED_COUNT_MAX) }))
    .toSorted((a, b) => (a.actor < b.actor ? -1 : 1))
}

function dueNow(state: State, now: Millis): { epoch: number; end: Millis } | undefined {
  const deployment = state.founded?.deployment
  if (deployment === undefined) return undefined
  const { current, lastEnd } = state.epochs
  const { epochMs, development } = deployment
  const wanted = development && (state.epochs.closed.length === 0 || gateWaits(state))
  const end = dueEnd({ lastEnd, epochMs, development }, now, wanted)
  return end === undefined ? undefined : { epoch: current, end }
}

/** Whether the open epoch holds an integration that a human waits to decide on. */
function gateWaits(state: State): boolean {
  const world = worldOf(state)
  for (const mission of state.missions.values()) {
    if (mission.status === 'FinalHumanGate' && world.epochOfSeq(mission.gate.seq) === state.epochs.current) return true
  }
  return false
}
