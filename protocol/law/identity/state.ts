/** Verified humans. One wallet, one identity (spec 5.2). Cold: only commands change it in phase G0. */
export type HumanIdentity = {
  readonly id: string
  readonly wallet: string
  readonly region: string
  readonly organization: string
  readonly attestedBy: string
  readonly reviews: boolean
}

export type Identities = {
  readonly humans: Map<string, HumanIdentity>
  readonly byWallet: Map<string, string>
}

export function emptyIdentities(): Identities {
  return { humans: new Map(), byWallet: new Map() }
}
