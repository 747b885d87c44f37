/**
 * Which signatures under a suspended gain count, and whether they suffice.
 *
 *     valid    human, T_H ≥ tau_prop, no conflict, not the beneficiary, not of the beneficiary's organization, once each
 *     passes   valid humans, their regions and their organizations all reach the phase's numbers
 *
 * A signature that does not count is ignored; it spoils nothing. Founder stewardship (G0) has no quorum at all: nobody,
 * the founder least of all, can stand in for one, and the gain waits for G1 (reading T11).
 *
 * Units: µT. Source: spec 4.3; readings T10, T11. Invariants: D-07, D-21.
 */
import type { ElevationQuorum } from '../../constitution/topology.ts'

export type RevalidationSigner = {
  readonly id: string
  readonly kind: 'human' | 'machine'
  readonly trust: number
  readonly region: string
  readonly organization: string
  /** Had a hand in the work, runs or is run by whoever had, or declared a conflict. */
  readonly conflict: boolean
}

export type Beneficiary = { readonly id: string; readonly organization: string | undefined }

export type Revalidation = {
  readonly valid: readonly string[]
  readonly regions: number
  readonly organizations: number
  readonly passes: boolean
}

/** Why this one's signature would not count, or undefined where it does. */
export function objection(
  signer: RevalidationSigner,
  beneficiary: Beneficiary,
  highTrust: number,
): 'machine' | 'trust' | 'beneficiary' | 'organization' | 'conflict' | undefined {
  if (signer.kind !== 'human') return 'machine'
  if (signer.id === beneficiary.id) return 'beneficiary'
  if (signer.organization === beneficiary.organization) return 'organization'
  if (signer.conflict) return 'conflict'
  return signer.trust >= highTrust ? undefined : 'trust'
}

/** @param quorum that of the phase; undefined where the phase has none */
export function revalidation(
  signers: readonly RevalidationSigner[],
  beneficiary: Beneficiary,
  quorum: ElevationQuorum | undefined,
  highTrust: number,
): Revalidation {
  const counting = new Map<string, RevalidationSigner>()
  for (const signer of signers) {
    if (objection(signer, beneficiary, highTrust) === undefined) counting.set(signer.id, signer)
  }
  const members = [...counting.values()]
  const regions = new Set(members.map(({ region }) => region)).size
  const organizations = new Set(members.map(({ organization }) => organization)).size
  const passes =
    quorum !== undefined &&
    members.length >= quorum.humans &&
    regions >= quorum.regions &&
    organizations >= quorum.organizations
  return { valid: [...counting.keys()], regions, organizations, passes }
}

/**
 * The last moment at which a suspended gain can be revalidated, or undefined where its window has not begun: it runs
 * from the suspension, but not before there is a quorum (reading: what was suspended in G0 has all of it from G1 on).
 *
 * @param quorumSince when the first phase with a quorum began
 */
export function revalidationEnds(
  suspendedAt: number,
  quorumSince: number | undefined,
  windowMs: number,
): number | undefined {
  return quorumSince === undefined ? undefined : Math.max(suspendedAt, quorumSince) + windowMs
}
