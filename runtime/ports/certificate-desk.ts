/**
 * Where committee members bring their signatures of an epoch's commitment, and where one sees how far each
 * epoch has got on each chain.
 *
 * Contract: `bring` answers `ok` only after the share has been checked and is on disk; bringing it again is the
 * same as bringing it once. A share that does not verify changes nothing. Many may bring shares at once.
 */
import type { Json } from '../../protocol/wire/canonical-json.ts'
import type { Result } from '../../protocol/wire/result.ts'
import type { Refusal } from './law.ts'

export type CertificateDesk = {
  bring(epoch: number, share: Json): Promise<Result<Json, Refusal>>
  /** The state of every epoch on every chain, as GET /v1/outbox shows it. */
  outbox(): Promise<Json>
  /** The certificates so far, as certificates.json of an archive holds them. */
  certificates(): Promise<Json>
}
