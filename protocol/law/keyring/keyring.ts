/**
 * Which Ed25519 key speaks for whom, and until when. An expired or revoked key signs nothing (spec 2.5).
 *
 * Every key enters by `governance.key_bound`, whoever's it is: one place answers «whose key is this?».
 */
import type { EventDraft } from '../constraints/event.ts'
import type { Millis } from '../../wire/time.ts'

export type KeyEvent =
  | EventDraft<
      'governance.key_bound',
      { actor: string; key: string; key_id: string; purpose: string; not_after: string }
    >
  | EventDraft<'governance.key_revoked', { actor: string; key_id: string }>

export type HeldKey = {
  readonly actor: string
  readonly publicKey: Uint8Array
  readonly purpose: string
  readonly notAfter: Millis
  readonly revoked: boolean
}

/** By key id, the digest of the raw public key. A key is bound once and to one actor, for good. */
export type Keyring = Map<string, HeldKey>

export type KeyState = 'active' | 'expired' | 'revoked'

/** The last moment counts: edges of windows are inclusive (reading T16), on chain too. */
export function stateOfKey(key: HeldKey, at: Millis): KeyState {
  if (key.revoked) return 'revoked'
  return at <= key.notAfter ? 'active' : 'expired'
}
