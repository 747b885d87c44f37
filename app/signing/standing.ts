/**
 * How this browser's key stands, from what is kept here and what the ledger says. Pure.
 *
 *     none      this browser holds no key of this human
 *     unsent    made and bound by the wallet, not recorded yet
 *     active, expired, revoked
 */
import type { HeldKey } from '../data/actor.ts'
import type { BrowserKey } from './browser-key.ts'

export type Standing = 'none' | 'unsent' | 'active' | 'expired' | 'revoked'

export function standingOf(
  key: Pick<BrowserKey, 'keyId' | 'notAfter'> | null,
  held: readonly HeldKey[],
  now: number,
): Standing {
  if (key === null) return 'none'
  const found = held.find(({ key_id }) => key_id === key.keyId)
  if (found?.revoked === true) return 'revoked'
  // The last moment counts.
  if (now > Date.parse(found?.not_after ?? key.notAfter)) return 'expired'
  return found === undefined ? 'unsent' : 'active'
}
