/**
 * Parameters of an address: numbers and digests, read strictly.
 *
 * Errors: `parameter-invalid` with the name.
 */
import { malformed, type Malformed } from '../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../protocol/wire/result.ts'
import { isDigest, type Digest } from '../../protocol/wire/sha256.ts'

export function integer(
  name: string,
  text: string | undefined,
  { absent, max = Number.MAX_SAFE_INTEGER }: { absent?: number; max?: number } = {},
): Result<number, Malformed> {
  if (text === undefined && absent !== undefined) return ok(absent)
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text ?? '') ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value)) return malformed('parameter-invalid', { name })
  return value > max ? malformed('parameter-invalid', { name, max }) : ok(value)
}

/** With or without `sha256:` in front: colons are awkward in some shells and tools. */
export function digest(name: string, text: string | undefined): Result<Digest, Malformed> {
  const full = text !== undefined && /^[0-9a-f]{64}$/.test(text) ? `sha256:${text}` : text
  return isDigest(full) ? ok(full) : malformed('parameter-invalid', { name })
}
