/**
 * What the ledger says of the chain against the chain: every `chain.observed` must be a log that a final block holds,
 * to the letter. Logs that are not entries yet are pending. Decisions are told under the final gate.
 *
 * Source: spec 2.2 (outside facts are re-checked by everyone).
 */
import { logKey } from '../../protocol/law/chain/state.ts'
import { encode } from '../../protocol/wire/canonical-json.ts'
import type { Inquiry } from '../inquiry.ts'
import type { ReadLedger } from '../ledger.ts'
import type { ChainRead } from './chain.ts'

export function checkObservations(ledger: ReadLedger, { seen }: ChainRead, inquiry: Inquiry): void {
  const onChain = new Map(seen.map(({ observed }) => [logKey(observed), observed]))
  const entered = new Set<string>()
  for (const { seq, observed } of ledger.observations) {
    const key = logKey(observed)
    entered.add(key)
    const held = onChain.get(key)
    const place = { seq, transaction: observed.transaction }
    const decided = observed.log.event === 'Decided'
    if (held === undefined) {
      const evidence = { recorded: encode(observed) }
      if (decided) inquiry.fault('gate', 'decision-not-on-chain', place, evidence)
      else inquiry.fault('observations', 'observed-log-not-on-chain', place, evidence)
    } else if (encode(held) !== encode(observed)) {
      const evidence = { recorded: encode(observed), on_chain: encode(held) }
      if (decided) inquiry.fault('gate', 'decision-differs', place, evidence)
      else inquiry.fault('observations', 'observed-log-differs', place, evidence)
    }
  }
  for (const [key, { log, transaction, block_number }] of onChain) {
    // Which decisions the ledger owes an entry is the gate's to say: anyone may write there.
    if (entered.has(key) || log.event === 'Decided') continue
    inquiry.pending('log-not-yet-observed', { event: log.event, transaction, block: block_number })
  }
  inquiry.looked('observations', { observed: ledger.observations.length })
}
