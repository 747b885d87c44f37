/**
 * Takes a wallet-signed approval and carries it to the final gate on chain, so that whoever signs needs no gas.
 *
 * Contract: `relay` answers `ok` only after the approval has been checked and is on disk for sending and
 * sending again; relaying the same approval twice is the same as relaying it once. The relay can neither make
 * nor change an approval: the signature covers all of it, and the gate and the law check it again.
 */
import type { Json } from '../../protocol/wire/canonical-json.ts'
import type { Result } from '../../protocol/wire/result.ts'
import type { Refusal } from './law.ts'

export type ApprovalRelay = {
  relay(approval: Json): Promise<Result<Json, Refusal>>
  /** Approvals on their way, of one mission or of all. */
  list(mission: string | undefined): Promise<Json>
}
