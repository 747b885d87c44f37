/** The face of the feature: deciding, and following what was decided. */
export { agreementOf, type Agreement } from './agreement.ts'
export { changesBetween } from './changes.ts'
export { Changed } from './changed.tsx'
export { Decide } from './decide.tsx'
export { Outcome } from './outcome.tsx'
export { progressOf } from './progress.ts'
export { Rules } from './rules.tsx'
