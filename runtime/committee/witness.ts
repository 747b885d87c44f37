/**
 * A member believes nothing that the ledger says of the chain: every `chain.observed` is looked up on the chain
 * itself, in a block that is final there.
 *
 * Answers a reason code where the chain does not hold what the entry says. Rejects where that cannot be known yet: the
 * chain cannot be asked, or its last final block lies below (`observed-log-not-final`). Then the member waits; it does
 * not sign.
 */
import { isOfAnAgent, type Observed } from '../../protocol/law/chain/types.ts'
import { encode } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { ChainReader } from '../../verifier/chain/reader.ts'

export type Witness = (seen: Observed) => Promise<string | undefined>

/** Final blocks do not change, so a stretch of them is read once. */
const STRETCH = 2_000

const NOT_ON_CHAIN = 'observed-log-not-on-chain'

export function witnessOf(chain: ChainReader): Witness {
  let finalized = -1
  let read = { from: 0, to: -1, logs: new Set<string>() }

  return async (seen) => {
    const at = seen.block_number
    if (at > finalized) finalized = (await chain.heads()).finalized.number
    if (at > finalized) throw new Fault('observed-log-not-final', { block: at, finalized })
    if (isOfAnAgent(seen.log)) {
      const agent = { contract: seen.contract, agentId: seen.log.agent_id }
      const logs = await chain.agentLogs([agent], at, at)
      return logs.some((log) => encode(log) === encode(seen)) ? undefined : NOT_ON_CHAIN
    }
    if (at < read.from || at > read.to) {
      const to = Math.min(finalized, at + STRETCH - 1)
      const logs = await chain.logs(at, to)
      read = { from: at, to, logs: new Set(logs.map((log) => encode(log))) }
    }
    return read.logs.has(encode(seen)) ? undefined : NOT_ON_CHAIN
  }
}
