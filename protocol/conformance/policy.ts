/** Mission classes, review topology, evidence, questions of norms, intake (spec 3.1–3.5; readings R1–R18). */
import { humanQuestions } from './policy/human-questions.ts'
import { intake } from './policy/intake.ts'
import { reviewers } from './policy/reviewers.ts'
import type { Suite } from './suite.ts'

export const policy: Suite = { ...intake, ...reviewers, ...humanQuestions }
