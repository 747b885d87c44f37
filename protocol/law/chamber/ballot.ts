/**
 * Which ballots count in a chamber: one human, one ballot, one vote. Machines have none, and nothing makes a human's
 * heavier.
 *
 * Source: spec 1.2, 4.4, 5.1; I-01, D-06, D-19.
 */
export type OfferedBallot = {
  readonly voter: string
  /** How many votes it claims to be; a ballot that claims nothing is one. */
  readonly weight: unknown
  /** Whether the voter's ballot was already taken. */
  readonly repeated: boolean
}

export type BallotFault = 'voter-is-not-human' | 'ballot-weight' | 'ballot-repeated'

export function faultOfBallot({ voter, weight, repeated }: OfferedBallot): BallotFault | undefined {
  if (voter !== 'human') return 'voter-is-not-human'
  if (weight !== 1) return 'ballot-weight'
  return repeated ? 'ballot-repeated' : undefined
}
