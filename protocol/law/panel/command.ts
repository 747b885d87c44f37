/** The bodies of panel commands. The subject of each is the panel's id. Source: spec 3.5, 3.6. */
import * as Shape from '../../wire/shape.ts'
import { VOTE_REASONS } from '../constraints/codes.ts'
import { TEXT_MAX } from '../constraints/limits.ts'

const prose = Shape.text({ max: TEXT_MAX })

export const vote = Shape.object(
  {
    /** A task is approved or rejected; a contested decision is upheld or overturned. */
    vote: Shape.oneOf('approve', 'reject', 'uphold', 'overturn'),
    reasons: prose,
  },
  {
    /** Of a vote on an appeal. */
    reason_code: Shape.oneOf(...VOTE_REASONS),
    /** Of a vote on an appeal: what the member vouches for in writing. */
    attestation: prose,
  },
)
export type VoteBody = Shape.Infer<typeof vote>

export const recuse = Shape.object({ reason: prose })
export type Recuse = Shape.Infer<typeof recuse>

export const nothing = Shape.object({})
export type Nothing = Shape.Infer<typeof nothing>
