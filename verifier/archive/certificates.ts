/**
 * certificates.json: the committee's certificates, one an epoch, ascending.
 *
 *     {"certificates":[{"bitmap":1023,"epoch":0,"signature":"8f…"}]}
 */
import { blsSignature } from '../../protocol/wire/bls-point.ts'
import { parseRecord } from '../../protocol/wire/canonical-json.ts'
import { count } from '../../protocol/wire/identifiers.ts'
import { malformed, type Malformed } from '../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../protocol/wire/result.ts'
import * as Shape from '../../protocol/wire/shape.ts'

const CAPS = { bytes: 512 * 1024 * 1024, depth: 8 }

const archived = Shape.object({
  bitmap: Shape.integer({ min: 0, max: 2 ** 32 - 1 }),
  epoch: count,
  signature: blsSignature,
})

const file = Shape.object({ certificates: Shape.array(archived, { max: 10_000_000 }) })

export type ArchivedCertificate = Shape.Infer<typeof archived>

export function readCertificates(bytes: Uint8Array): Result<readonly ArchivedCertificate[], Malformed> {
  const json = parseRecord(bytes, CAPS)
  if (!json.ok) return json
  const parsed = Shape.parse(file, json.value)
  if (!parsed.ok) return parsed
  const { certificates } = parsed.value
  for (let i = 1; i < certificates.length; i++) {
    if (certificates[i - 1]!.epoch >= certificates[i]!.epoch) {
      return malformed('certificates-order', undefined, `/certificates/${i}/epoch`)
    }
  }
  return ok(certificates)
}
