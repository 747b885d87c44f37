/**
 * Takes in what finalized blocks hold: committed epochs, committee keys, human decisions, and what befell the agents
 * that machines are linked to.
 *
 * A log whose entry would be withheld only because something is not yet so (its epoch not yet committed, commitments
 * overdue) is left for later, and the logs after it are taken all the same: they may be what it waits for. One that
 * fails for good is sent, so that its refusal is on record.
 *
 * The cursor moves only past blocks whose logs are all in the ledger. If we die in between they are read again, and
 * the ledger knows each log by its nonce.
 *
 * Registries of agents are anybody's. Where one cannot be read, the logs of our contracts are taken all the same; the
 * cursor waits for it.
 */
import type { AdmittedCommand, Draft, State } from '../../protocol/genesis.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { body as observedShape, changesALink, isOfAnAgent } from '../../protocol/law/chain/types.ts'
import { logKey } from '../../protocol/law/chain/state.ts'
import { watchedAgents } from '../../protocol/law/machine/state.ts'
import { worldOf } from '../../protocol/law/world.ts'
import { spentBy } from '../../protocol/law/answers.ts'
import { digest, digestHex } from '../../protocol/wire/sha256.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import * as Shape from '../../protocol/wire/shape.ts'
import type { Chain } from '../ports/chain.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Duty } from './duty.ts'
import { sendTo, violationsOf } from './send.ts'
import type { Sealer } from './sealer.ts'

export type ObservingParts = {
  readonly ledger: Ledger<State, AdmittedCommand>
  /** The runtime's own name. */
  readonly actor: string
  readonly seal: Sealer
  readonly clock: Clock
  readonly chain: Chain
  readonly outbox: Pick<Outbox, 'cursor' | 'moveCursor'>
}

/** Constraints that time or publishing alone can cure. */
const CURABLE = new Set(['integration-is-committed', 'commitments-are-fresh', 'commitment-is-the-ledgers'])

export function observeChain(parts: ObservingParts): Duty {
  return {
    name: 'observe-chain',
    run: async () => {
      const { finalized } = await parts.chain.heads()
      const from = parts.outbox.cursor()
      if (from > finalized.number) return false
      const { logs, unread } = await logsOf(parts, from, finalized.number)
      let wrote = false
      let next = finalized.number + 1
      for (const log of logs) {
        const taken = await take(parts, log)
        if (taken === 'later') next = Math.min(next, log.block_number)
        wrote = wrote || taken === 'written'
      }
      if (unread !== undefined) throw unread
      if (next !== from) parts.outbox.moveCursor(next)
      return wrote
    },
  }
}

type Logs = {
  readonly logs: readonly Observed[]
  /** Why the registries could not be read. */
  readonly unread?: Fault
}

async function logsOf({ ledger, chain }: ObservingParts, from: number, to: number): Promise<Logs> {
  const agents = await ledger.ask((state) => watchedAgents(state.machines))
  const logs = await chain.logs(from, to)
  if (agents.length === 0) return { logs }
  try {
    const all = [...logs, ...(await chain.agentLogs(agents, from, to))]
    return { logs: all.toSorted((a, b) => a.block_number - b.block_number || a.log_index - b.log_index) }
  } catch (cause) {
    if (cause instanceof Fault) return { logs, unread: cause }
    throw cause
  }
}

async function take(parts: ObservingParts, log: Observed): Promise<'written' | 'done' | 'later'> {
  const { ledger, seal, clock, actor } = parts
  const nonce = `log-${digestHex(digest(logKey(log))).slice(0, 40)}`
  if (await ledger.ask((state) => needsNoEntry(state, log, actor, nonce))) return 'done'
  const draft: Draft = { type: 'chain.observed', subject: 'chain', body: log }
  const command = seal(draft, nonce)
  const violations = await ledger.ask((state) => violationsOf(state, command, clock))
  if (violations.length > 0 && violations.every(({ constraint }) => CURABLE.has(constraint))) return 'later'
  return (await sendTo(ledger, command)) ? 'written' : 'done'
}

function needsNoEntry(state: State, log: Observed, actor: string, nonce: string): boolean {
  if (state.chain.observed.has(logKey(log))) return true
  if (spentBy(state.books.answered, { actor, nonce }) !== undefined) return true
  // A decision about nothing of ours: anyone may write to the gate, and nobody has to take note of it.
  if (log.log.event === 'Decided' && !state.missionByDigest.has(log.log.mission_digest)) return true
  // Nor of what changes no machine's link: registries are anybody's too.
  if (isOfAnAgent(log.log) && !changesALink(worldOf(state), log)) return true
  // Nor of one with figures that no record can hold. It must not keep the logs after it out either.
  return !Shape.parse(observedShape, log).ok
}
