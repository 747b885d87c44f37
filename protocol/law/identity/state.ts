/** Verified humans. One wallet, one identity (spec 5.2). Cold: only commands change it in phase G0. */
import type { Party } from './event.ts'

export type HumanIdentity = {
  readonly id: string
  readonly wallet: string
  readonly region: string
  readonly organization: string
  readonly attestedBy: string
  readonly reviews: boolean
}

/** Standing conflicts of one human, as `actor:<id>` and `organization:<code>`. */
export type Conflicts = ReadonlySet<string>

export type Identities = {
  readonly humans: Map<string, HumanIdentity>
  readonly byWallet: Map<string, string>
  readonly conflicts: Map<string, Conflicts>
}

export function emptyIdentities(): Identities {
  return { humans: new Map(), byWallet: new Map(), conflicts: new Map() }
}

export function partyName(party: Party): string {
  return party.with === 'actor' ? `actor:${party.actor}` : `organization:${party.organization}`
}
