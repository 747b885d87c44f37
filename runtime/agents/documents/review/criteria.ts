/**
 * Review by retrieval: for each criterion the mission set, the passages of the result that bear on it are found and
 * cited, and the report's own claims are held against the passages that could contradict them.
 */
import { indexOf, type Passage } from '../../retrieval/bm25.ts'
import type { Reviewer } from '../../skill.ts'
import { reviewedFiles, type Reviewed } from './files.ts'
import { opinionOf, type Checked } from './opinions.ts'
import { undecodable, unreadable } from './unreadable.ts'

type Source = Passage & { readonly artifact: string }

/** What one opinion has room for, beside the claims. */
const CRITERIA_MAX = 12
const CITED = 3

export const criteria: Reviewer = async (job) => {
  const files = reviewedFiles(job)
  if (typeof files === 'string') return unreadable(job, files)
  if (files.texts === undefined) return undecodable(files)
  const index = indexOf([...reportPassages(files), ...hunks(files, files.texts.diff)])
  const looked = job.criteria.slice(0, CRITERIA_MAX).map((criterion): Checked & { found: boolean } => {
    const best = index.rank(criterion).slice(0, CITED)
    const references = best.map(({ passage }) => ({ artifact: passage.artifact, locator: passage.locator }))
    const text =
      best.length === 0
        ? `No passage of the evidence bears on "${criterion}": it was not assessed.`
        : `"${criterion}": ${best.map(({ passage }) => passage.locator).join(', ')} bear on it.`
    return { holds: true, found: best.length > 0, text, references }
  })
  const found = looked.filter((one) => one.found).length
  const completeness = looked.length === 0 ? 60 : 60 + Math.floor((40 * found) / looked.length)
  return opinionOf([...claims(files, files.texts), ...looked], completeness)
}

/** What the report says of itself, against the diff. */
function claims(files: Reviewed, texts: { readonly before: string; readonly after: string; readonly diff: string }) {
  const { report, check, diff } = files
  const added = texts.diff.split('\n').filter((line) => line.startsWith('+') && !line.startsWith('+++'))
  const missing = report.links.repaired.first.filter(({ to }) => !added.some((line) => line.includes(to)))
  const checks: Checked[] = [
    {
      holds: report.changed === (texts.before !== texts.after) && report.changed === (texts.diff !== ''),
      text: report.changed
        ? 'The report claims changes, and the diff shows them.'
        : 'The report claims no change, and there is none.',
      references: [
        { artifact: check.digest, locator: '/changed' },
        { artifact: diff.digest, locator: 'all hunks' },
      ],
    },
    {
      holds: missing.length === 0,
      text: `Every repaired link that the report names stands in the diff${missing.length === 0 ? '' : `, but for ${missing[0]!.to}`}.`,
      references: [{ artifact: check.digest, locator: '/links/repaired' }],
    },
  ]
  return checks
}

/** The report's facts as sentences that can be searched. */
function reportPassages(files: Reviewed): readonly Source[] {
  const { contents, links, headings, changed } = files.report
  const facts: readonly (readonly [string, string])[] = [
    ['/contents', `Table of contents: ${contents.state}, ${contents.entries} entries for sections and headings.`],
    ['/headings', `The document has ${headings} headings, sections with anchors.`],
    ['/links', `Relative links checked: ${links.relative}, correct, resolve, work: ${links.correct}.`],
    ['/links/repaired', `Broken links and anchors repaired, fixed: ${links.repaired.total}.`],
    ['/links/unrepaired', `Links that could not be repaired are reported: ${links.unrepaired.total}.`],
    ['/links/unchecked', `Links whose target file was not supplied are reported, unchanged: ${links.unchecked.total}.`],
    [
      '/changed',
      `Nothing else of the text, code or content was changed: ${changed ? 'the diff shows all' : 'no change'}.`,
    ],
  ]
  return facts.map(([locator, text]) => ({ locator, text, artifact: files.check.digest }))
}

function hunks(files: Reviewed, diff: string): readonly Source[] {
  return diff
    .split(/^(?=@@ )/m)
    .slice(1)
    .map((text, i) => ({ locator: `hunk ${i + 1}`, text, artifact: files.diff.digest }))
}
