/**
 * What stands between FinalHumanGate and Completed: the conditions, in the order in which they are named.
 *
 *     normative or mixed ── needs a signed human adjudication, at every tier
 *     an offered approval ─ must be a human's, and its signature valid, at every tier
 *     R2, R3 ────────────── need that approval
 *     R3 ────────────────── needs its three chambers as well
 *     R0, R1 ────────────── complete under the owner's signed scope, a standing mandate
 *
 * Source: spec 3.1, 3.2, 3.5; readings R1, E2, E5.
 */

export type OfferedApproval = { readonly kind: 'human' | 'machine'; readonly signatureValid: boolean }

export type Gate = {
  readonly tier: string
  readonly domainType: string
  readonly adjudicated: boolean
  /** Whether a human's signature is needed although the tier does without: the owner asked for it. */
  readonly humanAsked?: boolean
  readonly chambersPassed: boolean
  readonly approval: OfferedApproval | undefined
}

export type GateBlock =
  | 'adjudication-required'
  | 'approval-by-a-machine'
  | 'approval-not-signed'
  | 'human-approval-required'
  | 'chambers-required'

const LEAVES_BY_ONE_SIGNATURE = new Set(['R0', 'R1', 'R2'])
const STANDING_MANDATE = new Set(['R0', 'R1'])

/** Whether a tier leaves the gate only by a human's signature. An unknown tier does too. */
export function needsHuman(tier: string): boolean {
  return !STANDING_MANDATE.has(tier)
}

/** What keeps a mission at its gate, or undefined where it may complete. */
export function blockAtGate(gate: Gate): GateBlock | undefined {
  if (gate.domainType !== 'objective' && !gate.adjudicated) return 'adjudication-required'
  if (gate.approval !== undefined && gate.approval.kind !== 'human') return 'approval-by-a-machine'
  if (gate.approval !== undefined && !gate.approval.signatureValid) return 'approval-not-signed'
  if ((needsHuman(gate.tier) || gate.humanAsked === true) && gate.approval === undefined)
    return 'human-approval-required'
  if (!LEAVES_BY_ONE_SIGNATURE.has(gate.tier) && !gate.chambersPassed) return 'chambers-required'
  return undefined
}

const ORDER = ['objective', 'mixed', 'normative'] as const

/** A mission is as normative as its most normative task (reading R13). An unknown type counts as normative. */
export function mostNormative(types: Iterable<string>): string {
  let most = 0
  for (const type of types) {
    const at = ORDER.findIndex((known) => known === type)
    most = Math.max(most, at < 0 ? ORDER.length - 1 : at)
  }
  return ORDER[most] ?? 'normative'
}
