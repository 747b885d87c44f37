/**
 * A member believes nothing that the ledger says of the chain: every `chain.observed` is looked up on the chain
 * itself, in a block that is final there.
 *
 * Errors: a reason code where the chain does not hold what the entry says; a rejection where the chain cannot be
 * asked (then the member waits, it does not sign).
 */
import type { Observed } from '../../protocol/law/chain/types.ts'
import { encode } from '../../protocol/wire/canonical-json.ts'
import type { ChainReader } from '../../verifier/chain/reader.ts'

export async function chainHolds(chain: ChainReader, seen: Observed): Promise<string | undefined> {
  const { finalized } = await chain.heads()
  if (seen.block_number > finalized.number) return 'observed-log-not-final'
  const logs = await chain.logs(seen.block_number, seen.block_number)
  const claimed = encode(seen)
  return logs.some((log) => encode(log) === claimed) ? undefined : 'observed-log-not-on-chain'
}
