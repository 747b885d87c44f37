/** The bodies of incident commands. The subject is the incident's id. Source: spec 3.6. */
import { actorId, subjectId } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { CONCERNS_MAX, TEXT_MAX } from '../constraints/limits.ts'
import { REPORTED } from './kinds.ts'

/** The grounds, recorded facts by their event ids, are the command's own (spec 1.3). */
export const report = Shape.object(
  {
    kind: Shape.oneOf(...REPORTED),
    severity: Shape.oneOf('minor', 'severe'),
    concerns: Shape.array(subjectId, { min: 1, max: CONCERNS_MAX, distinct: true }),
    /** What was seen, in words. */
    account: Shape.text({ max: TEXT_MAX }),
  },
  { accused: actorId },
)
export type Report = Shape.Infer<typeof report>

export const resolve = Shape.object({
  resolution: Shape.oneOf('upheld', 'dismissed'),
  reason: Shape.text({ max: TEXT_MAX }),
})
export type Resolve = Shape.Infer<typeof resolve>
