/** The bodies of review commands. The subject is the mission's id. Source: spec 3.4. */
import { actorId, digest, hexOf, subjectId } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { taskId } from '../constraints/codes.ts'
import { REASONS_MAX, REFERENCES_MAX, TEXT_MAX } from '../constraints/limits.ts'

const score = Shape.integer({ min: 0, max: 100 })

const decisionFields = {
  attempt: Shape.integer({ min: 1 }),
  mission: subjectId,
  normative_dispute: Shape.boolean(),
  reasons: Shape.array(
    Shape.object({
      text: Shape.text({ max: TEXT_MAX }),
      references: Shape.array(Shape.object({ artifact: digest, locator: Shape.string({ max: 400 }) }), {
        max: REFERENCES_MAX,
      }),
    }),
    { min: 1, max: REASONS_MAX },
  ),
  reviewer: actorId,
  scores: Shape.object({ completeness: score, correctness: score, policy_compliance: score }),
  task: taskId,
  verdict: Shape.oneOf('approve', 'reject', 'rework'),
}

/** `transcript`: the artifact with all that a reviewing model was asked and answered. */
export const decisionShape = Shape.object(decisionFields, { transcript: digest })

export const commit = Shape.object({ task: taskId, commitment: digest })
export type Commit = Shape.Infer<typeof commit>

export const reveal = Shape.object({ task: taskId, decision: decisionShape, salt: hexOf(32) })
export type Reveal = Shape.Infer<typeof reveal>

export const recuse = Shape.object({ task: taskId, reason: Shape.text({ max: TEXT_MAX }) })
export type Recuse = Shape.Infer<typeof recuse>

export const ofTask = Shape.object({ task: taskId })
export type OfTask = Shape.Infer<typeof ofTask>
