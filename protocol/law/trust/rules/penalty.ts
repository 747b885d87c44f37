/**
 * What failures cost: beta for each severe one, gamma for each minor one.
 *
 * Units: µT. Source: spec 4.2; reading T15. Fault `failures-malformed`: a negative count would mint, half a failure is
 * none.
 */
import { Fault } from '../../../wire/fault.ts'

export type Failures = { readonly severe: number; readonly minor: number }

/** @param costs µT for one of each */
export function penalty({ severe, minor }: Failures, costs: Failures): number {
  for (const count of [severe, minor]) {
    if (!Number.isSafeInteger(count) || count < 0) throw new Fault('failures-malformed', { severe, minor })
  }
  return severe * costs.severe + minor * costs.minor
}
