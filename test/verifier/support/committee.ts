/** The fifteen members of the bench's committee with their BLS keys, and what they sign. */
import assert from 'node:assert/strict'
import { publicKeyOf, sign } from '../../../protocol/wire/bls.ts'
import {
  assemble,
  certificateMessage,
  EPOCH_COMMITMENT,
  type Certificate,
  type CertificateSubject,
} from '../../../protocol/wire/certificate.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import { blsSecretOf } from '../../support/law/people.ts'
import { CHAIN_ID, CONTRACTS, type Bench } from '../../support/law/world.ts'

export const MEMBERS = Array.from({ length: 15 }, (_, i) => {
  const secret = blsSecretOf(`member ${i}`)
  return { secret, key: publicKeyOf(secret) }
})

export const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

/** The certificate of these members for an epoch's commitment, unless `about` says otherwise. */
export function certify(
  bench: Bench,
  epoch: number,
  commitment: string,
  members: readonly number[] = TEN,
  about: Partial<CertificateSubject> = {},
): Certificate {
  const message = certificateMessage({
    purpose: EPOCH_COMMITMENT,
    chainId: CHAIN_ID,
    contract: CONTRACTS.commitment_log.address,
    committeeId: bench.state.founded?.deployment.committee.id as Digest,
    subject: commitment as Digest,
    sequence: epoch,
    ...about,
  })
  const certificate = assemble(members.map((member) => ({ member, signature: sign(message, MEMBERS[member]!.secret) })))
  assert.ok(certificate.ok)
  return certificate.value
}
