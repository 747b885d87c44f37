/** The bodies of appeal commands. The subject of each is the appeal's id. Source: spec 3.6. */
import { digest, eventId } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { APPEAL_REASONS } from '../constraints/codes.ts'
import { REFERENCES_MAX, TEXT_MAX } from '../constraints/limits.ts'

const prose = Shape.text({ max: TEXT_MAX })

export const file = Shape.object(
  {
    /** The contested decision's event id. */
    decision: eventId,
    reason_code: Shape.oneOf(...APPEAL_REASONS),
    statement: prose,
  },
  { evidence: Shape.array(digest, { max: REFERENCES_MAX, distinct: true }) },
)
export type File = Shape.Infer<typeof file>

export const respond = Shape.object({ statement: prose })
export type Respond = Shape.Infer<typeof respond>
