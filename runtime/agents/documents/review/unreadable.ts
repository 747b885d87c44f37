/** Opinions where there is little to look at. */
import type { Opinion, ReviewJob } from '../../skill.ts'
import { equal } from '../../../../protocol/wire/bytes.ts'
import type { Reviewed } from './files.ts'
import { opinionOf } from './opinions.ts'

/** The evidence does not hold what it must. */
export function unreadable(job: ReviewJob, why: string): Opinion {
  const [first] = [...job.artifacts, ...job.inputs]
  const references = first === undefined ? [] : [{ artifact: first.digest, locator: first.name }]
  return opinionOf([{ holds: false, text: why, references }])
}

/** No UTF-8: then the one right result is the original itself. */
export function undecodable(files: Reviewed): Opinion {
  const isSame = equal(files.before.bytes, files.after.bytes)
  const holds = isSame && files.diff.bytes.length === 0 && files.report.encoding === 'unknown'
  return opinionOf([
    {
      holds,
      text: 'The document is no UTF-8 text; it must be left byte for byte as it was, and the report must say so.',
      references: [
        { artifact: files.after.digest, locator: files.after.name },
        { artifact: files.check.digest, locator: '/encoding' },
      ],
    },
  ])
}
