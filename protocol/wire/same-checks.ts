/**
 * Signatures are checked ahead, many together, while the state may still change: what was found counts for a command
 * only if the very same signatures are asked for when its turn comes.
 *
 * What is signed stands in the command, so the same key and signature are the same check.
 */
import { equal } from './bytes.ts'

type Signed = { readonly publicKey: Uint8Array; readonly signature: Uint8Array }

export function sameChecks(a: readonly Signed[], b: readonly Signed[]): boolean {
  if (a.length !== b.length) return false
  return a.every((check, i) => same(check.publicKey, b[i]!.publicKey) && same(check.signature, b[i]!.signature))
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || equal(a, b)
}
