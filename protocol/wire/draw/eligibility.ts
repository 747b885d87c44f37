/**
 * Who may vote and who may propose: verified, active humans whose trust reaches the threshold, equality included.
 * A machine never may, whatever its trust.
 *
 * Units: trust in µT (one millionth).
 * Source: spec 5.3, 5.4; reading S12.
 */
export type Standing = {
  readonly kind: 'human' | 'machine'
  readonly verified: boolean
  readonly status: string
  /** µT, 0 … 1 000 000. */
  readonly trust: number
}

/** `threshold` in µT: tau_vote for voting, tau_prop for proposing. */
export function isEligible(standing: Standing, threshold: number): boolean {
  const { kind, verified, status, trust } = standing
  return kind === 'human' && verified && status === 'active' && trust >= threshold
}
