/**
 * Takes in what finalized blocks hold: committed epochs, committee keys, human decisions.
 *
 * A decision that fails only because something is not yet so (its epoch not yet committed, commitments overdue) is
 * left for later; one that fails for good is sent, so that its refusal is on record.
 *
 * The cursor moves only past blocks whose logs are all in the ledger. If we die in between they are read again, and
 * the ledger knows each log by its nonce.
 */
import { simulate, type AdmittedCommand, type State } from '../../protocol/genesis.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { logKey } from '../../protocol/law/chain/state.ts'
import { digest, digestHex } from '../../protocol/wire/sha256.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import type { Chain } from '../ports/chain.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Duty } from './duty.ts'
import { sendTo } from './send.ts'
import type { Sealer } from './sealer.ts'

export type ObservingParts = {
  readonly ledger: Ledger<State, AdmittedCommand>
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
      const logs = await parts.chain.logs(from, finalized.number)
      let wrote = false
      for (const log of logs) {
        const taken = await take(parts, log)
        if (taken === 'later') return wrote
        wrote = wrote || taken === 'written'
      }
      parts.outbox.moveCursor(finalized.number + 1)
      return wrote
    },
  }
}

async function take(parts: ObservingParts, log: Observed): Promise<'written' | 'known' | 'later' | 'ignored'> {
  const { ledger, seal, clock } = parts
  const draft = { type: 'chain.observed', subject: 'chain', body: log as unknown as Json }
  const command = seal(draft, `log-${digestHex(digest(logKey(log))).slice(0, 40)}`)
  const verdict = await ledger.ask((state) => judge(state, log, command, clock))
  if (verdict !== 'send') return verdict
  return (await sendTo(ledger, command)) ? 'written' : 'known'
}

function judge(
  state: State,
  log: Observed,
  command: AdmittedCommand,
  clock: Clock,
): 'send' | 'known' | 'later' | 'ignored' {
  if (state.chain.observed.has(logKey(log))) return 'known'
  if (state.books.answered.has(`${command.actor} ${command.nonce}`)) return 'known'
  // A decision about nothing of ours: anyone may write to the gate, and nobody has to take note of it.
  if (log.log.event === 'Decided' && !state.missionByDigest.has(log.log.mission_digest)) return 'ignored'
  const outcome = simulate(state, command, clock.now())
  if (!('outcome' in outcome) || outcome.outcome === 'committed') return 'send'
  return outcome.violations.every((violation) => CURABLE.has(violation.constraint)) ? 'later' : 'send'
}
