/** The fold of key events. */
import { fromHex } from '../../wire/bytes.ts'
import { parseTimestamp } from '../../wire/time.ts'
import type { KeyEvent, Keyring } from './keyring.ts'

export function evolveKeyring(keyring: Keyring, event: KeyEvent): void {
  switch (event.event_type) {
    case 'governance.key_bound': {
      const { actor, key, key_id, purpose, not_after } = event.data
      const publicKey = fromHex(key)
      const notAfter = parseTimestamp(not_after)
      if (!publicKey.ok || !notAfter.ok) return
      keyring.set(key_id, {
        actor,
        publicKey: publicKey.value,
        purpose,
        notAfter: notAfter.value,
        revoked: false,
      })
      return
    }
    case 'governance.key_revoked': {
      const held = keyring.get(event.data.key_id)
      if (held !== undefined) keyring.set(event.data.key_id, { ...held, revoked: true })
      return
    }
  }
}
