/**
 * The body of the one command that touches trust: a human's signature under a gain that waits. The subject is the
 * suspension. There is no command that mints, grants, moves or takes trust (spec 4.1). Source: spec 4.3.
 */
import * as Shape from '../../wire/shape.ts'
import { TEXT_MAX } from '../constraints/limits.ts'

export const revalidate = Shape.object({ reason: Shape.text({ max: TEXT_MAX }) })
export type Revalidate = Shape.Infer<typeof revalidate>
