/**
 * Derives the result again by another way: the diff, applied to the original, must give the result; and to another
 * parser both must say the same, apart from addresses of links and the list of contents.
 */
import type { Reviewer } from '../../skill.ts'
import { reviewedFiles } from './files.ts'
import { opinionOf, type Checked } from './opinions.ts'
import { applyPatch } from './patch.ts'
import { readSyntax, substanceOf, type Syntax } from './syntax.ts'
import { undecodable, unreadable } from './unreadable.ts'

export const reDerivation: Reviewer = async (job) => {
  const files = reviewedFiles(job)
  if (typeof files === 'string') return unreadable(job, files)
  if (files.texts === undefined) return undecodable(files)
  const { before, after, diff } = files.texts
  const patched = applyPatch(before, diff)
  const [original, result] = [readSyntax(before), readSyntax(after)]
  const { contents, links } = files.report
  const isRewritten = contents.state === 'regenerated'
  const repointed = countRepointed(original, result, isRewritten)
  // Where the list of contents was written anew, other lists of that kind cannot be told from it.
  const isAsTold = isRewritten ? repointed <= links.repaired.total : repointed === links.repaired.total
  const checks: Checked[] = [
    {
      holds: patched === after,
      text:
        typeof patched === 'number'
          ? `Hunk ${patched} of the diff does not fit the original.`
          : 'The diff, applied to the original, gives the result byte for byte.',
      references: [
        { artifact: files.diff.digest, locator: typeof patched === 'number' ? `hunk ${patched}` : 'all hunks' },
        { artifact: files.before.digest, locator: files.before.name },
      ],
    },
    {
      holds: substanceOf(original.tree) === substanceOf(result.tree),
      text: 'Another parser finds the same headings, words, code and links before and after, but for addresses and the list of contents.',
      references: [{ artifact: files.after.digest, locator: `${result.headings.length} headings` }],
    },
    {
      holds: isAsTold,
      text: `${repointed} links point elsewhere than before; the report says ${links.repaired.total}.`,
      references: [{ artifact: files.check.digest, locator: '/links/repaired' }],
    },
  ]
  return opinionOf(checks)
}

function countRepointed(before: Syntax, after: Syntax, outsideContents: boolean): number {
  const outside = ({ targets }: Syntax) => targets.filter((target) => !outsideContents || target.list === 0)
  const [old, fresh] = [outside(before), outside(after)]
  return fresh.filter((target, i) => old[i]?.destination !== target.destination).length
}
