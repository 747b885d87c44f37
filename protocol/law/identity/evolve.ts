/** The fold of identity events. */
import type { IdentityEvent } from './event.ts'
import { partyName, type Identities } from './state.ts'

export function evolveIdentity(identities: Identities, event: IdentityEvent): void {
  switch (event.event_type) {
    case 'governance.human_attested': {
      const { by, wallet, region, organization } = event.data
      const id = event.subject
      identities.humans.set(id, { id, wallet, region, organization, attestedBy: by, reviews: false })
      identities.byWallet.set(wallet, id)
      return
    }
    case 'governance.reviewer_enrolled': {
      const human = identities.humans.get(event.subject)
      if (human !== undefined) identities.humans.set(human.id, { ...human, reviews: true })
      return
    }
    case 'governance.conflict_declared': {
      const before = identities.conflicts.get(event.subject) ?? []
      identities.conflicts.set(event.subject, new Set([...before, partyName(event.data)]))
      return
    }
    case 'governance.conflict_withdrawn': {
      const left = [...(identities.conflicts.get(event.subject) ?? [])].filter((name) => name !== partyName(event.data))
      if (left.length === 0) identities.conflicts.delete(event.subject)
      else identities.conflicts.set(event.subject, new Set(left))
      return
    }
    case 'governance.wallet_bound_key':
      // The keyring holds the key; this record keeps the wallet's signature that bound it.
      return
  }
}
