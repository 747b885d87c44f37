/** What a reviewer of a repaired document looks at, out of the job. */
import { text } from '../../../../protocol/wire/bytes.ts'
import { Fault } from '../../../../protocol/wire/fault.ts'
import type { NamedBytes, ReviewJob } from '../../skill.ts'
import { LISTING, layoutOf } from '../bundle-files.ts'
import { parseCheck, type Check } from '../check.ts'

export type Reviewed = {
  readonly before: NamedBytes
  readonly after: NamedBytes
  readonly diff: NamedBytes
  readonly check: NamedBytes
  readonly report: Check
  /** Texts before and after; undefined where the document is no UTF-8. */
  readonly texts: { readonly before: string; readonly after: string; readonly diff: string } | undefined
  /** Everything supplied but the document itself, by path. */
  readonly others: readonly NamedBytes[]
  /** All paths of the tree, where it was listed. */
  readonly listing: readonly string[] | undefined
}

/** The reason, in words, where the evidence does not hold what it must. */
export function reviewedFiles(job: ReviewJob): Reviewed | string {
  const layout = layoutOf(job.inputs)
  const find = (name: string) => job.artifacts.find((artifact) => artifact.name === name)
  const after = find(layout.outputs.document)
  const diff = find(layout.outputs.diff)
  const check = find(layout.outputs.check)
  if (after === undefined || diff === undefined || check === undefined) {
    return 'The repaired document, its diff or the check report is not among the artifacts.'
  }
  const report = parseCheck(check.bytes)
  if (!report.ok) return `The check report cannot be read: ${report.error.code}.`
  const listed = job.inputs.find(({ name }) => name === LISTING)
  return {
    before: layout.document,
    after,
    diff,
    check,
    report: report.value,
    texts: textsOf(layout.document, after, diff),
    others: job.inputs.filter((input) => input !== layout.document && input !== listed),
    listing: listed === undefined ? undefined : linesOf(listed),
  }
}

function textsOf(before: NamedBytes, after: NamedBytes, diff: NamedBytes): Reviewed['texts'] {
  const [first, second, third] = [text(before.bytes), text(after.bytes), text(diff.bytes)]
  return first.ok && second.ok && third.ok ? { before: first.value, after: second.value, diff: third.value } : undefined
}

function linesOf(listing: NamedBytes): readonly string[] {
  const decoded = text(listing.bytes)
  if (!decoded.ok) throw new Fault('listing-not-text', { name: listing.name })
  return decoded.value.split(/\r?\n/).filter((path) => path !== '')
}
