/** A party of a conflict: `actor:<id>` or `organization:<code>` as the ledger keeps it, and as a command names it. Pure. */
import type { Json } from '../../../protocol/wire/canonical-json.ts'

export type PartyKind = 'actor' | 'organization'

export function partyOf(name: string): Json {
  const [kind = '', ...rest] = name.split(':')
  const value = rest.join(':')
  return kind === 'organization' ? { with: 'organization', organization: value } : { with: 'actor', actor: value }
}
