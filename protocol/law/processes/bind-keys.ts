/** Every key that a registration brings is bound in the keyring: one place says whose key is whose. */
import { keyIdOf, revocation } from '../constraints/registration.ts'
import type { EventDraft } from '../constraints/event.ts'
import { NOTHING, type Process } from './process.ts'

export const bindKeys: Process = (event, { state }) => {
  switch (event.event_type) {
    case 'governance.deployment_founded': {
      const { runtime } = event.data
      return [bound(runtime.id, runtime.key, 'runtime', runtime.key_not_after)]
    }
    case 'governance.runtime_key_rotated':
      // Rotated means replaced: one runtime, one key. What was stolen is worth nothing from here on.
      return [
        ...[...state.keyring]
          .filter(([, key]) => key.actor === event.subject && !key.revoked)
          .map(([keyId]) => revocation(event.subject, keyId)),
        bound(event.subject, event.data.key, 'runtime', event.data.not_after),
      ]
    case 'governance.human_attested':
      return [bound(event.subject, event.data.key, event.data.key_purpose, event.data.key_not_after)]
    case 'governance.wallet_bound_key':
      return [bound(event.subject, event.data.key, event.data.purpose, event.data.not_after)]
    case 'trust.machine_registered':
      return [bound(event.subject, event.data.key, 'agent', event.data.key_not_after)]
    case 'trust.machine_key_added':
      return [bound(event.subject, event.data.key, 'agent', event.data.not_after)]
    default:
      return NOTHING
  }
}

function bound(actor: string, key: string, purpose: string, notAfter: string): EventDraft {
  return {
    event_type: 'governance.key_bound',
    subject: actor,
    data: { actor, key, key_id: keyIdOf(key), purpose, not_after: notAfter },
  }
}
